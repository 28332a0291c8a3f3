/** The lines of an account in `scontrino.yaml` that make two thresholds (major units, as text) its bands, with a segment for each. */
export function toBandsYaml(low: string, high: string): string {
  return `    bands: [${low}, ${high}]
    segments:
      - family: bands     # low, mid and high; beside whatever is there
`
}
