import { keepApart, type Thresholds } from './keep-apart.ts'
import type { LogScale } from './price-axis.ts'
import { toPriceLadder } from './price-ladder.ts'
import { type ReadAmount, readAmount } from './read-amount.ts'
import { toBorder } from './split-bands.ts'

/** What is said beside a field: why the line stays where it was, or why it stands elsewhere than somebody typed. */
export interface Remark {
  readonly kind: Exclude<ReadAmount['kind'], 'amount'> | 'beyond' | 'swapped' | 'rounded' | 'read' | 'gaveWay'
  /** As somebody typed it; empty where another line was typed. */
  readonly typed: string
  /** Where the line stands now. Minor units. */
  readonly minor: number
}

type Name = 'low' | 'high'

/** Where the lines stand after somebody typed, and what has to be said of it. */
export interface Placed {
  readonly thresholds: Thresholds
  readonly remarks: Readonly<Record<Name, Remark | null>>
}

const LONGEST = 30

/** Puts lines where amounts were typed, one or both; what cannot be read leaves its line where it is. */
export function placeTyped(
  typed: { readonly [name in Name]?: string | undefined },
  at: Thresholds,
  scale: LogScale,
  decimals: number,
): Placed {
  const low = readLine(typed.low, at.lowMinor, scale, decimals)
  const high = readLine(typed.high, at.highMinor, scale, decimals)
  const isSwapped = low.isRead && high.isRead && low.minor > high.minor
  const wanted = isSwapped
    ? { lowMinor: high.minor, highMinor: low.minor }
    : { lowMinor: low.minor, highMinor: high.minor }
  const yields = low.isRead || !high.isRead ? 'high' : 'low'
  const thresholds = keepApart(wanted, yields, scale, toPriceLadder(scale.fromMinor, scale.toMinor))
  const remarkOf = ({ remark, text }: Line, before: number, now: number): Remark | null => {
    if (isSwapped) return { kind: 'swapped', typed: text, minor: now }
    if (now !== before) return { kind: 'gaveWay', typed: text, minor: now }
    return remark === null ? null : { kind: remark, typed: text, minor: now }
  }
  return {
    thresholds,
    remarks: {
      low: remarkOf(low, wanted.lowMinor, thresholds.lowMinor),
      high: remarkOf(high, wanted.highMinor, thresholds.highMinor),
    },
  }
}

/** What is still to be said of the line that nobody touched: as before, unless it has moved meanwhile. */
export function keepRemarks(
  { thresholds, remarks }: Placed,
  former: Placed['remarks'],
  isTouched: (name: Name) => boolean,
): Placed['remarks'] {
  const kept = (name: Name, now: number) =>
    remarks[name] ?? (!isTouched(name) && former[name]?.minor === now ? former[name] : null)
  return { low: kept('low', thresholds.lowMinor), high: kept('high', thresholds.highMinor) }
}

interface Line {
  readonly minor: number
  /** Whether it stands where somebody typed. */
  readonly isRead: boolean
  readonly remark: Remark['kind'] | null
  readonly text: string
}

function readLine(typed: string | undefined, atMinor: number, scale: LogScale, decimals: number): Line {
  if (typed === undefined) return { minor: atMinor, isRead: false, remark: null, text: '' }
  const text = typed.trim().slice(0, LONGEST)
  const amount = readAmount(text, decimals)
  if (amount.kind !== 'amount') return { minor: atMinor, isRead: false, remark: amount.kind, text }
  const border = toBorder(amount.minor)
  const minor = Math.min(Math.max(border, scale.fromMinor), scale.toMinor)
  const isRounded = border !== amount.minor || !amount.isExact
  const remark = minor !== border ? 'beyond' : isRounded ? 'rounded' : amount.isPlain ? null : 'read'
  return { minor, isRead: true, remark, text }
}
