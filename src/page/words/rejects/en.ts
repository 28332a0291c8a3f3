/** What could not be used, in English. */
export const rejectsEn = {
  title: 'What could not be used',
  none: 'Every record was readable, and Klaviyo took every profile.',
  deadLetters: 'Records of the shop that could not be read',
  refused: 'Profiles that Klaviyo refused',
  columns: {
    place: 'Record',
    reason: 'What is wrong with it',
    seen: 'Last seen',
    profile: 'Profile',
    klaviyo: 'Klaviyo’s reason, in its own words',
    at: 'Refused',
  },
  tasks: 'To be done by a person',
  task: 'What the shop asks for',
  asked: 'Asked',
  personalData:
    'A customer wants to know what the shop knows of them. Their request is in the shop; they are to be answered.',
  shopLeft:
    'Scontrino was taken out of this shop: within 30 days it has to forget its customers. Whoever installed it does that.',
  otherTask: 'The shop asks for something that only a person can do.',
  taskDone: (command: string) => `Whoever installed Scontrino closes it when it is done: ${command}`,
  places: {
    order: (id: string) => `order ${id}`,
    event: (id: string) => `report ${id} of the shop`,
    line: (file: string, line: string) => `${file}, line ${line}`,
    of: (place: string, source: string) => `${place} of ${source}`,
  },
  kinds: {
    date: 'Its date cannot be read, or is none that an order can have.',
    amount: 'An amount in it cannot be read, or is none that an order can have.',
    currency: 'Its currency is not known, or it holds several.',
    state: 'What its state means is not known. Whoever installed Scontrino can say so in the configuration.',
    person: 'The address or customer in it cannot be read.',
    lines: 'It contradicts another line of the same order, or came twice.',
    file: 'The file is not written as expected at this place.',
    missing: 'Something that every order needs is missing or cannot be read.',
    other: 'Something in it cannot be read.',
  },
  more: (limit: string) => `Only the first ${limit} are shown.`,
  retry: 'Try again',
  retryHint:
    'Refused profiles are sent again, and shops with unreadable records are read from their beginning, in a new sync.',
  busy: 'The shop is being read at this moment. Try again when that has ended.',
}
