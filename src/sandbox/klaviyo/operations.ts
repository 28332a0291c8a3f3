import { ACCOUNT_OPERATIONS } from './account-operations.ts'
import { CAMPAIGN_OPERATIONS } from './campaign-operations.ts'
import { FLOW_OPERATIONS } from './flow-operations.ts'
import { IMPORT_OPERATIONS } from './import-operations.ts'
import type { Operation } from './operation.ts'
import { PROFILE_OPERATIONS } from './profile-operations.ts'
import { SEGMENT_OPERATIONS } from './segment-operations.ts'
import { TAG_OPERATIONS } from './tag-operations.ts'

/** Every operation of Klaviyo's document (2026-07-15) that the sandbox plays. */
export const OPERATIONS: readonly Operation[] = [
  ...ACCOUNT_OPERATIONS,
  ...PROFILE_OPERATIONS,
  ...IMPORT_OPERATIONS,
  ...SEGMENT_OPERATIONS,
  ...FLOW_OPERATIONS,
  ...TAG_OPERATIONS,
  ...CAMPAIGN_OPERATIONS,
]
