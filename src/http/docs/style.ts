/** The page's whole style sheet: system fonts, the reader's own light or dark, narrow screens first. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; --ink: #1d2226; --soft: #59636b; --line: #d6dce0; --paper: #fff; --field: #f3f5f6; --link: #0b5cad; --mark: #8a4b00 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8ea; --soft: #9fabb3; --line: #363e44; --paper: #15191c; --field: #1f2529; --link: #7ab8f5; --mark: #f0b368 }
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 52rem; padding: 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.6rem; margin: .5rem 0 }
h2 { font-size: 1.2rem; margin: 0 0 .5rem }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; color: var(--soft) }
section { border-top: 1px solid var(--line); margin-top: 1.5rem; padding-top: 1.5rem }
a { color: var(--link) }
a:focus-visible, pre:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
code, pre { font: .92em/1.5 ui-monospace, monospace }
pre { background: var(--field); border-radius: .4rem; margin: .5rem 0; overflow-x: auto; padding: .75rem }
small { color: var(--soft); font-weight: normal }
nav ul { list-style: none; margin: 0; padding: 0 }
nav a { display: block; padding: .3rem 0 }
dl { margin: .25rem 0 }
dl > div { border-top: 1px solid var(--line); padding: .4rem 0 }
dl > div:first-child { border-top: 0 }
dl > div:target { background: var(--field) }
dt { font-weight: 600 }
dd { margin: 0 }
dd dl { border-left: 2px solid var(--line); margin-top: .4rem; padding-left: .75rem }
.token { border: 1px solid var(--mark); border-radius: .3rem; color: var(--mark); font-size: .8rem; font-weight: normal; padding: 0 .35rem }
@media (min-width: 44rem) {
  dl > div { display: grid; grid-template-columns: 15rem 1fr; gap: 1rem }
  dd dl > div { grid-template-columns: 13rem 1fr }
}
`
