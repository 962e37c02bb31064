import type { Lexicon } from '#backend/modules/planner/language/lexicon.ts'
import type { RecordOption, ValueOption } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import { spanNorm, type Token } from '#backend/modules/planner/language/tokenise.ts'
import { withoutLegalForm } from '#backend/modules/planner/vocabulary/legal-forms.ts'
import { placeAliases } from '#backend/modules/planner/vocabulary/places.ts'
import { usersNamed, type World } from '#backend/modules/planner/world/world.ts'
import { spellings, withAmpersand } from '#backend/modules/planner/world/world-query.ts'
import type { EntityName } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { type AddSpan, longestName, type SegmentInput } from './spans.ts'

/** Values, records and people whose name begins here. Capitals and length speak for a name, being a keyword against it. */
export function addNames({ question, tokens, lexicon, world }: SegmentInput, from: number, add: AddSpan) {
  for (let to = from + 1; to <= Math.min(from + longestName, tokens.length); to++) {
    const last = tokens[to - 1] as Token
    if (last.kind === 'possessive') break
    if (last.kind === 'punctuation') continue
    const slice = tokens.slice(from, to)
    const norm = spanNorm(question, tokens, from, to)
    const joined = slice.map((token) => token.norm).join(' ')
    const length = slice.length
    const named = slice.filter((token) => token.capital || token.quoted).length
    const keywords = slice.filter((token) => lexicon.words.has(token.norm)).length
    const emphasis = named * 0.3 + (slice.every((token) => token.quoted) ? 1 : 0)
    const isKeyword = keywords === length
    // "The states" is a country, though both words say something else.
    const articled = length > 1 && says(slice[0]?.norm ?? '', 'ofField', world.language) && placeAliases.has(joined)
    const isPlain = isKeyword && named === 0 && !articled && !(length === 1 && isAdjective(tokens, from, lexicon, world))
    const penalty = isPlain ? (length === 1 ? 0.5 : 0.2 * length) : 0
    const weight = (isKeyword ? (isPlain ? -0.35 : 0.35) : 0.2) + (length > 1 ? 0.3 : 0)
    const values = new Map<string, ValueOption>()
    for (const variant of spellings(norm, joined))
      for (const value of world.values.get(variant) ?? [])
        values.set(`${value.entity} ${value.path} ${value.value}`, isSaid(fold(value.value), norm, joined) ? value : { ...value, alias: true })
    // "Under 10k" is an amount, also where a choice is called so.
    const amount =
      length > 1 && named === 0 && lexicon.phrases.get(slice[0]?.norm ?? '')?.some(({ reading }) => reading.kind === 'comparator') === true && /\d/.test(norm)
    const noun = length > 1 ? nounOf(slice.at(-1), lexicon) : undefined
    withoutFarther(values, norm)
    if (values.size > 0)
      add(
        to,
        length + (length - 1) * 0.4 + 0.15 + emphasis - penalty - (amount ? length * 0.4 + 0.5 : 0),
        { kind: 'value', options: [...values.values()], ...(noun === undefined ? {} : { noun }) },
        weight,
      )
    // A pipeline is asked for what stands in it. Notes and e-mails are seldom called by their titles.
    const records = [...spellings(norm, joined).slice(0, 2), ...withAmpersand(norm)]
      .flatMap((variant) => world.labels.get(variant) ?? [])
      .filter(({ entity }) => entity !== 'pipelines' && ((entity !== 'notes' && entity !== 'emails') || named === length))
    // "Tastings" are the events called so, whatever else is called "Tasting".
    const several = length === 1 && records.length > 1 && records.every((record) => record.entity === 'events' && fold(record.label) !== norm)
    if (records.length > 0)
      add(
        to,
        length + (length - 1) * 0.6 + 0.2 + emphasis - penalty * 1.4,
        { kind: 'record', options: unique(records), exact: true, query: norm },
        weight - (length === 1 ? 0.15 : 0) + (several ? 0.5 : 0),
      )
    if (!isKeyword || named > 0 || (length === 1 && isOwner(tokens[from - 1], lexicon))) {
      const users = usersNamed(world, norm)
      const owner = users.length === 0 && norm.length > 3 && norm.endsWith('s') && values.size === 0 ? usersNamed(world, norm.slice(0, -1)) : []
      if (owner.length > 0) add(to, length * 1.1 + (length - 1) * 0.4 + emphasis, { kind: 'user', options: owner }, 0.15)
      if (users.length > 0) add(to, length + (length - 1) * 0.5 + 0.2 + emphasis, { kind: 'user', options: users }, 0.25 + (length > 1 ? 0.35 : 0))
      const partial = (world.partialLabels.get(norm) ?? world.partialLabels.get(joined))?.filter(({ entity }) => entity !== 'pipelines')
      const written = new Map<number, RecordOption[]>()
      for (const option of partial ?? []) {
        const end = endOfLabel(question, tokens, from, to, fold(option.label))
        if (end !== undefined) written.set(end, [...(written.get(end) ?? []), option])
      }
      for (const [end, options] of written)
        add(end, end - from + (end - from - 1) * 0.6 + 0.3 + emphasis, { kind: 'record', options: unique(options), exact: true, query: norm }, 0.5)
      const whole = partial?.filter(({ label }) => withoutLegalForm(fold(label)) === norm) ?? []
      if (whole.length > 0 && records.length === 0)
        add(
          to,
          length + (length - 1) * 0.6 + emphasis - (isKeyword ? 0.4 : 0),
          { kind: 'record', options: unique(whole), exact: true, query: norm },
          isKeyword ? -0.3 : 0.3,
        )
      else if (partial !== undefined && records.length === 0)
        add(
          to,
          // "Falcon 16" of a "Falcon 16 Laptop": the number is a part of the name.
          length * 0.9 + (length - 1) * 0.4 + emphasis * 0.8 - (isKeyword ? 0.4 : 0) + (length > 1 && slice.at(-1)?.kind === 'number' ? 0.5 : 0),
          { kind: 'record', options: unique(partial), exact: false, query: norm },
          isKeyword ? -0.3 : 0.05,
        )
      const partialValues = world.partialValues.get(norm) ?? world.partialValues.get(joined)
      if (partialValues !== undefined && values.size === 0)
        add(to, length * 0.9 + (length - 1) * 0.3 - (isKeyword ? 0.5 : 0), { kind: 'value', options: [...partialValues], near: 'part' }, isKeyword ? -0.4 : 0.1)
    }
    const team = teamCalled(world, joined, lexicon)
    if (team !== undefined) add(to, length + (length - 1) * 0.5 + 0.3 + emphasis, { kind: 'user', options: [...team.members], together: true }, 0.6)
    const plural = `${joined}s`
    const pipelines = world.pipelines.filter(({ name }) => {
      const called = fold(name)
      return called === norm || called === joined || called === plural
    })
    if (pipelines.length > 0)
      add(
        to,
        length + (length - 1) * 0.5 + 0.2 + emphasis - penalty,
        {
          kind: 'value',
          options: pipelines.flatMap(({ name }) => [
            { entity: 'opportunities' as const, path: 'pipeline', value: name },
            { entity: 'stages' as const, path: 'pipeline', value: name },
            { entity: 'pipelines' as const, path: 'name', value: name },
          ]),
        },
        weight + 0.05,
      )
    const called = stageNames(world)
    const stages = [
      ...new Set([...(called.get(norm) ?? []), ...(called.get(joined) ?? []), ...(joined.endsWith('s') ? (called.get(joined.slice(0, -1)) ?? []) : [])]),
    ]
    if (stages.length > 0)
      add(
        to,
        length + (length - 1) * 0.5 + 0.2 + emphasis - penalty,
        {
          kind: 'value',
          options: stages.flatMap((name) => [
            { entity: 'opportunities' as const, path: 'stage', value: name },
            { entity: 'stages' as const, path: 'name', value: name },
          ]),
        },
        weight + 0.05,
      )
  }
}

