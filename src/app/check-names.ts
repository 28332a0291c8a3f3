import type { AccountSettings } from '../core/account.ts'
import type { Finding } from '../core/finding.ts'
import { findSameNames } from '../core/segments/same-name.ts'
import { SAME_NAME_ACTION, sameNameText } from './same-name-words.ts'

/** Segments that would have one name with the thresholds in force, which planning refuses. */
export function checkNames({ segments }: Pick<AccountSettings, 'segments'>): Finding[] {
  return findSameNames(segments).map((same) => ({
    level: 'problem',
    subject: 'segments',
    message: sameNameText(same),
    action: SAME_NAME_ACTION,
  }))
}
