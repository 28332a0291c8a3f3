/** Klaviyo's own figures about one profile, as `PredictiveAnalytics` in its document names them. */
export interface PredictiveValues {
  readonly historic_clv?: number
  readonly predicted_clv?: number
  readonly total_clv?: number
  readonly historic_number_of_orders?: number
  readonly predicted_number_of_orders?: number
  readonly average_days_between_orders?: number
  readonly average_order_value?: number
  readonly churn_probability?: number
  /** ISO 8601. */
  readonly expected_date_of_next_order?: string
}

const NOTHING = {
  historic_clv: null,
  predicted_clv: null,
  total_clv: null,
  historic_number_of_orders: null,
  predicted_number_of_orders: null,
  average_days_between_orders: null,
  average_order_value: null,
  churn_probability: null,
  expected_date_of_next_order: null,
  ranked_channel_affinity: null,
}

/** The figures on the wire: every name is there, and null where the account or the profile has none. */
export function toPredictiveAnalytics(values: PredictiveValues | undefined): object {
  return { ...NOTHING, ...values }
}

/** Dimensions of a numeric predictive condition. */
export const PREDICTIVE_NUMBERS = [
  'average_days_between_orders',
  'average_order_value',
  'churn_probability',
  'historic_clv',
  'historic_number_of_orders',
  'predicted_clv',
  'predicted_number_of_orders',
  'total_clv',
] as const
