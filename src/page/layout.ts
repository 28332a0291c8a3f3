import { type Html, html } from './html.ts'
import { toUrl, urlOf } from './link.ts'
import { sayPolicy } from './policy.ts'
import type { AssetUrls, View, Voice } from './view.ts'
import { LANGUAGE_NAMES, LANGUAGES } from './words/language.ts'

const PAGES = [
  ['numbers', '/'],
  ['thresholds', '/thresholds'],
  ['segments', '/segments'],
  ['runs', '/runs'],
  ['customer', '/customer'],
] as const

/** The pages behind the login. */
export type PageName = (typeof PAGES)[number][0]

/** A whole document: navigation, notice and the sections of one page. */
export function renderPage(view: View, name: PageName, main: Html, title = view.words.nav[name]): string {
  const { words, notice } = view
  return renderDocument(
    view,
    view.assets,
    title,
    html`<a class="skip" href="#main">${words.skip}</a>
<header class="top">
<div class="bar">
<p class="brand">${words.product}</p>
<nav aria-label="${words.nav.label}"><ul>${PAGES.map(
      ([page, path]) =>
        html`<li><a href="${urlOf(view, path)}"${page === name && html` aria-current="page"`}>${words.nav[page]}</a></li>`,
    )}</ul></nav>
<div class="aside">${renderLanguages(view)}${view.hasLogin && renderLogOut(view)}</div>
</div>
${view.accounts.length > 1 && renderAccounts(view)}
</header>
<main id="main" tabindex="-1">
<h1>${title}</h1>
${notice !== null && html`<p class="notice${notice.isProblem && ' problem'}" role="status" id="notice">${notice.text}</p>`}
${main}
</main>
<footer class="foot"><p>${sayPolicy(view)}</p></footer>`,
  )
}

/** The login, the only page that anybody sees. `next`: where it leads. */
export function renderLogin(
  { words, ...voice }: Voice,
  assets: AssetUrls,
  { next, problem }: { next: string; problem: string | null },
): string {
  return renderDocument(
    { words, ...voice },
    assets,
    words.login.title,
    html`<main class="login" id="main">
<p class="brand">${words.product}</p>
<p class="soft">${words.tagline}</p>
<h1>${words.login.title}</h1>
${problem !== null && html`<p class="notice problem" role="alert" id="problem">${problem}</p>`}
<form method="post" action="/login">
<input type="hidden" name="next" value="${next}">
<input type="text" name="username" value="scontrino" autocomplete="username" hidden>
<label for="token">${words.login.token}</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus aria-describedby="hint">
<p class="soft" id="hint">${words.login.hint}</p>
<button class="main">${words.login.submit}</button>
</form>
${renderLanguageLinks(words.languages, voice.language, (language) => toUrl('/login', { next, lang: language }))}
</main>`,
  )
}

/** A page that only says what went wrong. */
export function renderProblem(voice: Voice, assets: AssetUrls, text: string, details: string | null): string {
  const { words } = voice
  return renderDocument(
    voice,
    assets,
    words.problem.title,
    html`<main class="login" id="main"><p class="brand">${words.product}</p><h1>${words.problem.title}</h1>
<p>${text}</p>${details !== null && html`<p class="soft">${details}</p>`}
<p><a href="/">${words.problem.back}</a></p></main>`,
  )
}

function renderDocument(voice: Voice, assets: AssetUrls, title: string, body: Html): string {
  return html`<!doctype html>
<html lang="${voice.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${voice.words.product}</title>
<link rel="icon" href="${assets.icon}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.chartStyle}">
<link rel="stylesheet" href="${assets.style}">
<script src="${assets.chartLibrary}" defer></script>
<script src="${assets.script}" type="module"></script>
</head>
<body>
${body}
</body>
</html>
`.html
}

function renderLanguages(view: View): Html {
  return renderLanguageLinks(view.words.languages, view.language, (language) =>
    toUrl(view.path, { ...view.query, lang: language }),
  )
}

function renderLanguageLinks(label: string, current: string, urlOfLanguage: (language: string) => string): Html {
  return html`<nav class="languages" aria-label="${label}"><ul>${LANGUAGES.map(
    (language) =>
      html`<li><a href="${urlOfLanguage(language)}" lang="${language}" hreflang="${language}" title="${LANGUAGE_NAMES[language]}"${language === current && html` aria-current="true"`}>${language.toUpperCase()}</a></li>`,
  )}</ul></nav>`
}

function renderLogOut({ words, formToken }: View): Html {
  return html`<form method="post" action="/logout"><input type="hidden" name="form" value="${formToken}"><button class="plain">${words.logOut}</button></form>`
}

function renderAccounts(view: View): Html {
  return html`<nav class="accounts" aria-label="${view.words.accounts}"><ul>${view.accounts.map(
    ({ key }) =>
      html`<li><a href="${toUrl(view.path, { account: key })}"${key === view.account.key && html` aria-current="true"`}>${key}</a></li>`,
  )}</ul></nav>`
}
