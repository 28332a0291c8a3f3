import { SOURCE_TEMPLATES, type TemplateSource } from './source-templates.ts'

/** What depends on the shop, and on where the file is written. */
interface TemplateOptions {
  /** Default: a file. */
  readonly source?: TemplateSource
  /** Where editors find the JSON Schema: a path from the file's folder, or an address. */
  readonly schemaLocation?: string
  /** What is typed before a command's name. */
  readonly program?: string
}

/**
 * The text of a first `scontrino.yaml`, as `scontrino init` writes it. It loads once KLAVIYO_API_KEY is set (and
 * KLAVIYO_BASE_URL, to rehearse), and the shop's key.
 */
export function configTemplate({
  source = 'file',
  schemaLocation = './node_modules/scontrino/scontrino.schema.json',
  program = 'scontrino',
}: TemplateOptions = {}): string {
  return `# yaml-language-server: $schema=${schemaLocation}
#
# Lines marked with ← are about your shop: fill them in. The others are good as they are to begin with.
# \${NAME} is filled from the environment, or from a file .env beside where you start scontrino.
# Try it with:  ${program} check

accounts:
  main:                                   # a name of your choice: a-z, 0-9 and -
    klaviyo:
      apiKey: "\${KLAVIYO_API_KEY}"        # a private key: Klaviyo > Settings > API keys
      baseUrl: "\${KLAVIYO_BASE_URL}"      # leave it unset for Klaviyo itself; set it to rehearse on the sandbox
    currency: EUR                         # ← of every amount
    timezone: Europe/Rome                 # ← of months, dates and the schedule

    # What an order is worth. net: total less refunds; gross: total; shopify: as Shopify's reports say it.
    aov: { policy: net }

    # Properties aov_band and aov_segment: low is below the first number, high above the second. Not sure where to cut?
    # '${program} thresholds' advises, and [p25, p75] follows the shop.
    # bands: [50, 150]

    # ← update-existing: nobody is created in Klaviyo. create: every customer becomes a profile, which Klaviyo bills;
    # choose that for the sandbox, which starts without anybody.
    profiles: update-existing

    sources:
      shop:                               # a name of your choice
${indented(SOURCE_TEMPLATES[source])}
    # Written by '${program} sync'; '${program} plan' shows beforehand what that would change.
    segments:                             # ← names and limits
      - { key: aov-high, name: "AOV | High > €150", where: { aov: { gt: 150 } } }
      - { key: aov-mid,  name: "AOV | €50–150",     where: { aov: { between: [50, 150] } } }
      - { key: aov-low,  name: "AOV | Low < €50",   where: { aov: { lt: 50 } } }

    # '${program} campaigns draft' may make drafts of campaigns to these segments in Klaviyo; nothing is ever sent.
    # campaigns: drafts

    # When '${program} start' syncs, in the time zone above. Without it only on demand.
    schedule: { sync: "*/15 * * * *" }
`
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(8))
}
