import { currencyExponent, divideHalfUp, toMajorText } from '../core/money.ts'
import type { PeriodLength } from '../core/numbers/report.ts'
import { type Language, wordsOf } from './words/language.ts'

/** Numbers, money and times as a reader of one language writes them. What is not there is a dash. */
export interface Formats {
  /** Minor units of the account's currency, with all decimals. */
  money(minor: number | null): string
  /** The same without decimals where the amount has none: for thresholds. */
  price(minor: number): string
  /** As a program writes it, in major units: 12.50. */
  plain(minor: number): string
  count(count: number | null): string
  /** Orders per customer, two decimals. */
  frequency(orders: number, customers: number): string
  /** The same with as many decimals, two to four, as make it the orders again when it is multiplied by the customers. */
  factor(orders: number, customers: number): { readonly text: string; readonly isRounded: boolean }
  /** A part of one: 0.123 → 12.3%. */
  share(part: number | null): string
  /** The change from one number to another, signed; a dash where there is nothing to compare with, as no part of a loss is. */
  change(from: number | null, to: number | null): string
  /** `YYYY-MM-DD`, a date of the account's calendar. */
  date(date: string): string
  /** The same in a word or two, for an axis. */
  tick(first: string, by: PeriodLength): string
  /** A period by its first day. */
  period(first: string, by: PeriodLength): string
  /** An instant in the account's time zone. */
  instant(instant: Date): string
  duration(durationMs: number): string
  /** How browser code formats numbers as these do. */
  readonly browser: { readonly locale: string; readonly currency: string; readonly decimals: number }
}

/** Where there is no number. */
export const NOTHING = '–'

/** One decimal of a percent. */
const LEAST_SHARE = 0.001
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', it: 'it-IT', fr: 'fr-FR' }

/** Formats for an account's currency (ISO 4217) and time zone (IANA) in a language. */
export function createFormats(language: Language, currency: string, timezone: string): Formats {
  const locale = LOCALES[language]
  const words = wordsOf(language)
  const grouped = { useGrouping: 'always' } as const
  const decimals = currencyExponent(currency)
  const money = new Intl.NumberFormat(locale, {
    ...grouped,
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  const price = new Intl.NumberFormat(locale, {
    ...grouped,
    style: 'currency',
    currency,
    // Those of ISO 4217: by themselves browsers and Node take whole forints.
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    trailingZeroDisplay: 'stripIfInteger',
  })
  const count = new Intl.NumberFormat(locale, grouped)
  const frequency = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const factors = [2, 3, 4].map((digits) => ({
    power: 10 ** digits,
    format: new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  }))
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const change = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  })
  // A date of a calendar has no time zone: it is shown as it is.
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const shortMonth = new Intl.DateTimeFormat(locale, { month: 'short', year: '2-digit', timeZone: 'UTC' })
  const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: timezone })
  const date = (text: string) => day.format(new Date(`${text}T00:00:00Z`))

  return {
    money: (minor) => (minor === null ? NOTHING : money.format(toMajorText(minor, currency) as `${number}`)),
    price: (minor) => price.format(toMajorText(minor, currency) as `${number}`),
    plain: (minor) => toMajorText(minor, currency),
    count: (number) => (number === null ? NOTHING : count.format(number)),
    frequency: (orders, customers) =>
      customers === 0
        ? NOTHING
        : frequency.format(Number(divideHalfUp(BigInt(orders) * 100n, BigInt(customers))) / 100),
    factor(orders, customers) {
      if (customers === 0) return { text: NOTHING, isRounded: false }
      const options = factors.map(({ power, format }) => {
        const scaled = divideHalfUp(BigInt(orders) * BigInt(power), BigInt(customers))
        const value = Number(scaled) / power
        const isRounded = scaled * BigInt(customers) !== BigInt(orders) * BigInt(power)
        return { text: format.format(value), isRounded, isEnough: Math.round(value * customers) === orders }
      })
      return options.find(({ isEnough }) => isEnough) ?? options.at(-1) ?? { text: NOTHING, isRounded: false }
    },
    share: (part) => (part === null ? NOTHING : toShareText(part, share)),
    change: (from, to) => (from === null || to === null || from <= 0 ? NOTHING : change.format(to / from - 1)),
    date,
    tick(first, by) {
      const at = new Date(`${first}T00:00:00Z`)
      if (by === 'month') return shortMonth.format(at)
      if (by === 'week') return shortDay.format(at)
      return words.periods.quarterOf(
        Math.floor(at.getUTCMonth() / 3) + 1,
        String(at.getUTCFullYear() % 100).padStart(2, '0'),
      )
    },
    period(first, by) {
      const at = new Date(`${first}T00:00:00Z`)
      if (by === 'month') return month.format(at)
      if (by === 'week') return words.periods.weekOf(date(first))
      return words.periods.quarterOf(Math.floor(at.getUTCMonth() / 3) + 1, String(at.getUTCFullYear()))
    },
    instant: (at) => instant.format(at),
    duration: (durationMs) => toDuration(durationMs, locale),
    browser: { locale, currency, decimals },
  }
}

/** Somebody is not nobody: a share that would round to nothing is said to be less than the least that is shown. */
function toShareText(part: number, share: Intl.NumberFormat): string {
  return part > 0 && part < LEAST_SHARE / 2 ? `<\u00a0${share.format(LEAST_SHARE)}` : share.format(part)
}

/** The same formats for an amount in another currency. */
export function formatsIn({ browser, money }: Formats, currency: string): Pick<Formats, 'money'> {
  if (currency === browser.currency) return { money }
  const decimals = currencyExponent(currency)
  const other = new Intl.NumberFormat(browser.locale, {
    ...{ style: 'currency', currency, useGrouping: 'always' },
    ...{ minimumFractionDigits: decimals, maximumFractionDigits: decimals },
  })
  return { money: (minor) => (minor === null ? NOTHING : other.format(toMajorText(minor, currency) as `${number}`)) }
}

/** `< 0.1 s`, `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
function toDuration(durationMs: number, locale: string): string {
  const one = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  if (durationMs < 50) return `< ${one.format(0.1)} s`
  if (durationMs < 9_950) return `${one.format(durationMs / 1000)} s`
  const seconds = Math.round(durationMs / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
