import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'
import type { CustomerRefund, RejectedRecord, SourceOrder } from '../../src/core/orders/order.ts'
import type { Cursor, OrderPage } from '../../src/core/orders/page.ts'
import type { Source } from '../../src/core/orders/source.ts'
import { createFileSource } from '../../src/sources/file/index.ts'
import { fileSourceConfig } from '../../src/sources/file/schema.ts'

/** A folder that goes with the test. */
export function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'scontrino-file-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes a file of orders into a folder of its own, compressed where its name ends with `.gz`; answers its path. */
export function writeOrders(name: string, content: string | Uint8Array): string {
  const path = join(createFolder(), name)
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(content) : content)
  return path
}

/** The least configuration of a file with one row per order; `change` adds to it and replaces. */
export function ordersConfig(path: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  const columns = { order: 'Id', placedAt: 'Date', email: 'Email', total: 'Total' }
  return { type: 'file', path, rows: 'orders', timezone: 'Europe/London', currency: 'GBP', columns, ...change }
}

/** The least configuration of a file with several rows per order. */
export function linesConfig(path: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  const columns = { order: 'Id', placedAt: 'Date', email: 'Email', quantity: 'Qty', unitPrice: 'Price' }
  return { ...ordersConfig(path), rows: 'lines', columns, ...change }
}

/** A source with this configuration, checked as the program checks it. */
export function createSource(config: Record<string, unknown>): Source {
  return createFileSource('shop', fileSourceConfig.parse(config))
}

/** Every page from `from` on. */
export async function readAllPages(source: Source, from: Cursor | null = null): Promise<OrderPage[]> {
  const pages: OrderPage[] = []
  for await (const page of source.readOrders(from, new AbortController().signal)) pages.push(page)
  return pages
}

/** All that a file gives, its pages put together. */
export interface FileContent {
  readonly orders: readonly SourceOrder[]
  readonly refunds: readonly CustomerRefund[]
  readonly rejected: readonly RejectedRecord[]
  readonly skipped: number
}

/** Puts pages together. */
export function joinPages(pages: readonly OrderPage[]): FileContent {
  return {
    orders: pages.flatMap((page) => page.orders),
    refunds: pages.flatMap((page) => page.refunds),
    rejected: pages.flatMap((page) => page.rejected),
    skipped: pages.reduce((sum, page) => sum + page.skipped, 0),
  }
}

/** Writes `content`, reads it with `config(path)` and puts the pages together. */
export async function readContent(
  name: string,
  content: string | Uint8Array,
  config: (path: string) => Record<string, unknown>,
): Promise<FileContent> {
  return joinPages(await readAllPages(createSource(config(writeOrders(name, content)))))
}
