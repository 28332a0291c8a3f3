import type { SizeCause, SizeFinding } from '../core/segments/segment-size.ts'

/** A count that was made, in a few words: `empty in Klaviyo, 1,204 expected`. */
export function sizeText(
  { kind }: SizeFinding,
  { members, expectedMembers }: { members: number; expectedMembers: number },
): string {
  const expected = `${formatCount(expectedMembers)} expected`
  return kind === 'empty' ? `empty in Klaviyo, ${expected}` : `${formatCount(members)} in Klaviyo, ${expected}`
}

/** A likely cause as a sentence for people, with what to do where there is something to do. */
export function causeText(cause: SizeCause): string {
  switch (cause.kind) {
    case 'just-changed':
      return 'it was changed less than a quarter of an hour ago and Klaviyo is still filling it'
    case 'processing':
      return 'Klaviyo says that it is still working on it'
    case 'just-pushed':
      return `pushed within the last quarter of an hour: ${profiles(cause.profiles)}`
    case 'forecast-moved':
      return `expected when it was counted: ${formatCount(cause.customers)}; it is counted again a quarter of an hour after the push`
    case 'not-counted':
      return 'it was not counted yet'
    case 'drifted':
      return 'somebody changed it in Klaviyo: scontrino plan shows the difference, apply puts it back'
    case 'not-applied':
      return 'the configuration asks for something else by now: scontrino plan, then apply'
    case 'no-profile':
      return `without a profile in Klaviyo, where update-existing creates none: ${customers(cause.customers)}`
    case 'refused':
      return `Klaviyo refused the profiles of ${customers(cause.customers)}: scontrino rejects says why`
    case 'pending':
      return `still to be pushed are the profiles of ${customers(cause.customers)}: scontrino sync`
    case 'prefix-changed':
      return `properties were pushed with ${cause.formerly === '' ? 'no prefix' : `the prefix ${cause.formerly}`} before: scontrino sync renames them`
    case 'to-be-cleared':
      return `still to be cleared, of people who are no customers any more: ${profiles(cause.profiles)}: scontrino sync`
    case 'not-pushed-by-us':
      return `carrying the property without being customers here: ${profiles(cause.profiles)}: see who else writes it`
    case 'looked-at-daily':
      return 'it asks how long ago something was, and Klaviyo looks at that once a day only'
    case 'own-figures':
      return 'it asks for Klaviyo’s own figures, which need orders in Klaviyo: scontrino check'
    case 'slow':
      return 'nothing known; Klaviyo has taken hours before, and it is counted again within the hour'
    case 'unknown':
      return 'nothing known: look at the segment in Klaviyo'
  }
}

const profiles = (count: number) => (count === 1 ? 'one profile' : `${formatCount(count)} profiles`)
const customers = (count: number) => (count === 1 ? 'one customer' : `${formatCount(count)} customers`)

function formatCount(count: number): string {
  return count.toLocaleString('en-GB')
}
