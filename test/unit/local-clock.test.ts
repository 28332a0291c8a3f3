import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RecordError } from '../../src/core/errors.ts'
import { createLocalClock } from '../../src/core/local-clock.ts'

const berlin = createLocalClock('Europe/Berlin')
const iso = (instant: Date) => instant.toISOString().slice(0, 19)

describe('the wall clock of a shop', () => {
  it('reads digits in summer and in winter', () => {
    expect(iso(berlin.toInstant('2026-07-01 12:00:00'))).toBe('2026-07-01T10:00:00')
    expect(iso(berlin.toInstant('2026-12-01 12:00:00'))).toBe('2026-12-01T11:00:00')
  })

  it('takes the hour that comes twice for its second passing', () => {
    expect(iso(berlin.toInstant('2026-10-25 02:30:00'))).toBe('2026-10-25T01:30:00')
  })

  it('takes it for its first passing while the second is to come', () => {
    const now = new Date('2026-10-25T00:45:00Z')
    expect(iso(berlin.toPastInstant('2026-10-25 02:30:00', now))).toBe('2026-10-25T00:30:00')
    expect(iso(berlin.toPastInstant('2026-10-25 02:30:00', new Date('2026-10-25T01:30:00Z')))).toBe(
      '2026-10-25T01:30:00',
    )
  })

  it('takes digits that no clock showed in spring for the end of the gap', () => {
    expect(iso(berlin.toInstant('2026-03-29 02:30:00'))).toBe('2026-03-29T01:00:00')
  })

  it('asks for the whole hour that comes twice from any instant of its first passing', () => {
    expect(berlin.toText(new Date('2026-10-25T00:00:00Z'))).toBe('2026-10-25 02:00:00')
    expect(berlin.toText(new Date('2026-10-25T00:59:59Z'))).toBe('2026-10-25 02:00:00')
    expect(berlin.toText(new Date('2026-10-25T01:30:00Z'))).toBe('2026-10-25 02:30:00')
  })

  it('asks for the gap with the instant at its end', () => {
    expect(berlin.toText(new Date('2026-03-29T01:00:00Z'))).toBe('2026-03-29 02:00:00')
  })

  it.each(['0000-00-00 00:00:00', '2026-02-30 10:00:00', '2026-11-01', '2026-11-01T10:00:00Z', ''])(
    'refuses %j',
    (text) => {
      expect(() => berlin.toInstant(text)).toThrow(RecordError)
    },
  )
})

describe.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Kolkata', 'UTC'])(
  'in %s',
  (zone) => {
    const clock = createLocalClock(zone)
    const seconds = fc.integer({ min: 0, max: 1_900_000_000 })
    // Near the changes of the clock, where everything happens.
    const near = fc
      .tuple(
        fc.constantFrom('2026-03-29T01', '2026-10-25T01', '2026-03-08T07', '2026-11-01T06', '2026-04-04T15'),
        fc.integer({ min: -8_000, max: 8_000 }),
      )
      .map(([hour, offset]) => Date.parse(`${hour}:00:00Z`) / 1000 + offset)
    const instant = fc.oneof(seconds, near).map((epoch) => new Date(epoch * 1000))
    const digits = instant.map((at) => at.toISOString().slice(0, 19).replace('T', ' '))

    it('instants are in the order of their digits', () => {
      fc.assert(
        fc.property(digits, digits, (a, b) => {
          const [first, second] = [a, b].sort() as [string, string]
          expect(clock.toInstant(first).getTime()).toBeLessThanOrEqual(clock.toInstant(second).getTime())
        }),
      )
    })

    it('the digits asked for are the first whose instant is not before', () => {
      fc.assert(
        fc.property(instant, digits, (from, text) => {
          const isWanted = clock.toInstant(text).getTime() >= from.getTime()
          expect(text >= clock.toText(from)).toBe(isWanted)
        }),
      )
    })

    it('digits are never read as later than they are over, and never as after now', () => {
      fc.assert(
        fc.property(instant, fc.integer({ min: 0, max: 7_200 }), (writtenAt, laterBy) => {
          const now = new Date(writtenAt.getTime() + laterBy * 1000)
          const text = new Date(writtenAt.getTime() + clock.offsetMsAt(writtenAt))
            .toISOString()
            .slice(0, 19)
            .replace('T', ' ')
          expect(clock.toInstant(text).getTime()).toBeGreaterThanOrEqual(writtenAt.getTime())
          expect(clock.toPastInstant(text, now).getTime()).toBeLessThanOrEqual(now.getTime())
          expect(clock.toPastInstant(text, now).getTime()).toBeGreaterThanOrEqual(writtenAt.getTime())
        }),
      )
    })
  },
)
