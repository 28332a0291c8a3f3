import type { ConfiguredBands } from '../../core/thresholds/band.ts'
import type { MoneyValue } from '../../core/thresholds/threshold.ts'
import type { PresentBands } from '../browser/bands-yaml.ts'

/** What an account's configuration says of bands, as a file has it. */
export function toPresentBands({ bands, hasSegments, hasFamily, ownSegments }: ConfiguredBands): PresentBands {
  const isFollowing = bands?.at.some((border) => typeof border === 'object') === true
  const isOverYear = bands?.at.some((border) => typeof border === 'object' && border.window === '12m') === true
  return {
    at: bands === null ? null : [toText(bands.at[0]), toText(bands.at[1])],
    isNested: bands !== null && (bands.margin !== null || bands.minStayDays !== null),
    isFollowing,
    window: isOverYear ? 'lifetime' : null,
    hasSegments,
    hasFamily,
    ownSegments,
  }
}

function toText(border: MoneyValue): string {
  if (typeof border === 'number') return String(border)
  return border.window === 'lifetime' ? border.name : `{ threshold: ${border.name}, window: ${border.window} }`
}
