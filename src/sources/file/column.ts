/** What a setting under `columns` reads from a row: a column, or several joined by a template. */
export interface Column {
  /** The column's name, for people; the names in a template are joined by a comma. */
  readonly label: string
  /** The trimmed text; '' when the column, or any column of a template, is empty. */
  read(cells: readonly string[]): string
}

/** Gives every column that a configuration uses a position, so that a row is an array of just those cells. */
export interface ColumnSet {
  /** Names in the order of a row's cells. */
  readonly names: readonly string[]
  /** `reference`: a column's name, or a template such as `{CustomerID}@example.com`. */
  column(reference: string): Column
}

const PLACEHOLDER = /\{([^{}]+)\}/

/** An empty set; `column` adds to it. */
export function createColumnSet(): ColumnSet {
  const names: string[] = []

  const positionOf = (name: string): number => {
    const known = names.indexOf(name)
    return known >= 0 ? known : names.push(name) - 1
  }

  return {
    names,
    column: (reference) => {
      if (!PLACEHOLDER.test(reference)) {
        const position = positionOf(reference)
        return { label: reference, read: (cells) => cells[position] ?? '' }
      }
      // Splitting by a pattern with a group gives text, name, text, name, …, text.
      const parts = reference.split(new RegExp(PLACEHOLDER, 'g'))
      const used = parts.filter((_, at) => at % 2 === 1)
      const pieces = parts.map((part, at) => (at % 2 === 1 ? positionOf(part) : part))
      return { label: used.join(', '), read: (cells) => fill(pieces, cells) }
    },
  }
}

function fill(pieces: readonly (string | number)[], cells: readonly string[]): string {
  let text = ''
  for (const piece of pieces) {
    const value = typeof piece === 'string' ? piece : (cells[piece] ?? '')
    if (typeof piece === 'number' && value === '') return ''
    text += value
  }
  return text
}
