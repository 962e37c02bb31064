import { says } from '#backend/modules/planner/language/says.ts'
import { asksWhichField, type ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import type { Phrase } from '#backend/modules/planner/plan/phrase.ts'

/** "How long does Dev take to close a deal", "how fast do we win": the time from creation to the win. */
export function askedCycle(state: ParseState, head: Phrase): void {
  const closes = state.verb === 'win' || state.verb === 'close'
  // "How many days until the Acme deal closes": no plan counts them.
  if (closes && state.asks.includes('howLong') && state.records.length > 0) state.unexplained.push('how long')
  if (!closes || !state.asks.includes('howLong') || head.entity !== 'opportunities' || state.measures.length > 0 || state.negated) return
  if (state.records.length > 0 || state.periods > 1 || state.anaphor || state.superlative !== undefined || state.fields.length > 0) return
  state.measures.push('cycleDays')
  state.asks = state.asks.filter((word) => word !== 'howLong')
  state.verb = undefined
}

/** "What percentage of leads convert": the share of those that did. */
export function askedConversion(state: ParseState, head: Phrase): void {
  const { verb, measures, superlative, fields } = state
  if (!state.share || verb !== 'convert' || head.entity !== 'leads' || measures.length > 0 || state.negated || superlative !== undefined || fields.length > 0)
    return
  measures.push('conversionRate')
  state.share = false
  state.verb = undefined
}

/** "Which lead source converts best", "which rep converts leads worst", "which source brings the best leads": by the share that was converted. */
export function convertsBest(state: ParseState, head: Phrase): void {
  const { superlative, verb, fields, groups, measures } = state
  const best = superlative !== undefined && ['measure', 'any', 'top'].includes(superlative.by) && state.rankBy === undefined
  // "The best source of leads", "our best lead source".
  const ranked = superlative === undefined ? undefined : state.items[superlative.at]
  const behind = ranked !== undefined && state.items.slice(ranked.index + 1).some(({ reading }) => reading.kind === 'field')
  const beside = behind && says(ranked.lexeme.text, 'best', state.world.language) && fields.length === 1
  const isOfLeads = verb === undefined && superlative?.by === 'measure' && head.entity === 'leads' && ((head.at >= 0 && asksWhichField(state)) || beside)
  if (!best || (verb !== 'convert' && !isOfLeads) || measures.length > 0 || state.negated) return
  const leads = head.entity === 'users' ? state.phrases.find(({ entity, parent }) => entity === 'leads' && parent === head) : undefined
  if (leads !== undefined && head.constraints.length === 0 && groups.length === 0) {
    groups.push({ kind: 'entity', entity: 'users', customer: false })
    head.entity = 'leads'
    head.constraints = leads.constraints
    state.phrases = state.phrases.filter((phrase) => phrase !== leads)
  } else if (head.entity !== 'leads' || fields.length + groups.length !== 1) return
  measures.push('conversionRate')
  state.verb = undefined
  if (isOfLeads) state.assumptions.push({ note: 'bestLeads' })
}