/** "High priority" is "High" and no "Urgent", where the same field has both: of other words for a value, the one said is meant. */
function withoutFarther(values: Map<string, ValueOption>, norm: string): void {
  const words = norm.split(' ')
  const said = [...values.values()].filter(({ alias, value }) => alias === true && words.includes(fold(value)))
  for (const [key, { alias, entity, path, value }] of values) {
    const nearer = said.some((other) => other.entity === entity && other.path === path)
    if (alias === true && nearer && !words.includes(fold(value))) values.delete(key)
  }
}

const stagesCalled = new WeakMap<World['stages'], Map<string, string[]>>()

/** The stages by their folded names, with and without their signs; found out once for as long as nothing changes. */
function stageNames({ stages }: World): ReadonlyMap<string, readonly string[]> {
  let called = stagesCalled.get(stages)
  if (called === undefined) {
    called = new Map()
    for (const { name } of stages)
      for (const form of new Set([fold(name), fold(name).replace(/[^\p{L}\p{N}]+/gu, ' ')])) called.set(form, [...(called.get(form) ?? []), name])
    stagesCalled.set(stages, called)
  }
  return called
}

/** "Jan's tasks", "notes by Jan": a month's name that is somebody's. */
export function isSomebody({ tokens, lexicon, world }: SegmentInput, from: number, end: number): boolean {
  if (usersNamed(world, tokens[end - 1]?.norm ?? '').length === 0) return false
  // "For April Stone": the name goes on.
  const whole = `${tokens[end - 1]?.norm} ${tokens[end]?.norm ?? ''}`
  if (tokens[end]?.kind === 'word' && !lexicon.words.has(tokens[end].norm) && usersNamed(world, whole).length > 0) return true
  // "All of April's leads": what stands before says no time.
  const opening = tokens.slice(from, end - 1).map(({ norm }) => norm)
  const isFiller = lexicon.phrases.get(opening.join(' '))?.some(({ reading }) => reading.kind === 'filler') === true
  if (end > from + 2) return isFiller && tokens[end]?.kind === 'possessive'
  const doer = lexicon.phrases.get(tokens[end - 2]?.norm ?? '')?.some(({ reading }) => reading.kind === 'preposition' && ['by', 'of'].includes(reading.word))
  return doer === true || (end === from + 1 && tokens[end]?.kind === 'possessive')
}

