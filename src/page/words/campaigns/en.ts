import type { PlayTexts } from '../words.ts'

/** Drafts of campaigns, in English. `slot` tells the person who sends it what belongs in that place. */
export const campaignsEn = {
  greeting: 'Hello,',
  unsubscribe: 'Unsubscribe',
  plays: {
    upsell: {
      title: 'Upsell',
      subject: 'What goes well with your first order',
      preview: 'Chosen to go with what you have.',
      body: ['Thank you for your first order.', 'We have chosen something that goes well with it.'],
      slot: 'Put here: a bundle, or two or three products to add to the first order. Trust comes before discounts.',
    },
    'careful-post-purchase': {
      title: 'Careful follow-up',
      subject: 'Thank you for your order',
      preview: 'How to get the most out of it.',
      body: [
        'Thank you for your order and for your trust.',
        'We want you to be happy with it for a long time. If anything is not as it should be, write to us and we will look after it.',
      ],
      slot: 'Put here: how to use and care for what was bought. No discount.',
    },
    bundles: {
      title: 'Bundles',
      subject: 'Better together',
      preview: 'Things from our shop that belong together.',
      body: ['It is good to have you with us.', 'These belong together, so we have put them together for you.'],
      slot: 'Put here: bundles, and the value from which shipping is free if you have one.',
    },
    vip: {
      title: 'VIP',
      subject: 'You see it first',
      preview: 'What is new, before everybody else.',
      body: ['You are one of our best customers.', 'That is why you see what is new before everybody else does.'],
      slot: 'Put here: new and dearer releases, and until when they are yours alone. Little or no discount.',
    },
    offers: {
      title: 'Offers',
      subject: 'Our offers for you',
      preview: 'What is on offer in our shop.',
      body: ['We have looked through our offers for you.'],
      slot: 'Put here: the sales and offers that are on.',
    },
    'next-tier': {
      title: 'Next step up',
      subject: 'A step up',
      preview: 'What we would choose next.',
      body: ['You know what we sell.', 'This is what we would choose next.'],
      slot: 'Put here: products a little above what these customers usually spend on.',
    },
    'new-releases': {
      title: 'New releases',
      subject: 'New in our shop',
      preview: 'Have a look at what is new.',
      body: ['There is something new in our shop, and we thought of you.'],
      slot: 'Put here: new releases.',
    },
    'win-back': {
      title: 'Win back',
      subject: 'It has been a while',
      preview: 'We would like to see you again.',
      body: ['It has been a while since your last order, and we would like to see you again.'],
      slot: 'Put here: the best offer that you make.',
    },
  } satisfies PlayTexts as PlayTexts,
}
