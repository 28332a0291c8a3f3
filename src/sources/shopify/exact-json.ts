/** What `JSON.parse` tells a reviver beside key and value. Source: ECMAScript proposal "JSON.parse source text access", in Node 22. */
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown

/** JSON with whole numbers too large for a JavaScript number as their digits: ids of 18 digits would be rounded. @throws SyntaxError */
export function parseExactJson(text: string): unknown {
  const reviver: Reviver = (_, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^\d+$/.test(source)
      ? source
      : value
  return JSON.parse(text, reviver as (key: string, value: unknown) => unknown)
}
