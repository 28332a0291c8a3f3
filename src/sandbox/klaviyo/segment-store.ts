import type { Clock } from './clock.ts'
import { MAX_PROCESSING_SEGMENTS } from './limits.ts'
import type { Settings } from './options.ts'
import type { PredictiveValues } from './predictive.ts'
import type { ProfileStore } from './profile-store.ts'
import { randomId } from './random-id.ts'
import type { SegmentDefinition } from './segment-definition.ts'
import { compileDefinition, isRelative, type Membership } from './segment-evaluation.ts'

/** A flow that starts when somebody enters a segment. */
export interface StoredFlow {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly createdAtMs: number
}

/** A segment as stored. Instants in milliseconds. */
export interface StoredSegment {
  readonly id: string
  name: string
  definition: SegmentDefinition
  isStarred: boolean
  isActive: boolean
  readonly createdAtMs: number
  updatedAtMs: number
  readonly flows: StoredFlow[]
  /** Sequence number of a member → when it joined, in the order of joining. */
  readonly members: Map<number, number>
}

/** All segments and who is in them. */
export interface SegmentStore {
  create(name: string, definition: SegmentDefinition, isStarred: boolean): StoredSegment
  get(id: string): StoredSegment | undefined
  /** In the order of their creation. */
  list(): readonly StoredSegment[]
  remove(id: string): void
  /** Takes a new definition; the old membership stands until the new one is known. */
  redefine(segment: StoredSegment, definition: SegmentDefinition): void
  /** What `is_processing` says. It turns false half-way: recorded segments say so long before they have members. */
  isProcessing(segment: StoredSegment): boolean
  /** Members in the order of joining; the same list until membership changes. */
  membersOf(segment: StoredSegment): readonly number[]
  /** Nobody is in it, and nobody enters it until it is redefined. */
  loseMembers(segment: StoredSegment): void
  segmentsOf(sequence: number): readonly StoredSegment[]
  /** Makes the segments look at a profile again, some time later. */
  profileChanged(sequence: number): void
  /** Whether every definition and every change of a profile has reached the membership. */
  isSettled(): boolean
}

/** What segments need from the account. */
export interface SegmentContext {
  readonly settings: Settings
  readonly clock: Clock
  readonly profiles: ProfileStore
  readonly predictive: ReadonlyMap<string, PredictiveValues>
}

interface Engine {
  readonly segment: StoredSegment
  /** The definition that current members were chosen by; null before the first evaluation. */
  applied: Membership | null
  /** Counts definitions, so that an evaluation of an old one is thrown away. */
  version: number
  phase: 'settled' | 'waiting' | 'processing'
  isLosing: boolean
  flagUntilMs: number
  ordered: readonly number[] | null
}

/** Profiles looked at before the event loop gets a turn: 2–5 ms. */
const SLICE = 10_000
const DAY_MS = 86_400_000

