import type { Words } from '../words.ts'

/** How customers spread, in Italian. */
export const distributionIt: Words['distribution'] = {
  title: 'Come si distribuiscono i clienti',
  lead: 'Ogni cliente secondo la media di tutti i suoi ordini, con le fasce in cui si trovano.',
  configured: 'I confini sono quelli della configurazione.',
  example:
    'Nessuna fascia è configurata: questi confini sono un esempio che divide i clienti in terzi, all’incirca; il consiglio su dove dividere arrotonda di più.',
  move: 'Sposta i confini',
  none: 'Nessun cliente ha ancora un ordine che conta.',
}
