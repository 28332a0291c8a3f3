import { findPlaceholders } from '../src/core/segments/name-placeholder.ts'
import type { FollowingCondition, SegmentTemplate, TemplateCondition } from '../src/core/segments/segment-template.ts'
import type { ThresholdWindow } from '../src/core/thresholds/aov-cell.ts'
import type { BandSettings } from '../src/core/thresholds/band.ts'
import type { MoneyValue } from '../src/core/thresholds/threshold.ts'
import type { BandFamilyInput, MatrixFamilyInput } from './family-schema.ts'
import type { SegmentEntry, SegmentInput } from './segment-schema.ts'
import type { NamedThreshold } from './threshold-schema.ts'

/** What entries of `segments` depend on besides themselves. */
interface Surroundings {
  readonly bands: BandSettings | null
  /** Of thresholds that name none. */
  readonly window: ThresholdWindow
}

/** The segments that an entry stands for: itself, or a family. */
export function expandSegments(entry: SegmentEntry, surroundings: Surroundings): SegmentTemplate[] {
  if (!('family' in entry)) return [toTemplate(entry, surroundings.window)]
  return entry.family === 'bands' ? bandFamily(entry, surroundings) : matrixFamily(entry, surroundings.window)
}

/** An amount with the window it is over. */
export function toMoneyValue(value: number | NamedThreshold, window: ThresholdWindow): MoneyValue {
  return typeof value === 'number' ? value : { name: value.name, window: value.window ?? window }
}

function toTemplate({ all, ...segment }: SegmentInput, window: ThresholdWindow): SegmentTemplate {
  return {
    ...segment,
    name: overWindow(segment.name, window),
    all: all.map(({ any }) => ({
      // The schema is the proof that a threshold stands only where an amount of money does.
      any: any.map((condition) => ({ ...condition, value: withWindow(condition.value, window) }) as TemplateCondition),
    })),
  }
}

function withWindow(value: unknown, window: ThresholdWindow): unknown {
  if (Array.isArray(value)) return value.map((one) => withWindow(one, window))
  return typeof value === 'object' ? toMoneyValue(value as NamedThreshold, window) : value
}

/** Says of each threshold in a name over which orders it is. */
function overWindow(name: string, window: ThresholdWindow): string {
  return findPlaceholders(name).reduce((text, placeholder) => {
    if (placeholder.kind === 'border' || placeholder.text.includes(' ')) return text
    return text.replace(placeholder.text, `{${placeholder.ref.name} ${window}}`)
  }, name)
}

const BAND_NAMES = { low: 'AOV | Low < {low}', mid: 'AOV | Mid {low}–{high}', high: 'AOV | High > {high}' } as const
const WORDS = { low: 'Low', mid: 'Mid', high: 'High', new: 'New', recurring: 'Recurring' } as const

/** Where customers are held in their band, the segments ask for the band, else for the AOV. */
function bandFamily({ prefix, name }: BandFamilyInput, { bands, window }: Surroundings): SegmentTemplate[] {
  if (bands === null) return []
  const isHeld = bands.margin !== null || bands.minStayDays !== null
  const [low, high] = bands.at
  const asked: Readonly<Record<keyof typeof BAND_NAMES, FollowingCondition>> = {
    low: { property: 'aov', operator: 'lt', value: low },
    mid: { property: 'aov', operator: 'between', value: [low, high] },
    high: { property: 'aov', operator: 'gt', value: high },
  }
  return (['low', 'mid', 'high'] as const).map((band) => ({
    key: `${prefix}-${band}`,
    name: overWindow(name?.replaceAll('{band}', WORDS[band]) ?? BAND_NAMES[band], window),
    basis: 'property',
    all: [{ any: [isHeld ? { property: 'aov_band', operator: 'eq', value: band } : asked[band]] }],
    ...(isHeld ? {} : { isOfBands: true }),
  }))
}

function matrixFamily(family: MatrixFamilyInput, window: ThresholdWindow): SegmentTemplate[] {
  const threshold = toMoneyValue(family.at ?? { name: 'store_aov', window: null }, window)
  return (['new', 'recurring'] as const).flatMap((type) =>
    (['low', 'high'] as const).map((band): SegmentTemplate => {
      const name = (family.name ?? 'AOV | {type} × {band}')
        .replaceAll('{type}', WORDS[type])
        .replaceAll('{band}', WORDS[band])
      return {
        key: `${family.prefix}-${type}-${band}`,
        name: overWindow(name, window),
        basis: 'property',
        all: [
          { any: [{ property: 'customer_type', operator: 'eq', value: type }] },
          { any: [{ property: 'aov', operator: band === 'low' ? 'lt' : 'gte', value: threshold }] },
        ],
      }
    }),
  )
}
