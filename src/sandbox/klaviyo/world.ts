import type { CampaignStore } from './campaign-store.ts'
import type { Clock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { ImportQueue } from './import-queue.ts'
import type { Settings } from './options.ts'
import type { PredictiveValues } from './predictive.ts'
import type { ProfileStore } from './profile-store.ts'
import type { SegmentStore } from './segment-store.ts'
import type { TagStore } from './tag-store.ts'
import type { TemplateStore } from './template-store.ts'

/** The one Klaviyo account that a sandbox is. */
export interface World {
  readonly settings: Settings
  readonly clock: Clock
  readonly profiles: ProfileStore
  /** By lower-case e-mail address. */
  readonly predictive: Map<string, PredictiveValues>
  readonly imports: ImportQueue
  readonly segments: SegmentStore
  readonly tags: TagStore
  readonly templates: TemplateStore
  readonly campaigns: CampaignStore
  readonly faults: Faults
}
