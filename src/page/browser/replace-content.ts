/** Puts the server's markup into an element; what the reader has opened, scrolled to or is standing on stays so. */
export function replaceContent(id: string, markup: string): void {
  const element = document.getElementById(id)
  if (element === null) return
  const open = new Set([...element.querySelectorAll<HTMLElement>('details[open]')].map(keyOf))
  const focused = element.contains(document.activeElement) ? document.activeElement : null
  const focusedKey = focused?.closest<HTMLElement>('[data-key]')
  const isScroller = focused?.classList.contains('scroll') === true
  const scrollLeft = element.querySelector('.scroll')?.scrollLeft ?? 0

  element.innerHTML = markup

  for (const details of element.querySelectorAll('details')) if (open.has(keyOf(details))) details.open = true
  const scroller = element.querySelector<HTMLElement>('.scroll')
  if (scroller !== null) scroller.scrollLeft = scrollLeft
  if (isScroller) scroller?.focus({ preventScroll: true })
  else if (focusedKey != null) {
    const key = CSS.escape(keyOf(focusedKey))
    element.querySelector<HTMLElement>(`[data-key="${key}"] summary`)?.focus({ preventScroll: true })
  }
}

function keyOf(element: HTMLElement): string {
  return element.dataset['key'] ?? ''
}
