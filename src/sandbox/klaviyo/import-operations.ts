import { ERROR_FIELDS, JOB_FIELDS } from './field-names.ts'
import { EXACT, HUNDRED } from './list-rules.ts'
import { get, type Operation, post } from './operation.ts'
import { ASK_PROFILE } from './profile-operations.ts'

const JOBS = '/api/profile-bulk-import-jobs'

/** Of imports of many profiles. */
export const IMPORT_OPERATIONS: readonly Operation[] = [
  post('bulk_import_profiles', JOBS, ['lists:write', 'profiles:write'], {
    fields: { 'profile-bulk-import-job': JOB_FIELDS },
  }),
  get('get_bulk_import_profiles_jobs', JOBS, ['lists:read', 'profiles:read'], {
    ...HUNDRED,
    filter: { status: EXACT },
    sort: ['created_at'],
    fields: { 'profile-bulk-import-job': JOB_FIELDS },
  }),
  get('get_bulk_import_profiles_job', `${JOBS}/:id`, ['lists:read', 'profiles:read'], {
    include: ['lists'],
    fields: { 'profile-bulk-import-job': JOB_FIELDS },
  }),
  get('get_errors_for_bulk_import_profiles_job', `${JOBS}/:id/import-errors`, ['profiles:read'], {
    ...HUNDRED,
    fields: { 'import-error': ERROR_FIELDS },
  }),
  get('get_profiles_for_bulk_import_profiles_job', `${JOBS}/:id/profiles`, ['profiles:read'], {
    ...HUNDRED,
    ...ASK_PROFILE,
  }),
  get('get_profile_ids_for_bulk_import_profiles_job', `${JOBS}/:id/relationships/profiles`, ['profiles:read'], HUNDRED),
]
