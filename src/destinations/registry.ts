import { createKlaviyoDestination } from './klaviyo/index.ts'

/** Every kind of destination: its key in an account's configuration → what makes it. A new one is one folder here and one line. */
export const DESTINATION_TYPES = {
  klaviyo: { createDestination: createKlaviyoDestination },
} as const
