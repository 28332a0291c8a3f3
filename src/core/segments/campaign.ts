/** The words of a campaign's one e-mail. `html` and `text` hold the vendor's own tags. */
export interface CampaignText {
  /** What is done with whom, in a word or two, for names. */
  readonly title: string
  readonly subject: string
  readonly previewText: string
  readonly html: string
  readonly text: string
}

/** A campaign at the destination that has neither been sent nor called off. */
export interface RemoteCampaign {
  readonly id: string
  readonly name: string
  /** The vendor's own word. */
  readonly status: string
  /** Nobody has scheduled it. */
  readonly isDraft: boolean
  /** Whether it carries our tag: the last thing that a draft of ours gets. */
  readonly tagged: boolean
}

/** Makes drafts of campaigns. Sending one and choosing when it is sent are not among what it can do. */
export interface CampaignDestination {
  /**
   * Campaigns of ours to a segment, those that were sent or called off left out, oldest first: those whose names hold
   * `(mark)`, and those with our tag that have the segment for an audience, whatever they are called by now.
   */
  findCampaigns(mark: string, segmentId: string, signal: AbortSignal): Promise<readonly RemoteCampaign[]>
  /** Id of a template of exactly this name. */
  findTemplate(name: string, signal: AbortSignal): Promise<string | null>
  /** Not repeated by itself: look with `findTemplate` first. Answers its id. */
  createTemplate(name: string, text: CampaignText, signal: AbortSignal): Promise<string>
  /** Creates a draft without a template and answers its id. Not repeated by itself: look with `findCampaigns` first. */
  createDraft(name: string, segmentId: string, text: CampaignText, signal: AbortSignal): Promise<string>
  /** The one message of a campaign of ours. */
  fetchMessage(campaignId: string, signal: AbortSignal): Promise<{ readonly id: string; readonly hasTemplate: boolean }>
  /** Gives a message a copy of a template; done again, it gets a fresh copy. */
  assignTemplate(messageId: string, templateId: string, signal: AbortSignal): Promise<true>
  tagCampaign(id: string, signal: AbortSignal): Promise<void>
}
