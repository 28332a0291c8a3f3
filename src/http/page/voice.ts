import type { FastifyReply, FastifyRequest } from 'fastify'
import { createFormats } from '../../page/formats.ts'
import type { Voice } from '../../page/view.ts'
import { isLanguage, type Language, preferredLanguage, wordsOf } from '../../page/words/language.ts'

const LANGUAGE_COOKIE = 'scontrino_language'
const YEAR_S = 365 * 86_400

/** The reader's language: as chosen on the page (and kept in a cookie), else as the browser asks for. */
function languageOf(request: FastifyRequest, reply: FastifyReply): Language {
  const { lang } = request.query as Record<string, unknown>
  if (typeof lang === 'string' && isLanguage(lang)) {
    if (lang !== request.cookies[LANGUAGE_COOKIE]) {
      reply.setCookie(LANGUAGE_COOKIE, lang, { path: '/', maxAge: YEAR_S, httpOnly: true, sameSite: 'strict' })
    }
    return lang
  }
  const kept = request.cookies[LANGUAGE_COOKIE]
  return isLanguage(kept) ? kept : preferredLanguage(request.headers['accept-language'])
}

/** The words for a request; the money and time zone of an account where one is shown. */
export function voiceOf(
  request: FastifyRequest,
  reply: FastifyReply,
  account: { readonly currency: string; readonly timezone: string } = { currency: 'EUR', timezone: 'UTC' },
): Voice {
  const language = languageOf(request, reply)
  return {
    language,
    words: wordsOf(language),
    formats: createFormats(language, account.currency, account.timezone),
  }
}
