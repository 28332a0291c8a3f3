import type { Words } from '../words.ts'

/** Drafts of campaigns, in Italian. */
export const campaignsIt: Words['campaigns'] = {
  greeting: 'Ciao,',
  unsubscribe: 'Annulla l’iscrizione',
  plays: {
    upsell: {
      title: 'Upsell',
      subject: 'Che cosa sta bene con il tuo primo ordine',
      preview: 'Scelto per accompagnare ciò che hai.',
      body: ['Grazie per il tuo primo ordine.', 'Abbiamo scelto qualcosa che gli sta bene accanto.'],
      slot: 'Da mettere qui: un pacchetto, o due o tre prodotti da aggiungere al primo ordine. La fiducia viene prima degli sconti.',
    },
    'careful-post-purchase': {
      title: 'Seguito curato',
      subject: 'Grazie per il tuo ordine',
      preview: 'Come usarlo al meglio.',
      body: [
        'Grazie per il tuo ordine e per la tua fiducia.',
        'Vogliamo che ti accontenti a lungo. Se qualcosa non va come dovrebbe, scrivici e ce ne occupiamo noi.',
      ],
      slot: 'Da mettere qui: come usare e conservare ciò che è stato acquistato. Nessuno sconto.',
    },
    bundles: {
      title: 'Pacchetti',
      subject: 'Meglio insieme',
      preview: 'Cose del nostro negozio che vanno insieme.',
      body: ['È bello averti con noi.', 'Queste cose vanno insieme: le abbiamo riunite per te.'],
      slot: 'Da mettere qui: pacchetti e, se c’è, la soglia oltre la quale la spedizione è gratuita.',
    },
    vip: {
      title: 'VIP',
      subject: 'Per te in anteprima',
      preview: 'Le novità, prima di tutti gli altri.',
      body: ['Sei tra i nostri migliori clienti.', 'Per questo vedi le novità prima di tutti gli altri.'],
      slot: 'Da mettere qui: novità e prodotti più cari, e fino a quando sono riservati. Pochi sconti o nessuno.',
    },
    offers: {
      title: 'Offerte',
      subject: 'Le nostre offerte per te',
      preview: 'Che cosa è in offerta nel nostro negozio.',
      body: ['Abbiamo guardato le nostre offerte pensando a te.'],
      slot: 'Da mettere qui: i saldi e le offerte in corso.',
    },
    'next-tier': {
      title: 'Un gradino più su',
      subject: 'Un gradino più su',
      preview: 'Che cosa sceglieremmo adesso.',
      body: ['Conosci ciò che vendiamo.', 'Questo è ciò che sceglieremmo adesso.'],
      slot: 'Da mettere qui: prodotti un po’ sopra la spesa abituale di questi clienti.',
    },
    'new-releases': {
      title: 'Novità',
      subject: 'Novità nel nostro negozio',
      preview: 'Dai un’occhiata a ciò che è nuovo.',
      body: ['Nel nostro negozio c’è qualcosa di nuovo, e abbiamo pensato a te.'],
      slot: 'Da mettere qui: le novità.',
    },
    'win-back': {
      title: 'Riconquista',
      subject: 'È passato un po’ di tempo',
      preview: 'Ci piacerebbe rivederti.',
      body: ['È passato un po’ di tempo dal tuo ultimo ordine, e ci piacerebbe rivederti.'],
      slot: 'Da mettere qui: la migliore offerta che fate.',
    },
  },
}
