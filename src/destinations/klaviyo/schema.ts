import { z } from 'zod'

// Shapes of Klaviyo's answers, revision 2026-07-15: only what is read is named, unknown fields are ignored.

/** Anything with an id: created segments, tags and jobs, members of relationships. */
export const reference = z.object({ id: z.string().min(1) })

/** `{ data: … }` around one resource. */
export function documentOf<T extends z.ZodType>(resource: T) {
  return z.object({ data: resource })
}

/** `{ data: […], links: { next } }`: one page of resources. */
export function pageOf<T extends z.ZodType>(resource: T) {
  return z.object({
    data: z.array(resource),
    links: z.object({ next: z.string().nullish() }).nullish(),
  })
}

export const account = reference.extend({
  attributes: z.object({
    timezone: z.string(),
    preferred_currency: z.string(),
    test_account: z.boolean().default(false),
  }),
})

/** `integration.category` is sometimes a text and sometimes an object; only the name is read. */
export const metric = reference.extend({
  attributes: z.object({
    name: z.string(),
    integration: z.object({ name: z.string().nullish() }).nullish(),
  }),
})

const linkedMetric = z.object({ data: reference.nullish() }).nullish()

/** A mapping without relationships is one that nobody has set. */
export const mappedMetric = reference.extend({
  relationships: z.object({ metric: linkedMetric, 'custom-metric': linkedMetric }).nullish(),
})

export const profile = reference.extend({
  attributes: z.object({ email: z.string().nullish() }),
})

/** `updated` is read leniently: an unusual date is no reason not to look at the rest. */
export const filledProfile = reference.extend({
  attributes: z.object({
    email: z.string().nullish(),
    updated: z.string().nullish(),
    properties: z.record(z.string(), z.unknown()).nullish(),
  }),
})

export const predictedProfile = reference.extend({
  attributes: z.object({
    predictive_analytics: z.object({ average_order_value: z.number().nullish() }).nullish(),
  }),
})

export const importJob = reference.extend({
  attributes: z.object({
    status: z.enum(['queued', 'processing', 'complete', 'cancelled']),
    total_count: z.number().int().nullish(),
    completed_count: z.number().int().nullish(),
    failed_count: z.number().int().nullish(),
    expires_at: z.iso.datetime({ offset: true, local: true }).nullish(),
  }),
})

/** `original_payload` repeats the profile and is personal data: its address is read, nothing of it is kept. */
export const importError = z.object({
  attributes: z.object({
    code: z.string(),
    title: z.string().nullish(),
    detail: z.string().nullish(),
    source: z.object({ pointer: z.string().nullish() }).nullish(),
    original_payload: z.unknown().optional(),
  }),
})

const named = z.object({ email: z.string() })

/** The places where an import error's payload may hold the address. */
export const addressedPayload = z.union([
  named.transform(({ email }) => email),
  z.object({ attributes: named }).transform(({ attributes }) => attributes.email),
  z.object({ data: z.object({ attributes: named }) }).transform(({ data }) => data.attributes.email),
])

export const segment = reference.extend({
  attributes: z.object({
    name: z.string().nullish(),
    definition: z.unknown().optional(),
  }),
})

export const countedSegment = reference.extend({
  attributes: z.object({ profile_count: z.number().int().nullish(), is_processing: z.boolean().nullish() }),
})

export const tag = reference.extend({ attributes: z.object({ name: z.string() }) })

/** Only a template's id is of use: a name stands in the filter. */
export const campaign = reference.extend({
  attributes: z.object({
    name: z.string(),
    status: z.string(),
    archived: z.boolean().nullish(),
    audiences: z.object({ included: z.array(z.string()).nullish() }).nullish(),
  }),
})

/** Whether `data` is null or left out while there is no template is not documented. */
export const message = reference.extend({
  relationships: z.object({ template: z.object({ data: reference.nullish() }).nullish() }).nullish(),
})

export const flow = reference.extend({
  attributes: z.object({ name: z.string().nullish(), status: z.string().nullish() }),
})
