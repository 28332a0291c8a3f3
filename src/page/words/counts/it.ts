import type { Words } from '../words.ts'

function many(one: string, more: string): (count: number, text: string) => string {
  return (count, text) => `${text} ${count === 1 ? one : more}`
}

/** What jobs count, in Italian. */
export const countsIt: Words['counts'] = {
  orders: many('ordine', 'ordini'),
  refunds: many('rimborso', 'rimborsi'),
  changed: many('cambiato', 'cambiati'),
  rejected: many('record illeggibile', 'record illeggibili'),
  skipped: many('saltato', 'saltati'),
  pages: many('pagina', 'pagine'),
  events: many('evento', 'eventi'),
  customers: many('cliente', 'clienti'),
  months: many('mese', 'mesi'),
  periods: many('periodo', 'periodi'),
  confirmed: many('profilo confermato', 'profili confermati'),
  refused: many('profilo rifiutato', 'profili rifiutati'),
  absent: many('senza profilo', 'senza profilo'),
  imports: many('importazione', 'importazioni'),
  abandoned: many('importazione abbandonata', 'importazioni abbandonate'),
  erased: many('dimenticato', 'dimenticati'),
  pending: many('profilo da inviare', 'profili da inviare'),
  created: many('segmento creato', 'segmenti creati'),
  updated: many('segmento aggiornato', 'segmenti aggiornati'),
  'put back': many('segmento ripristinato', 'segmenti ripristinati'),
  adopted: many('segmento adottato', 'segmenti adottati'),
  deleted: many('segmento eliminato', 'segmenti eliminati'),
  unchanged: many('invariato', 'invariati'),
  kept: many('conservato', 'conservati'),
  blocked: many('bloccato', 'bloccati'),
  held: many('trattenuto', 'trattenuti'),
  drifted: many('modificato in Klaviyo', 'modificati in Klaviyo'),
  unfounded: many('senza cifre di Klaviyo', 'senza cifre di Klaviyo'),
  deferred: many('rimandato', 'rimandati'),
  counted: many('segmento contato', 'segmenti contati'),
  unanswered: many('senza risposta', 'senza risposta'),
  asExpected: many('grande come atteso', 'grandi come atteso'),
  notYet: many('non ancora valutabile', 'non ancora valutabili'),
  empty: many('vuoto', 'vuoti'),
  off: many('oltre la tolleranza', 'oltre la tolleranza'),
  bytes: (_, text) => `${text} MB`,
  profiles: many('profilo', 'profili'),
}
