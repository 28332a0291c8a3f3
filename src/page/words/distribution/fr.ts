import type { Words } from '../words.ts'

/** How customers spread, in French. */
export const distributionFr: Words['distribution'] = {
  title: 'Comment se répartissent les clients',
  lead: 'Chaque client selon la moyenne de toutes ses commandes, avec les tranches où ils se trouvent.',
  configured: 'Les limites sont celles de la configuration.',
  example:
    'Aucune tranche n’est configurée : ces limites sont un exemple qui coupe les clients en tiers, à peu près ; le conseil sur où couper arrondit davantage.',
  move: 'Déplacer les limites',
  none: 'Aucun client n’a encore de commande comptée.',
}
