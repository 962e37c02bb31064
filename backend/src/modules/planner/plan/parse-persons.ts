import { says } from '#backend/modules/planner/language/says.ts'
import { readUsers } from './parse-records.ts'
import { before, type Item, next, type ParseState } from './parse-state.ts'
import { newPhrase } from './phrase.ts'
import { place } from './placing.ts'
import { isObliged } from './unmeant.ts'

/** "Is there anybody at Acme with a phone": people, when nothing else is named. */
export function somebody(state: ParseState): void {
  const first = state.items.find(({ reading }) => reading.kind !== 'filler')
  if (first?.reading.kind !== 'ask' || first.reading.word !== 'who' || (state.world.counts.contacts ?? 0) === 0) return
  if (state.items.some(({ reading }) => reading.kind === 'entity' || reading.kind === 'verb' || reading.kind === 'superlative')) return
  const people = newPhrase('contacts', false, state.world, first.index)
  state.phrases.push(people)
  state.current = people
}

/** What one does with deals: "how much did I win". */
const doesDeals = new Set(['win', 'lose', 'close', 'sell', 'won', 'lost', 'closed', 'complete'])

/** "My deals", "assigned to me", "do I have"; a bare "me" or "I" elsewhere is only politeness. */
export function readMe(state: ParseState, item: Item): void {
  const { me, language } = state.world
  if (me === undefined) return
  const bare = says(item.lexeme.text, 'me', language)
  const subject = says(item.lexeme.text, 'i', language)
  const owns = state.verb === 'own' || before(state, item.index)?.reading.kind === 'preposition'
  // "Deals of Wei Ling and me", "that Ben and I won": both of us.
  const joint = before(state, item.index)
  const other = joint?.reading.kind === 'conjunction' ? before(state, joint.index) : undefined
  if ((bare || subject) && other?.reading.kind === 'user') {
    readUsers(state, item, [me])
    return
  }
  // "Everybody's deals but me": those of all others.
  const excepted = state.negated && says(state.items[item.index - 1]?.lexeme.text ?? '', 'except', language)
  if (bare && !owns && !excepted) return
  if (state.phrases.some((phrase) => phrase.constraints.some((constraint) => constraint.slot === 'owner'))) return
  const asked = ({ reading }: Item) =>
    reading.kind === 'entity' ||
    reading.kind === 'measure' ||
    (reading.kind === 'verb' && doesDeals.has(reading.verb)) ||
    (reading.kind === 'state' && doesDeals.has(reading.state)) ||
    (reading.kind === 'state' && reading.state === 'todo')
  const must = subject && isObliged(state.items[item.index - 1], language)
  if (subject && !must && !state.items.some(asked)) return
  // "Which of my colleagues": everybody but who asks.
  const noun = next(state, item.index)?.reading
  if (noun?.kind === 'entity' && noun.entity === 'users' && noun.plural) {
    const others = { slot: 'others', filter: { field: 'id', op: 'ne' as const, value: me.id } }
    place(state, item, (phrase) => (phrase.entity === 'users' ? { constraint: others, cost: 0 } : undefined))
    return
  }
  // "I search the contacts": who asks; "I have", "I won": whose they are.
  // "I should like to see abandoned ones" says nothing of whose they are: the deed stands right behind.
  const following = next(state, item.index)
  const between = state.items.slice(item.index + 1, following?.index)
  const beside = following?.lexeme.start === item.lexeme.end || between.every((one) => says(one.lexeme.text, 'still', language) || isObliged(one, language))
  const does = beside ? following?.reading : undefined
  const acts = does?.kind === 'have' || does?.kind === 'verb' || does?.kind === 'state' || (does?.kind === 'field' && does.concept === 'sent_at')
  // "Which task must I do today".
  if (subject && !acts && !must) return
  readUsers(state, item, [me])
}
