import { z } from 'zod'

/** What a job did, by name: numbers mostly, nested where a job has parts. */
export const countsSchema = z.record(z.string(), z.unknown())

/** Why a job waits for its next attempt. */
export const lastFailureSchema = z.object({
  code: z.string().describe('As in docs/errors.md.'),
  message: z.string(),
  nextAttempt: z.int().optional().describe('Absent where waiting uses up no attempt.'),
  attempts: z.int().optional().describe('How many there are in all.'),
})

/** Why a job failed, for programs and for people. */
export const failureSchema = z.object({
  code: z.string().describe('As in docs/errors.md.'),
  message: z.string(),
})
