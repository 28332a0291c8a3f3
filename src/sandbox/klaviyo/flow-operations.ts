import { FLOW_FIELDS } from './field-names.ts'
import { INSTANT, TEXT } from './list-rules.ts'
import { get, type Operation } from './operation.ts'

/** Of flows, which can only be looked at here. */
export const FLOW_OPERATIONS: readonly Operation[] = [
  get('get_flows', '/api/flows', ['flows:read'], {
    pageSize: { normal: 50, max: 50 },
    cursor: true,
    sort: ['created', 'id', 'name', 'status', 'trigger_type', 'updated'],
    fields: { flow: FLOW_FIELDS },
    filter: {
      id: ['any'],
      name: TEXT,
      status: ['equals'],
      archived: ['equals'],
      created: ['equals', ...INSTANT],
      updated: ['equals', ...INSTANT],
      trigger_type: ['equals'],
    },
  }),
]
