import { says } from '#backend/modules/planner/language/says.ts'
import { before, next, type ParseState } from '#backend/modules/planner/plan/parse-state.ts'
import { fieldOn, type Phrase } from '#backend/modules/planner/plan/phrase.ts'

const groupable = new Set(['choice', 'text', 'reference', 'tags', 'currency', 'multiChoice'])

/** "Which industry brings the most revenue", "most common job title": a field that is ranked by a figure is what the figure is grouped by. */
export function groupRankedField(state: ParseState, head: Phrase): void {
  averageRating(state, head)
  if (state.superlative === undefined || state.groups.length > 0 || state.rankBy?.kind === 'field') return
  const [asked] = state.fields
  if (asked === undefined || state.fields.length > 1 || head.constraints.some((constraint) => constraint.slot === 'record')) return
  const item = state.items.find(({ reading }) => reading.kind === 'field' && reading.concept === asked.concept)
  const found = fieldOn(head, asked.options, state.world)
  if (item === undefined || found === undefined || !groupable.has(found.type)) return
  const previous = before(state, item.index)
  const following = next(state, item.index)
  const counted =
    state.superlative.by === 'count' || state.superlative.by === 'top' || state.measures.length > 0 || state.aggregate !== undefined || state.rankCount
  const introduced =
    (previous?.reading.kind === 'ask' && (previous.reading.word === 'which' || previous.reading.word === 'what')) ||
    previous?.reading.kind === 'superlative' ||
    previous?.reading.kind === 'top' ||
    (previous?.reading.kind === 'number' && before(state, previous.index)?.reading.kind === 'top') ||
    (previous?.reading.kind === 'entity' && following === undefined && (state.superlative.by === 'count' || state.superlative.by === 'top'))
  if (!counted || !introduced) return
  state.fields.shift()
  state.groups.push({ kind: 'field', options: asked.options, concept: asked.concept })
}

/** "Which source brings the best rated leads?": the mean of what comes from each, for one good lead makes no good source. */
function averageRating(state: ParseState, head: Phrase): void {
  const { superlative, rankBy, fields, items } = state
  const [asked] = fields
  const said = superlative === undefined ? undefined : items[superlative.at]
  const byField = rankBy?.kind === 'field' && rankBy.options.some(({ entity, path }) => entity === 'leads' && path === 'rating')
  const rated = byField || (rankBy === undefined && says(said?.lexeme.text ?? '', 'rated', state.world.language))
  const which = items.find(({ reading }) => reading.kind === 'ask' && reading.word === 'which')
  const first = which === undefined ? undefined : next(state, which.index)?.reading
  if (!rated || head.entity !== 'leads' || asked === undefined || fields.length > 1 || first?.kind !== 'field' || first.concept !== asked.concept) return
  if (state.groups.length > 0 || state.aggregate !== undefined || state.limit !== undefined) return
  state.aggregate = 'avg'
  state.aggregateField = { options: [{ entity: 'leads', path: 'rating' }] }
  state.rankBy = undefined
}
