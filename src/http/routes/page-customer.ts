import { isEmail, normalizeEmail } from '../../core/customers/email.ts'
import { renderCustomer } from '../../page/customers/customer.ts'
import { renderPage } from '../../page/layout.ts'
import { sendPage } from '../page/answer.ts'
import type { PageDoor } from '../page/door.ts'
import { formOf } from '../page/form.ts'
import { createPatience } from '../page/patience.ts'
import { unknownAccount } from '../page/unknown-account.ts'
import { viewOf } from '../page/view-of.ts'
import { PAGE_TIME_LIMITS } from '../time-limits.ts'
import type { HttpApp } from '../type-provider.ts'

/** Why one customer has their figures. The address comes in the form's body: what is in a URL ends up in logs and histories. */
export function addPageCustomerRoutes(scope: HttpApp, door: PageDoor): void {
  const patience = createPatience(scope)
  const config = { page: 'document' } as const

  scope.get('/customer', { config, schema: { hide: true } }, async (request, reply) => {
    const view = viewOf(door, request, reply, '/customer')
    if (view === null) return unknownAccount(door, request, reply)
    return sendPage(reply, renderPage(view, 'customer', renderCustomer(view, null, null)))
  })

  const patient = { config, handlerTimeout: PAGE_TIME_LIMITS.patientMs, schema: { hide: true } }
  scope.post('/customer', patient, async (request, reply) => {
    const view = viewOf(door, request, reply, '/customer')
    if (view === null) return unknownAccount(door, request, reply)
    const { words, account } = view
    const email = normalizeEmail(formOf(request)['email'] ?? '')
    const show = (problem: string | null, explanation: Parameters<typeof renderCustomer>[2], status = 200) =>
      sendPage(reply, renderPage(view, 'customer', renderCustomer(view, { email, problem }, explanation)), status)
    if (!isEmail(email)) return show(words.customer.invalid, null, 422)
    const explanation = await door.application.explain(account.key, email, patience())
    return show(explanation === null ? words.customer.unknown : null, explanation)
  })
}
