/** Where the browser lets a page write to the clipboard; elsewhere lines can still be marked by hand. */
export function offerCopy(): void {
  const copied = document.getElementById('copied')
  if (copied === null || navigator.clipboard === undefined) return
  for (const button of document.querySelectorAll<HTMLElement>('[data-copy]')) {
    button.hidden = false
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset['copy'] ?? '')?.textContent ?? '')
      copied.textContent = copied.dataset['text'] ?? ''
    })
  }
}
