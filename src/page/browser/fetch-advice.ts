/** Asks for the advice where the page came without it: working it out may take longer than a page should. */
export async function fetchAdvice(): Promise<void> {
  const section = document.getElementById('advice')
  const body = document.getElementById('advice-body')
  const url = section?.dataset['url']
  if (section === null || body === null || url === undefined || body.querySelector('.ways') !== null) return
  body.textContent = section.dataset['waiting'] ?? ''
  body.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(url)
    if (!answer.ok || answer.redirected) throw new Error(`answered ${answer.status}`)
    body.innerHTML = await answer.text()
  } catch {
    body.textContent = section.dataset['failed'] ?? ''
  }
  body.removeAttribute('aria-busy')
}
