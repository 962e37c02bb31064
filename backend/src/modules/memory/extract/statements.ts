import { extractFromSentence } from './extract.ts'
import { holdsSecret } from './secrets.ts'
import { bareSentence, ownSentences } from './sentences.ts'

/** "I joined …", "since May we sell …", "our year ends …", "Acme's contract is …", "the budget of Acme is …". */
const opening =
  'since|in|at|on|for|from|until|after|before|as|when|if|because|usually|normally|today|seit|im|am|bei|für|ab|wenn|weil|als|normalerweise|meist|heute'
const toldOfOneself = new RegExp(`^(?:(?:${opening})\\b.{0,60} )?(?:i|we|ich|wir)(?:['’]\\p{L}+)? \\p{L}`, 'iu')
const verbs =
  'is|are|was|were|has|have|had|starts?|begins?|ends?|needs?|likes?|prefers?|wants?|ist|sind|war|waren|hat|haben|beginnt|endet|braucht|mag|möchte|will'
const toldOfOwn = new RegExp(`\\b(?:my|our|mein\\p{L}{0,2}|unser\\p{L}{0,2}) .{2,80}?(?<!\\p{L})(?:${verbs})(?!\\p{L})`, 'iu')
const toldOfOthers = new RegExp(`^(?:\\p{L}.{0,60}['’]s? |(?:the|der|die|das) .{2,40} (?:of|von) ).{2,60}?(?<!\\p{L})(?:${verbs})(?!\\p{L})`, 'iu')

/** Questions and what is to be done are no statements, however they are put. */
const asks =
  /\?|^(?:who|what|which|when|where|why|how|can|could|would|will|should|shall|may|do|does|did|is|are|was|were|has|have|wer|was|welche\p{L}?|wann|wo|warum|wie|kann|kannst|könntest|würdest|soll|ist|sind|hat|haben)\b/iu
const orders =
  /^(?:show|list|find|search|give|get|tell|create|add|make|write|draft|send|update|change|set|move|delete|remove|remind|open|export|import|compare|count|help|try|explain|summari[sz]e|remember|forget|note|zeige?|liste|finde?|suche?|gib|sage?|erstelle?|lege?|mache?|schreibe?|sende?|schicke?|ändere?|setze?|verschiebe?|lösche?|entferne?|erinnere?|öffne|exportiere|importiere|vergleiche|zähle?|hilf|versuche?|erkläre?|merke?|vergiss|notiere?)\b/iu
const wishes =
  /^(?:i|we)(?: (?:need|want|would like|am looking|are looking|must|cannot|can['’]t)|['’]d like)\b|^(?:ich|wir) (?:brauche|möchte|will|hätte|suche|wollen|suchen|finde)/iu

/**
 * The sentences of a message that state something of the person or of whom they deal with, and that no rule understands: what a model may be
 * asked about. None that holds a secret, and none of a message that does.
 */
export function statementsForModel(message: string): string[] {
  if (holdsSecret(message)) return []
  return ownSentences(message).filter((sentence) => {
    const bare = bareSentence(sentence)
    if (asks.test(bare) || orders.test(bare) || wishes.test(bare)) return false
    if (!toldOfOneself.test(bare) && !toldOfOwn.test(bare) && !toldOfOthers.test(bare)) return false
    return extractFromSentence(sentence) === undefined
  })
}

/** Whether somebody can be reached by what stands in a text: an e-mail address, or seven digits and more of a telephone. */
export function holdsContactDetails(text: string): boolean {
  const withoutDates = text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, '')
  return /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+\.\p{L}/u.test(text) || /\d(?:[\s().\-/]?\d){6,}/.test(withoutDates)
}
