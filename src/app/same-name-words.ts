/** Several segments that would have one name, as a sentence for people. */
export function sameNameText({ name, keys }: { readonly name: string; readonly keys: readonly string[] }): string {
  return `the segments ${keys.join(' and ')} would have one name, “${name}”`
}

/** What to do about it. */
export const SAME_NAME_ACTION = 'give each its own name, or take all but one out of the configuration'
