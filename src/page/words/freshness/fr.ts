import type { Words } from '../words.ts'

/** How fresh the numbers of a shop are, in French. */
export const freshnessFr: Words['freshness'] = {
  lastOrder: (instant) => `Dernière commande : ${instant}.`,
  lastRead: (instant) => `Dernière lecture complète de la boutique : ${instant}.`,
  neverRead: (source) => `${source} n’a pas encore été lue jusqu’au bout : ses commandes ne sont pas toutes connues.`,
  failed: (source, instant) => `La dernière lecture de ${source} a échoué (${instant}).`,
  behind: 'Depuis, la boutique n’a plus été lue : on ne sait rien de ce qui s’est passé ensuite.',
  unread: {
    week: (count, text) =>
      count < 2
        ? 'Une semaine terminée est peut-être incomplète.'
        : `${text} semaines terminées sont peut-être incomplètes.`,
    month: (count, text) =>
      count < 2 ? 'Un mois terminé est peut-être incomplet.' : `${text} mois terminés sont peut-être incomplets.`,
    quarter: (count, text) =>
      count < 2
        ? 'Un trimestre terminé est peut-être incomplet.'
        : `${text} trimestres terminés sont peut-être incomplets.`,
  },
  quiet: {
    week: (count, text) =>
      count < 2
        ? 'La boutique a été lue : la dernière semaine terminée ne compte aucune commande.'
        : `La boutique a été lue : les ${text} dernières semaines terminées ne comptent aucune commande.`,
    month: (count, text) =>
      count < 2
        ? 'La boutique a été lue : le dernier mois terminé ne compte aucune commande.'
        : `La boutique a été lue : les ${text} derniers mois terminés ne comptent aucune commande.`,
    quarter: (count, text) =>
      count < 2
        ? 'La boutique a été lue : le dernier trimestre terminé ne compte aucune commande.'
        : `La boutique a été lue : les ${text} derniers trimestres terminés ne comptent aucune commande.`,
  },
  partly:
    'La boutique n’a pas été lue jusqu’à la fin de cette période : elle est peut-être incomplète et n’est pas comparée à d’autres.',
  mark: 'pas lue en entier',
  runs: 'Les exécutions',
}
