/** Whether an `Accept` header (absent: anything) lets us answer with this media type. Preferences among several do not matter. */
export function isAcceptable(accept: string | undefined, mediaType: string): boolean {
  if (accept === undefined || accept.trim() === '') return true
  const [type] = mediaType.split('/')
  const ranges = accept.split(',').map((range) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    return { name, refused: parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)) }
  })
  // The most exact range decides: `*/*, text/html;q=0` means anything but HTML.
  const match = [mediaType, `${type}/*`, '*/*'].flatMap((name) => ranges.filter((range) => range.name === name))[0]
  return match !== undefined && !match.refused
}
