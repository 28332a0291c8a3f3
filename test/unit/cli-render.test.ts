import { describe, expect, it } from 'vitest'
import { renderCounts } from '../../src/cli/render/counts.ts'
import { formatDuration } from '../../src/cli/render/duration.ts'
import { formatFrequency } from '../../src/cli/render/number.ts'
import { renderTable } from '../../src/cli/render/table.ts'
import { findDifferences } from '../../src/core/numbers/definition-difference.ts'

const plain = (_style: string, text: string) => text

describe('a table', () => {
  it('is as wide as its content, numbers to the right', () => {
    const columns = [{ title: 'name' }, { title: 'orders', align: 'right' as const }]
    const rows = [
      ['anna', '5'],
      ['b', '1,000,000'],
    ]
    expect(renderTable(columns, rows, plain)).toBe('name     orders\nanna          5\nb     1,000,000')
  })

  it('counts what a terminal shows: wide letters are two, marks none', () => {
    const columns = [{ title: '' }, { title: '' }]
    const rows = [
      ['高額', 'x'],
      ['é', 'x'],
      ['abcd', 'x'],
    ]
    expect(renderTable(columns, rows, plain)).toBe('高額  x\né     x\nabcd  x')
  })

  it('paints without moving what follows', () => {
    const rows = [
      [{ text: 'ok', style: 'green' as const }, 'x'],
      ['long', 'y'],
    ]
    const paint = (_style: string, text: string) => `<${text}>`
    expect(renderTable([{ title: '' }, { title: '' }], rows, paint)).toBe('<ok>    x\nlong  y')
  })

  it('makes control characters of others harmless', () => {
    expect(renderTable([{ title: '' }], [['a\u001b[2Jb\nc']], plain)).toBe('a�[2Jb�c')
  })
})

describe('findDifferences', () => {
  it('names the place and both values', () => {
    expect(findDifferences({ a: [{ b: 1 }] }, { a: [{ b: 2 }] })).toEqual([{ path: 'a[0].b', from: '1', to: '2' }])
  })

  it('tells what was added to and taken from a list', () => {
    expect(findDifferences([1, 2], [1])).toEqual([{ path: '[1]', from: '2', to: null }])
    expect(findDifferences([1], [1, 2])).toEqual([{ path: '[1]', from: null, to: '2' }])
  })

  it('leaves alone what only the vendor has', () => {
    expect(findDifferences({ a: 1, id: 'x' }, { a: 1 })).toEqual([])
  })

  it('tells 0, false and empty text from nothing', () => {
    expect(findDifferences({}, { a: 0, b: false, c: '' }).map(({ to }) => to)).toEqual(['0', 'false', '""'])
  })
})

describe('counts', () => {
  it('leave out zeros and what is no number', () => {
    expect(renderCounts('pull-orders', { orders: 18_532, rejected: 0, everything: true })).toBe('18,532 orders')
  })

  it('of one are told as one', () => {
    expect(renderCounts('pull-orders', { orders: 1, refunds: 2, changed: 1, pages: 1 })).toBe(
      '1 order · 2 refunds · 1 changed · 1 page',
    )
  })

  it('keep reasons and tallies', () => {
    expect(renderCounts('sync-segments', { skipped: 'push-profiles failed' })).toBe('skipped: push-profiles failed')
    expect(renderCounts('sync-segments', { planned: { create: 2, unchanged: 1 } })).toBe(
      'planned: 2 create, 1 unchanged',
    )
  })

  it('of a sync are told by its steps', () => {
    expect(renderCounts('sync', { 'compute-aggregates': { customers: 3 } })).toBe('')
  })
})

describe('numbers for people', () => {
  it.each([
    [18_532, 4_338, '4.27'],
    [1, 3, '0.33'],
    [1, 200, '0.01'],
    [5, 0, '–'],
  ])('%i orders of %i customers are a frequency of %s', (orders, customers, expected) => {
    expect(formatFrequency(orders, customers)).toBe(expected)
  })

  it.each([
    [0, '0.0 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [59_499, '59 s'],
    [59_600, '1 min 0 s'],
    [3_725_000, '1 h 2 min'],
  ])('%i ms are %s', (durationMs, expected) => {
    expect(formatDuration(durationMs)).toBe(expected)
  })
})
