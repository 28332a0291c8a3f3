import { en } from './en.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'
import type { Words } from './words.ts'

/** The languages of the page, by their ISO 639 codes. */
export const LANGUAGES = ['en', 'it', 'fr'] as const
export type Language = (typeof LANGUAGES)[number]

const WORDS: Readonly<Record<Language, Words>> = { en, it, fr }

/** Each language in its own words, for the switch. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', it: 'Italiano', fr: 'Français' }

/** The page's words in a language. */
export function wordsOf(language: Language): Words {
  return WORDS[language]
}

/** Whether a text is the code of a language of the page. */
export function isLanguage(text: string | undefined): text is Language {
  return (LANGUAGES as readonly (string | undefined)[]).includes(text)
}

/** What an `Accept-Language` header prefers among ours; English when it names none. */
export function preferredLanguage(header: string | undefined): Language {
  const ranked = (header ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      return { language: tag.split('-', 1)[0], quality: weight === undefined ? 1 : Number(weight.slice(2)) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  const found = ranked.map(({ language }) => language).find(isLanguage)
  return found ?? 'en'
}
