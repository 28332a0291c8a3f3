/** What could not be used, in English. */
export const rejectsEn = {
  title: 'What could not be used',
  none: 'Every record was readable, and Klaviyo took every profile.',
  deadLetters: 'Records of the shop that could not be read',
  refused: 'Profiles that Klaviyo refused',
  columns: {
    source: 'Source',
    place: 'Place',
    field: 'Field',
    reason: 'Reason',
    seen: 'Last seen',
    profile: 'Profile',
    at: 'Refused',
  },
  more: (limit: string) => `Only the first ${limit} are shown.`,
  retry: 'Try again',
  retryHint:
    'Refused profiles are sent again, and sources with unreadable records are read from their beginning, in a new sync.',
  busy: 'The shop is being read at this moment. Try again when that has ended.',
}
