import { z } from 'zod'

/**
 * What goes wrong.
 * `drop`: the connection ends before anything is done · `accept-then-drop`: it ends after the work, so the answer is
 * lost · `delay`: the answer waits · `truncate`: half of the answer · `status`: that status as a JSON:API error ·
 * `html`: a page of a proxy instead of JSON (default 403) · `auth`: 401 · `duplicate`: the request is carried out
 * twice · `cancelled`: the import job ends half done · `expired`: the import job is gone · `row-error`: rows of the
 * import job fail while it is processed.
 */
const FAULT_KINDS = [
  'drop',
  'accept-then-drop',
  'delay',
  'truncate',
  'status',
  'html',
  'auth',
  'duplicate',
  'cancelled',
  'expired',
  'row-error',
] as const

const Kind = z.enum(FAULT_KINDS)
const Details = z.object({
  status: z.coerce.number().int().min(400).max(599).optional(),
  delayMs: z.coerce.number().int().min(0).optional(),
  retryAfterSeconds: z.coerce.number().int().min(0).optional(),
  /** With `row-error`: how many rows from the top fail. */
  rows: z.coerce.number().int().min(1).optional(),
  /** With `row-error`: rows whose address contains this text fail. */
  emailContains: z.string().min(1).optional(),
})

const Rule = Details.extend({
  kind: Kind,
  method: z.string().optional(),
  /** The beginning of the path, or, when it does not start with `/`, a regular expression; absent: everything under /api. */
  path: z.string().refine(isPattern, 'expected a path or a regular expression').optional(),
  /** How many requests it strikes; absent: one. */
  times: z.number().int().min(1).optional(),
}).strict()

/** A fault to be acted out on one request. */
export type Fault = z.infer<typeof Details> & { readonly kind: (typeof FAULT_KINDS)[number] }

/** A fault and the requests it is meant for. */
export type FaultRule = z.infer<typeof Rule>

/** Checks a rule that came from outside; answers a sentence about what is wrong. */
export function parseFaultRule(input: unknown): FaultRule | string {
  const result = Rule.safeParse(input)
  return result.success ? result.data : z.prettifyError(result.error)
}

/** Reads `x-sandbox-fault: delay; delayMs=500`; null when it is not understood. */
export function parseFaultHeader(header: string): Fault | null {
  const [kind, ...pairs] = header.split(';').map((part) => part.trim())
  const details = Details.strict().safeParse(Object.fromEntries(pairs.map((pair) => pair.split('='))))
  const name = Kind.safeParse(kind)
  return name.success && details.success ? { ...details.data, kind: name.data } : null
}

/** The rules that wait for their requests. */
export interface Faults {
  add(rule: FaultRule): void
  clear(): void
  /** Rules that have not struck as often as they should. */
  list(): readonly FaultRule[]
  /** The first rule that fits, counted down; null when none fits. */
  strike(method: string, path: string): Fault | null
}

/** An empty set of rules. */
export function createFaults(): Faults {
  const rules: { rule: FaultRule; left: number }[] = []
  return {
    add: (rule) => void rules.push({ rule, left: rule.times ?? 1 }),
    clear: () => void rules.splice(0),
    list: () => rules.map(({ rule, left }) => ({ ...rule, times: left })),
    strike(method, path) {
      const index = rules.findIndex(({ rule }) => fits(rule, method, path))
      const found = rules[index]
      if (found === undefined) return null
      found.left--
      if (found.left === 0) rules.splice(index, 1)
      return found.rule
    },
  }
}

const JOBS = '/api/profile-bulk-import-jobs'

/** Faults of import jobs wait for a request that has to do with one. */
function fits(rule: FaultRule, method: string, path: string): boolean {
  if ((rule.kind === 'cancelled' || rule.kind === 'row-error') && (method !== 'POST' || !path.startsWith(JOBS)))
    return false
  if (rule.kind === 'expired' && !path.startsWith(JOBS)) return false
  if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false
  const place = rule.path ?? '/api'
  return place.startsWith('/') ? path.startsWith(place) : new RegExp(place).test(path)
}

function isPattern(place: string): boolean {
  if (place.startsWith('/')) return true
  try {
    new RegExp(place)
    return true
  } catch {
    return false
  }
}
