/**
 * Tells where a pointer drags a line, in percent of the axis. `at`: where the line is now. Where it was taken hold of counts,
 * so that it does not jump under the finger.
 */
export function followPointer(slider: SVGGElement, at: () => number, moved: (percent: number) => void): void {
  let offset: number | null = null
  const percentOf = ({ clientX }: PointerEvent): number => {
    const { left, width } = (slider.ownerSVGElement?.ownerSVGElement ?? slider).getBoundingClientRect()
    return (100 * (clientX - left)) / width
  }
  slider.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    slider.setPointerCapture(event.pointerId)
    slider.focus({ preventScroll: true })
    offset = percentOf(event) - at()
    event.preventDefault()
  })
  slider.addEventListener('pointermove', (event) => {
    if (offset !== null) moved(percentOf(event) - offset)
  })
  for (const end of ['pointerup', 'pointercancel'] as const) {
    slider.addEventListener(end, () => {
      offset = null
    })
  }
}
