import { type Call, type Handler, pickFields } from './answer.ts'
import { notFound, refuse } from './errors.ts'
import type { OperationId } from './limits.ts'
import type { World } from './world.ts'

/** The one account that a key belongs to. */
export function createAccountHandlers(world: World): Partial<Record<OperationId, Handler>> {
  return {
    get_accounts: (call) => {
      return { status: 200, document: { data: [toAccountResource(world, call)], links: { self: call.self } } }
    },
    get_account: (call) => {
      const id = call.params['id']
      if (id !== world.settings.account.id) return refuse(notFound(`An account with id ${id} does not exist.`))
      return { status: 200, document: { data: toAccountResource(world, call), links: { self: call.self } } }
    },
  }
}

function toAccountResource(world: World, call: Call): object {
  const { id, currency, timezone } = world.settings.account
  const attributes = {
    test_account: true,
    contact_information: {
      default_sender_name: 'Scontrino Sandbox',
      default_sender_email: 'sandbox@example.com',
      website_url: 'https://shop.example.com',
      organization_name: 'Scontrino Sandbox',
      street_address: { address1: null, address2: null, city: null, region: null, country: null, zip: null },
    },
    industry: null,
    timezone,
    preferred_currency: currency,
    public_api_key: id,
    locale: 'en-US',
  }
  return {
    type: 'account',
    id,
    attributes: pickFields(attributes, call.query.fields['account']),
    links: { self: `${call.origin}/api/accounts/${id}/` },
  }
}
