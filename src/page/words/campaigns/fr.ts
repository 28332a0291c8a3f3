import type { Words } from '../words.ts'

/** Drafts of campaigns, in French. */
export const campaignsFr: Words['campaigns'] = {
  greeting: 'Bonjour,',
  unsubscribe: 'Se désabonner',
  plays: {
    upsell: {
      title: 'Vente additionnelle',
      subject: 'Ce qui va bien avec votre première commande',
      preview: 'Choisi pour accompagner ce que vous avez.',
      body: ['Merci pour votre première commande.', 'Nous avons choisi quelque chose qui va bien avec elle.'],
      slot: 'À mettre ici : un lot, ou deux ou trois produits à ajouter à la première commande. La confiance passe avant les remises.',
    },
    'careful-post-purchase': {
      title: 'Suivi soigné',
      subject: 'Merci pour votre commande',
      preview: 'Comment en profiter au mieux.',
      body: [
        'Merci pour votre commande et pour votre confiance.',
        'Nous voulons qu’elle vous fasse longtemps plaisir. Si quelque chose ne va pas, écrivez-nous et nous nous en occupons.',
      ],
      slot: 'À mettre ici : comment utiliser et entretenir ce qui a été acheté. Aucune remise.',
    },
    bundles: {
      title: 'Lots',
      subject: 'Mieux ensemble',
      preview: 'Des articles de notre boutique qui vont ensemble.',
      body: [
        'C’est un plaisir de vous compter parmi nous.',
        'Ces articles vont ensemble : nous les avons réunis pour vous.',
      ],
      slot: 'À mettre ici : des lots et, s’il y en a un, le montant à partir duquel la livraison est offerte.',
    },
    vip: {
      title: 'VIP',
      subject: 'Pour vous en avant-première',
      preview: 'Les nouveautés, avant tous les autres.',
      body: [
        'Vous êtes parmi nos meilleurs clients.',
        'C’est pourquoi vous voyez les nouveautés avant tous les autres.',
      ],
      slot: 'À mettre ici : des nouveautés et des articles plus chers, et jusqu’à quand ils sont réservés. Peu ou pas de remises.',
    },
    offers: {
      title: 'Offres',
      subject: 'Nos offres pour vous',
      preview: 'Ce qui est en offre dans notre boutique.',
      body: ['Nous avons parcouru nos offres en pensant à vous.'],
      slot: 'À mettre ici : les soldes et les offres en cours.',
    },
    'next-tier': {
      title: 'Un cran au-dessus',
      subject: 'Un cran au-dessus',
      preview: 'Ce que nous choisirions ensuite.',
      body: ['Vous connaissez ce que nous vendons.', 'Voici ce que nous choisirions ensuite.'],
      slot: 'À mettre ici : des produits un peu au-dessus de ce que ces clients dépensent d’habitude.',
    },
    'new-releases': {
      title: 'Nouveautés',
      subject: 'Du nouveau dans notre boutique',
      preview: 'Jetez un œil aux nouveautés.',
      body: ['Il y a du nouveau dans notre boutique, et nous avons pensé à vous.'],
      slot: 'À mettre ici : les nouveautés.',
    },
    'win-back': {
      title: 'Reconquête',
      subject: 'Cela fait un moment',
      preview: 'Nous aimerions vous revoir.',
      body: ['Cela fait un moment que vous n’avez rien commandé, et nous aimerions vous revoir.'],
      slot: 'À mettre ici : la meilleure offre que vous faites.',
    },
  },
}
