const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** The tables of a document of ours by their captions: the texts of the body's cells, row by row. */
export function readTables(document: string): Readonly<Record<string, string[][]>> {
  return Object.fromEntries(
    [...document.matchAll(/<table[^>]*>(.*?)<\/table>/gs)].map(([, table = '']) => [
      textOf(/<caption[^>]*>(.*?)<\/caption>/s.exec(table)?.[1] ?? ''),
      [...(/<tbody>(.*)<\/tbody>/s.exec(table)?.[1] ?? '').matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
        [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => textOf(cell)),
      ),
    ]),
  )
}

/** What a reader sees of markup. */
function textOf(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all)
    .trim()
}
