import { RecordError } from '../../core/errors.ts'
import { amountToNumber, parseAmount } from './amount.ts'
import type { Column, ColumnSet } from './column.ts'
import type { FileSourceConfig } from './schema.ts'

/** A yes-or-no question about a row. @throws RecordError, with the column in its context, when it cannot be answered. */
export type RowRule = (cells: readonly string[]) => boolean

/** Whether one of the `skip` rules leaves the row out. */
export function createSkipRule(config: FileSourceConfig, columns: ColumnSet): RowRule {
  const rules = (config.skip ?? []).map((rule) => toRule(rule, columns.column(rule.column), config.decimalComma))
  return (cells) => rules.some((rule) => rule(cells))
}

/** Whether the row belongs to a refund that names no order; `order` is the column of the order's id. */
export function createCancellationRule(config: FileSourceConfig, columns: ColumnSet, order: Column): RowRule {
  const wanted = config.cancellations
  if (wanted === undefined) return () => false
  if ('order' in wanted) return (cells) => order.read(cells).startsWith(wanted.order.startsWith)
  const column = columns.column(wanted.column)
  return isOneOf(column, 'in' in wanted ? wanted.in : [wanted.equals], config.decimalComma)
}

type SkipRule = NonNullable<FileSourceConfig['skip']>[number]

function toRule(rule: SkipRule, column: Column, decimalComma: boolean): RowRule {
  const { lt, lte, gt, gte } = rule
  if (rule.empty !== undefined) return (cells) => (column.read(cells) === '') === rule.empty
  if (rule.eq !== undefined) return isOneOf(column, [rule.eq], decimalComma)
  if (rule.in !== undefined) return isOneOf(column, rule.in, decimalComma)
  return (cells) => {
    const text = column.read(cells)
    if (text === '') return false
    const value = toNumber(text, column, decimalComma)
    return (
      (lt !== undefined && value < lt) ||
      (lte !== undefined && value <= lte) ||
      (gt !== undefined && value > gt) ||
      (gte !== undefined && value >= gte)
    )
  }
}

function isOneOf(column: Column, values: readonly (string | number)[], decimalComma: boolean): RowRule {
  const texts = new Set(values.filter((value) => typeof value === 'string'))
  const numbers = new Set(values.filter((value) => typeof value === 'number'))
  return (cells) => {
    const text = column.read(cells)
    if (texts.has(text)) return true
    return numbers.size > 0 && text !== '' && numbers.has(numberOrNaN(text, decimalComma))
  }
}

function toNumber(text: string, column: Column, decimalComma: boolean): number {
  try {
    return amountToNumber(parseAmount(text, decimalComma))
  } catch (thrown) {
    throw new RecordError('expected a number, to be compared by `skip`', { column: column.label }, { cause: thrown })
  }
}

/** A text that is no number equals no number. */
function numberOrNaN(text: string, decimalComma: boolean): number {
  try {
    return amountToNumber(parseAmount(text, decimalComma))
  } catch (thrown) {
    if (thrown instanceof RecordError) return Number.NaN
    throw thrown
  }
}
