import { clean } from '#backend/modules/planner/commands/message.ts'

const mayUndo = /\b(?:undo|revert|roll|take|reverse)\b|rückgängig|zurück/i
const oops = /^(?:oops|ups|sorry|oh no|oh|no|wait|hm+|nein|halt|mist)[,.!]?\s+/i

const undoing =
  /^(?:please |can you |could you |i want to |i'd like to )*(?:undo|revert|roll back|take back|reverse)(?: (?:that|this|it|them|those|everything|all(?: of)? (?:that|it|them)|(?:my |the |your )?(?:last|previous|latest|recent) (?:changes?|actions?|edits?|updates?|ones?|thing)|what (?:you|i|we) (?:just )?did|(?:the|that|those|these) (?:changes?|updates?|edits?)))?(?: again)?(?: please)?$|^(?:please )?(?:take|roll) (?:that|it|them|this) back(?: please)?$/i
const undoingInGerman =
  /^(?:(?:bitte|kannst du|könntest du) )*(?:(?:mache?|das|es|alles|die letzten?|meine letzte|diese|änderung(?:en)?|wieder|bitte|das alles)(?: |$))*rückgängig(?: (?:machen|bitte))*$|^(?:bitte )?(?:nimm|nehmen sie) (?:das|es|alles|die (?:letzte )?änderung(?:en)?) (?:bitte )?(?:wieder )?zurück$/iu

/** Asks to take back what was carried out. */
export function asksToUndo(message: string): boolean {
  if (!mayUndo.test(message) || message.length > 100) return false
  const said = clean(message.replace(/[.!?]+$/, '')).replace(oops, '')
  return undoing.test(said) || undoingInGerman.test(said)
}

/** Where it is taken back. */
export const undoHint = {
  en: 'What was carried out is taken back where it was approved: press Undo beside the change, in this conversation or on the page Approvals. What still waits can be rejected there. Nothing was changed now.',
  de: 'Was ausgeführt ist, wird dort zurückgenommen, wo es genehmigt wurde: mit „Undo“ neben der Änderung, in diesem Gespräch oder auf der Seite Approvals. Was noch wartet, kann dort abgelehnt werden. Jetzt wurde nichts geändert.',
} as const
