/** Words that are English and nothing in Italian or French, as programs and their messages use them. */
const ENGLISH =
  /\b(?:the|of|and|with|from|not|was|were|is|are|left|skipped|failed|running|waiting|done|order|orders|customer|customers|profile|profiles|period|periods|week|month|quarter|computing|reading|pulling|sending|expected|missing|refused|unreadable|unchanged|shop|run|runs|job|record|records|create|created|update|updated|today|never|rebanded|absent|erased|merged|blocked|drifted)\b/gi

/** What a reader sees of markup: without the words of others, which are quoted and marked as English. */
export function visibleText(markup: string): string {
  return markup
    .replace(/<(q|code) ?(?:lang="en")?>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

/** English words that a reader of another language would meet; names in quotes are whoever's gave them. */
export function englishWordsIn(markup: string): string[] {
  const own = visibleText(markup).replace(/«[^»]*»/g, '')
  return [...new Set((own.match(ENGLISH) ?? []).map((word) => word.toLowerCase()))].sort()
}