/** "Deals of will", "tasks for mark": a word after these is somebody's name. */
function isOwner(previous: Token | undefined, lexicon: Lexicon): boolean {
  return (
    lexicon.phrases.get(previous?.norm ?? '')?.some(({ reading }) => reading.kind === 'preposition' && ['of', 'by', 'from', 'for'].includes(reading.word)) ===
    true
  )
}

/** "Us companies", "of us logistics firms": a place before what is of it, though the word has another use; "show us deals" is not. */
function isAdjective(tokens: readonly Token[], at: number, lexicon: Lexicon, { language }: World): boolean {
  const isNoun = (token: Token | undefined) => lexicon.phrases.get(token?.norm ?? '')?.some(({ reading }) => reading.kind === 'entity') === true
  if (!placeAliases.has(tokens[at]?.norm ?? '') || says(tokens[at - 1]?.norm ?? '', 'handsOver', language)) return false
  return isNoun(tokens[at + 1]) || (isNoun(tokens[at + 2]) && !lexicon.words.has(tokens[at + 1]?.norm ?? ''))
}

/** Where a name ends that is written out whole, its last full stop aside: "Mewa S.A.". */
function endOfLabel(question: string, tokens: readonly Token[], from: number, to: number, label: string): number | undefined {
  const whole = label.replace(/\.$/, '')
  if (!whole.startsWith(spanNorm(question, tokens, from, to))) return undefined
  for (let end = to + 1; end <= Math.min(to + 6, tokens.length); end++) if (spanNorm(question, tokens, from, end).replace(/\.$/, '') === whole) return end
  return undefined
}

function isSaid(value: string, norm: string, joined: string): boolean {
  const bare = (text: string) =>
    text
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .replace(/s$/, '')
  return [norm, joined].some((said) => bare(said) === bare(value) || bare(said).endsWith(` ${bare(value)}`))
}

function nounOf(token: Token | undefined, lexicon: Lexicon): EntityName | undefined {
  const entry = lexicon.phrases.get(token?.norm ?? '')?.find(({ reading }) => reading.kind === 'entity' && reading.plural && reading.customer !== true)
  return entry?.reading.kind === 'entity' ? entry.reading.entity : undefined
}

/** "The Enterprise team", "team Enterprise"; a team's bare name may be anything else. */
function teamCalled({ teams, me }: World, phrase: string, lexicon: Lexicon): World['teams'][number] | undefined {
  const words = phrase.split(' ')
  const isTeam = (word: string | undefined) =>
    lexicon.phrases.get(word ?? '')?.some(({ reading }) => reading.kind === 'concept' && reading.concept === 'team') === true
  const rest = isTeam(words.at(-1)) ? words.slice(0, -1) : isTeam(words[0]) ? words.slice(1) : undefined
  if (rest === undefined || rest.length === 0) return undefined
  const mine = rest.length === 1 && lexicon.phrases.get(rest[0] as string)?.some(({ reading }) => reading.kind === 'me') === true
  return teams.find(
    ({ name, members }) =>
      members.length > 0 && (mine ? members.some(({ id }) => id === me?.id) : [rest.join(' '), phrase].includes(fold(name).replace(/[^\p{L}\p{N}]+/gu, ' '))),
  )
}

function unique<T extends { id: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()]
}
