/** How fresh the numbers of a shop are, in English. */
export const freshnessEn = {
  lastOrder: (instant: string) => `Last order: ${instant}.`,
  lastRead: (instant: string) => `The shop was last read to its end: ${instant}.`,
  neverRead: (source: string) => `${source} has not been read to its end yet: its orders are not all known.`,
  failed: (source: string, instant: string) => `The last reading of ${source} failed (${instant}).`,
  behind: 'The shop has not been read since then, so what happened later is not known.',
  unread: {
    week: (count: number, text: string) =>
      count === 1 ? 'One finished week may be incomplete.' : `${text} finished weeks may be incomplete.`,
    month: (count: number, text: string) =>
      count === 1 ? 'One finished month may be incomplete.' : `${text} finished months may be incomplete.`,
    quarter: (count: number, text: string) =>
      count === 1 ? 'One finished quarter may be incomplete.' : `${text} finished quarters may be incomplete.`,
  },
  quiet: {
    week: (count: number, text: string) =>
      count === 1
        ? 'The shop was read, and the last finished week holds no order.'
        : `The shop was read, and the last ${text} finished weeks hold no order.`,
    month: (count: number, text: string) =>
      count === 1
        ? 'The shop was read, and the last finished month holds no order.'
        : `The shop was read, and the last ${text} finished months hold no order.`,
    quarter: (count: number, text: string) =>
      count === 1
        ? 'The shop was read, and the last finished quarter holds no order.'
        : `The shop was read, and the last ${text} finished quarters hold no order.`,
  },
  /** Of a period that was chosen. */
  partly: 'The shop was not read to the end of this period: it may be incomplete, and is not compared with others.',
  mark: 'not fully read',
  runs: 'What runs and has run',
}
