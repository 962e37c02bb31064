import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { EntityName } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { Interpretation } from '../interpret.ts'
import { beginning, hear, phrasesOf } from './phrases.ts'

const compiled = perLanguage(({ dialogue }) => ({ wordsBeforeName: phrasesOf(dialogue.details), freshStarts: phrasesOf(dialogue.freshStarts) }))
/** What a message begins with that goes on from the one before. */
const continuing = new Set([
  'preposition',
  'comparison',
  'comparator',
  'conjunction',
  'negation',
  'sort',
  'group',
  'bucket',
  'shape',
  'followUp',
  'anaphor',
  'period',
  'have',
])
const quiet = new Set(['filler', 'preposition', 'record'])
const trade = new Set(['products', 'orders', 'order_lines'])
/** So much worse a reading is that reaches other records from those shown before. */
const farFetched = 0.5

/** Whether a message without a noun of its own is a question by itself all the same: "who owns Acme?", "what did we sell last month?" */
export function standsAlone(message: string, own: Interpretation | undefined, inContext: Interpretation | undefined, { frame: before }: PlannerTurn): boolean {
  if (own === undefined || own.unexplained.length > 0 || own.state.anaphor || own.state.followUp.size > 0) return false
  const { state, frame } = own
  const first = state.items.find(({ reading }) => reading.kind !== 'filler')
  const { wordsBeforeName, freshStarts } = compiled(state.world.language)
  const { words } = hear(message, state.world.language)
  const introduced = beginning(words, wordsBeforeName)
  if (
    introduced > 0 &&
    introduced < words.length &&
    frame.constraints.some(({ slot }) => slot === 'record') &&
    state.items.every(({ reading }) => quiet.has(reading.kind))
  )
    return true
  if (first === undefined || continuing.has(first.reading.kind)) return false
  const asks = state.asks.some((word) => word !== 'which')
  if (state.records.length > 0) {
    const one = frame.constraints.some(({ slot }) => slot === 'record')
    if (frame.kind === 'lookup' && frame.fields.length > 0) return true
    // "Find Mei Lin" and, among people, "Mei Lin": of other records the name alone narrows what was shown.
    const bare = state.items.every(({ reading }) => reading.kind === 'filler' || reading.kind === 'record')
    if (one && bare && (frame.entity === before.entity || state.items[0]?.reading.kind === 'filler')) return true
    if (asks && (state.verb !== undefined || frame.entity !== before.entity)) return true
  }
  if (state.asks.includes('who') && frame.constraints.some(({ slot }) => slot === 'email' || slot === 'phone')) return true
  if (state.verb === 'sell' && frame.kind === 'figure' && !trade.has(before.entity)) return true
  if (frame.entity === before.entity) return false
  // "Who has the most?" says not of what.
  if (
    state.superlative !== undefined &&
    state.measures.length === 0 &&
    state.fields.length === 0 &&
    state.pending.length === 0 &&
    frame.constraints.every(({ slot }) => slot === 'ranked')
  )
    return false
  if (inContext === undefined || inContext.unexplained.length > 0) return true
  const [measure] = frame.measures
  const [itsOwn] = inContext.frame.measures
  // "Average value" after orders is that of theirs, though it is called a total.
  const theirs = state.phrases.every(({ at }) => at < 0) && inContext.frame.entity === before.entity && names(state, before.entity, itsOwn?.field)
  if (state.aggregate !== undefined && measure?.field !== undefined && itsOwn?.field !== measure.field && !theirs) return true
  if (first.reading.kind === 'value' && first.reading.options.every(({ value }) => fold(value) !== fold(first.lexeme.text))) return own.score > inContext.score
  return beginning(words, freshStarts) > 0 && own.score - inContext.score >= farFetched
}

/** Whether the figure that is asked for by name is one of these records, too. */
function names({ items }: Interpretation['state'], entity: EntityName, path: string | undefined): boolean {
  return items.some(({ reading }) => reading.kind === 'field' && reading.options.some((option) => option.entity === entity && option.path === path))
}
