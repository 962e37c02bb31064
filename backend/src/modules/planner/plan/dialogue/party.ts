import type { Language } from '#backend/modules/planner/language/languages.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { Interpretation } from '../interpret.ts'
import { beginning, phrasesOf, wordsOf } from './phrases.ts'
import { pointingTo } from './statement.ts'

const compiled = perLanguage(({ dialogue }) => ({ there: new Set(dialogue.statement.there.split('|')), present: phrasesOf(dialogue.present) }))
const parties = new Set<EntityName>(['organisations', 'contacts'])
const trade = new Set<EntityName>(['orders', 'order_lines'])

/**
 * "When did they last order?", "who do we know there?" after the deals of one company: deals neither order nor have a place,
 * so the company is meant. The message with its name in place of what points to it, or undefined when the records are meant.
 */
export function ofParty(message: string, own: Interpretation | undefined, { frame: before }: PlannerTurn, language: Language = 'en'): string | undefined {
  const party = before.constraints.flatMap(({ record }) => (record !== undefined && parties.has(record.entity) ? [record] : []))
  const [only, ...more] = party
  if (only === undefined || more.length > 0 || parties.has(before.entity) || before.groupBy.length > 0) return undefined
  const { there, present } = compiled(language)
  const words = wordsOf(message)
  // "How many are there?" points to no place, and "who will be there?" to a meeting.
  const placed =
    before.entity !== 'events' &&
    words.some(({ norm }, at) => there.has(norm) && beginning(words, present, at - 1) === 0 && beginning(words, present, at) === 0)
  const buys = own?.state.anaphor === true && (trade.has(own.frame.entity) || own.state.verb === 'buy') && !trade.has(before.entity)
  if (!placed && !buys) return undefined
  const about = pointingTo(message, only.label, language)
  return about === message ? undefined : about
}
