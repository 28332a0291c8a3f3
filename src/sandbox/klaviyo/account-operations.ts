import { ACCOUNT_FIELDS, FLOW_FIELDS, METRIC_FIELDS } from './field-names.ts'
import { get, type Operation } from './operation.ts'

const MAPPED = {
  include: ['custom-metric', 'metric'],
  fields: {
    'mapped-metric': ['id', 'updated'],
    metric: METRIC_FIELDS,
    'custom-metric': ['created', 'id', 'name', 'updated'],
  },
}
/** Of the account itself, and of what it measures. */
export const ACCOUNT_OPERATIONS: readonly Operation[] = [
  get('get_accounts', '/api/accounts', ['accounts:read'], { fields: { account: ACCOUNT_FIELDS } }),
  get('get_account', '/api/accounts/:id', ['accounts:read'], { fields: { account: ACCOUNT_FIELDS } }),
  get('get_metrics', '/api/metrics', ['metrics:read'], {
    cursor: true,
    filter: { 'integration.name': ['equals'], 'integration.category': ['equals'] },
    include: ['flow-triggers'],
    fields: { metric: METRIC_FIELDS, flow: FLOW_FIELDS },
  }),
  get('get_metric', '/api/metrics/:id', ['metrics:read'], {
    include: ['flow-triggers'],
    fields: { metric: METRIC_FIELDS, flow: FLOW_FIELDS },
  }),
  get('get_mapped_metrics', '/api/mapped-metrics', ['metrics:read'], MAPPED),
  get('get_mapped_metric', '/api/mapped-metrics/:id', ['metrics:read'], MAPPED),
]
