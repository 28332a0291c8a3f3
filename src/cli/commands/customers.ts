import { Option } from 'commander'
import { toCsvRecord } from '../../page/csv.ts'
import { defineCommand, LEDGER_EXITS } from '../command.ts'
import { accountOption } from '../option-values.ts'
import { CUSTOMER_COLUMNS, type CustomerRow, toCustomerRow } from '../render/customer-rows.ts'
import { selectAccounts } from '../select-accounts.ts'
import { usageError } from '../usage-error.ts'
import { withSession } from '../with-session.ts'

interface CustomersOptions {
  readonly account?: string
  readonly format: 'csv' | 'jsonl'
}

/** Every customer with a counted order, as fast as the reader takes them. */
export const customersCommand = defineCommand<CustomersOptions>({
  name: 'customers',
  summary: 'Write every customer’s aggregates to standard output; money is decimal text in major units',
  options: () => [
    accountOption(),
    new Option('-f, --format <name>', 'CSV (RFC 4180) or JSON Lines').choices(['csv', 'jsonl']).default('csv'),
  ],
  examples: ['customers > customers.csv', 'customers --account main --format jsonl | head'],
  exitCodes: LEDGER_EXITS,
  async run(invocation) {
    const { context, options, output } = invocation
    if (output.json)
      throw usageError('customers is streamed and is not one document: use --format jsonl instead of --json')
    const { signal } = context
    const isCsv = options.format === 'csv'
    const toText = isCsv ? toCsv : toJsonLine
    await withSession(invocation, async ({ application }) => {
      const accounts = selectAccounts(application, options.account)
      if (isCsv && !(await output.stream(toCsvRecord(CUSTOMER_COLUMNS), signal))) return
      for (const account of accounts) {
        for await (const lines of application.readCustomers(account.key, signal)) {
          const text = lines.map((line) => toText(toCustomerRow(account, line))).join('')
          if (!(await output.stream(text, signal))) return
        }
      }
    })
    return 0
  },
})

function toCsv(row: CustomerRow): string {
  return toCsvRecord(CUSTOMER_COLUMNS.map((column) => row[column]))
}

function toJsonLine(row: CustomerRow): string {
  return `${JSON.stringify(row)}\n`
}
