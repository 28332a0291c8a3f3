import { z } from 'zod'

/** What a job did, by name: numbers mostly, nested where a job has parts. */
export const countsSchema = z.record(z.string(), z.unknown())

/** Why a job failed, for programs and for people. */
export const failureSchema = z.object({
  code: z.string().describe('As in docs/errors.md.'),
  message: z.string(),
})