/** No segments yet. */
export function createSegmentStore(context: SegmentContext): SegmentStore {
  const { settings, clock, profiles } = context
  const engines = new Map<string, Engine>()
  const changed = new Set<number>()
  let reevaluationPending = false
  let reevaluating = 0

  const compile = ({ definition }: StoredSegment) =>
    compileDefinition(definition, {
      predictive: context.predictive,
      missingMatchesLessThan: settings.missingMatchesLessThan,
    })

  function request(engine: Engine): void {
    engine.version++
    engine.flagUntilMs = Number.POSITIVE_INFINITY
    if (engine.phase === 'processing') return
    engine.phase = 'waiting'
    startNext()
  }

  /** Klaviyo processes at most five at a time; the others stand in line here. UNVERIFIED: it may refuse them. */
  function startNext(): void {
    const all = [...engines.values()]
    const free = MAX_PROCESSING_SEGMENTS - all.filter(({ phase }) => phase === 'processing').length
    for (const engine of all.filter(({ phase }) => phase === 'waiting').slice(0, free)) {
      engine.phase = 'processing'
      scheduleEvaluation(engine)
    }
  }

  function scheduleEvaluation(engine: Engine): void {
    const version = engine.version
    engine.flagUntilMs = clock.now() + settings.segmentDelayMs / 2
    clock.after(settings.segmentDelayMs, () => {
      if (engine.version !== version) return scheduleEvaluation(engine)
      engine.applied = compile(engine.segment)
      evaluateFrom(engine, 0, version, () => {
        if (engine.version !== version) return scheduleEvaluation(engine)
        engine.phase = 'settled'
        startNext()
      })
    })
  }

  function evaluateFrom(engine: Engine, start: number, version: number, done: () => void): void {
    const end = Math.min(start + SLICE, profiles.all.length)
    for (let sequence = start; sequence < end; sequence++) evaluate([engine], sequence)
    const isOutdated = engine.version !== version || !engines.has(engine.segment.id)
    if (isOutdated || end >= profiles.all.length) done()
    else setImmediate(() => evaluateFrom(engine, end, version, done))
  }

  function evaluate(asked: readonly Engine[], sequence: number): void {
    const profile = profiles.all[sequence]
    if (profile === undefined || asked.length === 0) return
    const view = { profile, properties: profiles.propertiesOf(profile) }
    const nowMs = clock.now()
    for (const engine of asked) {
      const { members } = engine.segment
      const belongs = !profile.deleted && !engine.isLosing && (engine.applied?.(view, nowMs) ?? false)
      if (belongs === members.has(sequence)) continue
      if (belongs) members.set(sequence, nowMs)
      else members.delete(sequence)
      engine.ordered = null
    }
  }

  function reevaluateChanged(): void {
    const sequences = [...changed].sort((a, b) => a - b)
    changed.clear()
    reevaluationPending = false
    reevaluating++
    evaluateChanged(sequences, 0)
  }

  function evaluateChanged(sequences: readonly number[], start: number): void {
    const active = [...engines.values()].filter(({ segment }) => segment.isActive)
    for (const sequence of sequences.slice(start, start + SLICE)) {
      evaluate(active, sequence)
    }
    if (start + SLICE < sequences.length) setImmediate(() => evaluateChanged(sequences, start + SLICE))
    else reevaluating--
  }

  /** Conditions on passing time are looked at once a day. */
  function reevaluateDaily(engine: Engine): void {
    clock.after(DAY_MS, () => {
      if (!engines.has(engine.segment.id)) return
      if (engine.segment.isActive && isRelative(engine.segment.definition)) {
        evaluateFrom(engine, 0, engine.version, () => {})
      }
      reevaluateDaily(engine)
    })
  }

  return {
    create(name, definition, isStarred) {
      const nowMs = clock.now()
      const segment: StoredSegment = {
        id: randomId(),
        name,
        definition,
        isStarred,
        isActive: true,
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
        flows: [],
        members: new Map(),
      }
      const engine: Engine = {
        segment,
        applied: null,
        version: 0,
        phase: 'waiting',
        isLosing: false,
        flagUntilMs: 0,
        ordered: null,
      }
      engines.set(segment.id, engine)
      request(engine)
      reevaluateDaily(engine)
      return segment
    },
    get: (id) => engines.get(id)?.segment,
    list: () => [...engines.values()].map(({ segment }) => segment),
    remove(id) {
      engines.delete(id)
      startNext()
    },
    redefine(segment, definition) {
      segment.definition = definition
      const engine = engines.get(segment.id)
      if (engine === undefined) return
      engine.isLosing = false
      request(engine)
    },
    loseMembers(segment) {
      const engine = engines.get(segment.id)
      if (engine === undefined) return
      Object.assign(engine, { isLosing: true, ordered: null })
      segment.members.clear()
    },
    isProcessing: ({ id }) => (engines.get(id)?.flagUntilMs ?? 0) > clock.now(),
    membersOf(segment) {
      const engine = engines.get(segment.id)
      if (engine === undefined) return []
      engine.ordered ??= [...segment.members.keys()]
      return engine.ordered
    },
    segmentsOf: (sequence) =>
      [...engines.values()].map(({ segment }) => segment).filter(({ members }) => members.has(sequence)),
    profileChanged(sequence) {
      changed.add(sequence)
      if (reevaluationPending) return
      reevaluationPending = true
      clock.after(settings.reevaluationDelayMs, reevaluateChanged)
    },
    isSettled: () =>
      changed.size === 0 && reevaluating === 0 && [...engines.values()].every(({ phase }) => phase === 'settled'),
  }
}
