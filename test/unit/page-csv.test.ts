import { expect, test } from 'vitest'
import { toCsv } from '../../src/page/csv.ts'

test('a file has a line for its heading and each row, every one ended as RFC 4180 asks', () => {
  expect(
    toCsv(
      ['a', 'b'],
      [
        [1, 'x'],
        [null, -2.5],
      ],
    ),
  ).toBe('a,b\r\n1,x\r\n,-2.5\r\n')
})

test('commas, quotes and line ends stay inside their field', () => {
  expect(toCsv(['a'], [['one, "two"\nthree']])).toBe('a\r\n"one, ""two""\nthree"\r\n')
})

test.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1'])('a spreadsheet runs no text: %j', (text) => {
  expect(toCsv(['a'], [[text]])).toMatch(/^a\r\n"?'/)
})

test.each(['-12.50', '-3', '12'])('an amount that is written as text stays an amount: %s', (text) => {
  expect(toCsv(['a'], [[text]])).toBe(`a\r\n${text}\r\n`)
})
