/** Operators of a filter on a name or key. */
export const EXACT = ['any', 'equals']
/** Operators of a filter on a text. */
export const TEXT = ['contains', 'ends-with', 'equals', 'starts-with']
/** Operators of a filter on an instant. */
export const INSTANT = ['greater-or-equal', 'greater-than', 'less-or-equal', 'less-than']
/** Pages of twenty, of a hundred at most. */
export const HUNDRED = { pageSize: { normal: 20, max: 100 }, cursor: true }
