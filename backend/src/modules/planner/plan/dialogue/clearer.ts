import type { Language } from '#backend/modules/planner/language/languages.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { Constraint, Frame } from '../frame.ts'
import { canonical } from './canonical.ts'
import { beginning, phrasesOf, wordsOf } from './phrases.ts'

const compiled = perLanguage(({ dialogue }) => ({
  rewrites: Object.entries(dialogue.rewrites).map(([said, meant]) => ({ words: wordsOf(said).map(({ norm }) => norm), meant })),
  include: phrasesOf(dialogue.include),
  several: new Set(dialogue.several.split('|')),
  thanks: phrasesOf(dialogue.thanks),
  orders: phrasesOf(dialogue.imperatives),
}))

/** A message of a conversation with phrases replaced that say the same more plainly: "his number" asks for a phone number. */
export function clearer(message: string, language: Language): string {
  const words = wordsOf(message)
  for (const { words: said, meant } of compiled(language).rewrites) {
    const at = words.findIndex((_, index) => said.every((word, offset) => words[index + offset]?.norm === word))
    const [first, last] = [words[at], words[at + said.length - 1]]
    if (first !== undefined && last !== undefined) return clearerOnce(message, first.from, last.to, meant)
  }
  return message
}

function clearerOnce(message: string, from: number, to: number, meant: string): string {
  return `${message.slice(0, from)}${meant}${message.slice(to)}`
}

/** "Include closed ones too", "and also Berlin": a value beside the one before, not in its place. */
export function joinsValues(message: string, language: Language): boolean {
  const { include } = compiled(language)
  const words = wordsOf(message)
  // "Too late" adds nothing.
  return words.some(({ norm }, at) => beginning(words, include, at) > 0 && (norm !== 'too' || at === words.length - 1))
}

/** Whether a message that asks nothing thanks. */
export function thanks(message: string, language: Language): boolean {
  const words = wordsOf(message)
  return words.some((_, at) => beginning(words, compiled(language).thanks, at) > 0)
}

/** "Show ...", "list ...": no question, but more of one. */
export function beginsAsOrder(message: string, language: Language): boolean {
  return beginning(wordsOf(message), compiled(language).orders) > 0
}

/** A word that points to more than one record. */
export function pointsToSeveral(text: string, language: Language): boolean {
  return wordsOf(text).some(({ norm }) => compiled(language).several.has(norm))
}

/** Whether a frame keeps all that was said before and adds to it: the same question, asked more closely. */
export function narrows(before: Frame, after: Frame): boolean {
  const text = (constraint: Constraint) => canonical(constraint.filter)
  const kept = new Set(after.constraints.map(text))
  return (
    before.entity === after.entity &&
    before.kind === after.kind &&
    after.constraints.length > before.constraints.length &&
    before.constraints.every((one) => kept.has(text(one)))
  )
}

const future = new Set(['forecast_close_date', 'due_at', 'starts_at', 'ends_at', 'date_of_birth'])

/** Whether the period of an answer may lie ahead: "closing this month, and next month?" */
export function mayLieAhead({ constraints, derive }: Frame): boolean {
  return derive === 'forecast' || constraints.some(({ slot }) => slot.startsWith('time:') && future.has(slot.slice('time:'.length)))
}
