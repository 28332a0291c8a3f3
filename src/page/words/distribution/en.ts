/** How customers spread, in English. */
export const distributionEn = {
  title: 'How customers spread',
  lead: 'Every customer by the average of all their orders, with the bands they are in.',
  configured: 'The borders are those of your configuration.',
  example:
    'No bands are configured: these borders are an example that cuts customers into thirds, about; the advice where to cut rounds more.',
  move: 'Move the borders',
  none: 'No customer with a counted order yet.',
}
