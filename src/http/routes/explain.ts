import { z } from 'zod'
import { isEmail, normalizeEmail } from '../../core/customers/email.ts'
import type { HttpApplication } from '../application.ts'
import { callerSignal } from '../caller-signal.ts'
import { sendProblem } from '../problem.ts'
import type { HttpApp } from '../type-provider.ts'
import { toWire } from '../wire.ts'
import { explanationSchema } from './explanation-schema.ts'

const requestSchema = z.strictObject({
  email: z
    .string()
    .transform(normalizeEmail)
    .refine(isEmail, 'expected an e-mail address')
    .describe('Any address of the customer.'),
  account: z.string().max(100).exactOptional().describe('Key of an account; absent: every account.'),
})

/** Why a customer has their figures. The address comes in the body: what is in a URL ends up in logs. */
export function addExplainRoutes(app: HttpApp, application: HttpApplication): void {
  app.post(
    '/v1/explain',
    {
      schema: {
        operationId: 'explainCustomer',
        summary: 'Why a customer has these figures',
        description:
          'Orders with what each counts for, sums, properties as they should be and as Klaviyo has them now, segments. Changes nothing. That Klaviyo does not answer is part of the answer.',
        body: requestSchema,
        response: {
          200: z.object({ explanations: z.array(explanationSchema) }).describe('One for each account.'),
        },
        problems: ['E_BAD_REQUEST', 'E_NOT_FOUND', 'E_BODY_TOO_LARGE', 'E_UNSUPPORTED_MEDIA_TYPE'],
      },
    },
    async (request, reply) => {
      const { email, account } = request.body
      const accounts = application.accounts.filter(({ key }) => account === undefined || key === account)
      if (accounts.length === 0) {
        return sendProblem(reply, 'E_NOT_FOUND', { detail: 'No account of this name is configured.' })
      }
      const signal = callerSignal(reply)
      const explanations = await Promise.all(
        accounts.map(async ({ key }) => {
          const explanation = await application.explain(key, email, signal)
          return explanation === null ? { kind: 'unknown' as const, account: key } : toWire(explanation)
        }),
      )
      return { explanations }
    },
  )
}
