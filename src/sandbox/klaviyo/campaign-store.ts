import { randomUUID } from 'node:crypto'
import type { Clock } from './clock.ts'

/** The one e-mail of a campaign. */
interface StoredMessage {
  readonly id: string
  readonly label: string | null
  readonly content: Readonly<Record<string, string | null>>
  /** Of the copy that was made when it was assigned; null: none yet. */
  templateId: string | null
}

/** A campaign as stored. Nothing here ever sends it. Instants in milliseconds. */
export interface StoredCampaign {
  readonly id: string
  name: string
  /** `Draft`, until a test says otherwise. */
  status: string
  readonly audiences: { readonly included: readonly string[]; readonly excluded: readonly string[] }
  readonly usesSmartSending: boolean
  readonly createdAtMs: number
  updatedAtMs: number
  readonly message: StoredMessage
}

/** All campaigns. */
export interface CampaignStore {
  create(
    campaign: Pick<StoredCampaign, 'name' | 'audiences' | 'usesSmartSending'>,
    message: Pick<StoredMessage, 'label' | 'content'>,
  ): StoredCampaign
  get(id: string): StoredCampaign | undefined
  ofMessage(messageId: string): StoredCampaign | undefined
  /** In the order of their creation. */
  list(): readonly StoredCampaign[]
}

/** No campaigns yet. */
export function createCampaignStore(clock: Clock): CampaignStore {
  const campaigns = new Map<string, StoredCampaign>()
  const list = () => [...campaigns.values()]
  return {
    create(campaign, message) {
      const at = clock.now()
      const stored: StoredCampaign = {
        ...campaign,
        id: randomUUID(),
        status: 'Draft',
        createdAtMs: at,
        updatedAtMs: at,
        message: { ...message, id: randomUUID(), templateId: null },
      }
      campaigns.set(stored.id, stored)
      return stored
    },
    get: (id) => campaigns.get(id),
    ofMessage: (messageId) => list().find(({ message }) => message.id === messageId),
    list,
  }
}
