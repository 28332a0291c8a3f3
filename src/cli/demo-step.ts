import type { JobStatus } from '../app/application.ts'
import type { SegmentPlan } from '../app/segment-plan.ts'
import type { StoreReport } from '../core/numbers/report.ts'
import type { PropertyValue } from '../core/profiles/profile.ts'
import type { AccountView } from './select-accounts.ts'

/** One thing the demo shows, in the order in which it happens. */
export type DemoStep =
  /** A new part begins; `explanation` says in a sentence or two what is to be seen. */
  | { readonly kind: 'part'; readonly title: string; readonly explanation: string }
  /** A job has moved; drawn as progress, left out of the JSON document. */
  | { readonly kind: 'progress'; readonly status: JobStatus }
  /** All jobs of the sync, finished. */
  | { readonly kind: 'synced'; readonly jobs: readonly JobStatus[] }
  | { readonly kind: 'report'; readonly account: AccountView; readonly report: StoreReport }
  | { readonly kind: 'plan'; readonly plan: SegmentPlan }
  /** How many profiles Klaviyo has in each segment; null: it does not say yet. */
  | { readonly kind: 'members'; readonly segments: readonly { name: string; members: number | null }[] }
  /** One profile as Klaviyo has it. */
  | { readonly kind: 'profile'; readonly email: string; readonly properties: Readonly<Record<string, PropertyValue>> }
  /** The page is being served until the demo is told to stop. */
  | { readonly kind: 'dashboard'; readonly url: string; readonly hasLogin: boolean }
  /** What to type next. */
  | { readonly kind: 'next'; readonly commands: readonly { command: string; purpose: string }[] }

/** Takes the next step. */
export type ShowDemoStep = (step: DemoStep) => void
