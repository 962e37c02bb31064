import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { Filter } from '#contracts/query.ts'
import { hasValue, inState, ofPerson, stateHint } from './constraints.ts'
import { isStateField, type Lexis, stateNamed } from './lexis.ts'
import { clean, unquoted } from './message.ts'
import { nounPattern, placeTail, readNoun } from './nouns.ts'
import { readPerson } from './people.ts'
import type { Rank } from './ranks.ts'
import { readHeads } from './selection-heads.ts'
import { readTails } from './selection-tails.ts'

/** What a constraint says of an entity; undefined where it says nothing there. */
export type Constraint = (entity: EntityName, lexis: Lexis) => Filter | undefined

/** The records that words mean. */
export interface Selection {
  /** What they may be, likeliest first. */
  entities: readonly EntityName[]
  constraints: readonly Constraint[]
  /** Taken where the constraints alone find nothing by exact name. */
  name?: string
  /** `nth` is the one at that place alone; `plain` that no number was said of several. */
  order?: { first: boolean; count: number; by: Rank; nth?: number; plain?: true; upcoming?: true }
  /** Every one is meant; otherwise there must be one. */
  many: boolean
  /** A time was said, so none is presumed. */
  timed: boolean
  mine: boolean
  /** "Some of them" or "customers": it does not say which. */
  vague?: true
  /** "Both": so many there must be. */
  exactly?: number
  /** Each is named. */
  listed?: true
  said: string
}

/** What a part of a selection adds. */
export interface Part {
  constraint?: Constraint
  name?: string
  order?: Selection['order']
  many?: boolean
  timed?: boolean
  mine?: boolean
  vague?: true
  exactly?: number
  /** "Two": of the first or last so many, else there must be so many. */
  number?: number
  /** "Those": the ones that were spoken of, unless what follows says which. */
  pointing?: true
  /** It says "they", and another word says who. */
  ofSomeone?: true
  /** The words say records of this kind. */
  only?: readonly EntityName[]
}

export const selectable: readonly EntityName[] = ['contacts', 'leads', 'organisations', 'opportunities', 'tasks', 'events']

/** Of a message, by the words and what was said before them. */
const known = new WeakMap<Lexis['effort'], Map<string, Selection | undefined>>()

/** Reads which records a phrase means, every word of it; undefined when a word says nothing known. */
export function readSelection(text: string, lexis: Lexis): Selection | undefined {
  const kept = known.get(lexis.effort) ?? new Map<string, Selection | undefined>()
  known.set(lexis.effort, kept)
  const key = `${text} | ${lexis.before}`
  if (!kept.has(key)) kept.set(key, readSelectionAnew(text, lexis))
  return kept.get(key)
}

function readSelectionAnew(text: string, lexis: Lexis): Selection | undefined {
  let said = clean(text)
  for (let before = ''; before !== said; ) {
    before = said
    said = clean(said.replace(placeTail, ''))
  }
  if (said === '') return undefined
  // "Anyone who …" of whom nothing says what they are is a customer.
  said = said.replace(
    /^(?:everyone|everybody|anyone|anybody|those|all|people)(?= (?:who|that|interested|with|without|whose|we|i|holding|having|sitting|waiting|on \S+'s|in the \S+ (?:stage|status))\b)/i,
    'all customers',
  )
  said = said.replace(/^(?:whoever|who(?:so)?ever) (?=(?:has|have|hasn't|haven't|did|didn't|is|isn't|was|never|wants?|wanted)\b)/i, 'all customers who ')
  // "Whatever training leads Raj has."
  said = said.replace(/^whatever ((?:\S+ ){0,3}?(?:leads|customers|clients|tasks|proposals|deals)) (\S+) (?:has|owns|looks after)$/i, "all of $2's $1")
  // "Every hardware proposal" are all of them.
  said = said.replace(/^(?:every|each|any)(?: single)? ((?:\S+ ){0,2}?)proposal(?= |$)/i, 'all $1proposals')
  // "My 2pm tomorrow."
  said = said.replace(/^(my|the) (\d{1,2}(?::\d{2} ?(?:[ap]m)?| ?[ap]m))(?= (?:on|tomorrow|today|next|this|with|\p{L}+day)\b|$)/iu, '$1 $2 meeting')
  // What is due or on a board is a task.
  said = said.replace(/^(?:everything|anything|whatever)(?: that is| that's| which is)? (?=(?:over)?due\b|on the (?:\S+ ){1,2}board\b)/i, 'all tasks ')
  said = said.replace(/^(?:everything|anything|whatever) of (\S+) (?:that is |that's |which is )?(?=(?:over)?due\b)/i, (_, who: string) =>
    readPerson(who, lexis)?.kind === 'person' ? `all tasks of ${who.replace(/'s$/, '')} ` : `all of ${who} tasks `,
  )
  // What is in progress or in review is a task, and so is what is on a board.
  said = said.replace(/^(?:everything|anything|whatever)(?: that is| that's| which is)? (?=in (?:progress|review)\b|in the backlog\b)/i, 'all tasks ')
  // "The most overdue task" is the overdue one that was due first.
  said = said.replace(/\b(?:most|longest)[- ]overdue (tasks?)$/i, 'overdue $1 due first')
  // "The one of Sofia's proposals that …": the place among them says which.
  const among = /^(?:the one|whichever(?: one)?|that one) (?:of|among|out of) ((?:our |my |the |all (?:of )?|\S+'s ).+)$/i.exec(said)?.[1]
  const placed = among === undefined ? undefined : readSelectionAnew(among, lexis)
  if (among !== undefined) return placed?.order?.count === 1 ? oneOf(placed, said) : undefined
  said = said.replace(
    /^the (last|latest|newest|most recent) (?:thing|one) (?:that )?(\S+) (?:has )?(?:sent|wrote|written|emailed|mailed|messaged)(?: (?:to )?(?:me|us))?$/i,
    'the $1 email from $2',
  )
  // "Whatever I have next with Amir" is a meeting, and "everything Yuki mailed me in October" are mails.
  said = said.replace(
    /^(?:whatever|what|the thing|the one|anything)(?: that)? (?:i|we)(?:'m| am| have|'ve got|'ve)?(?: (?:on|planned|scheduled|booked|doing))? next with (.+)$/i,
    'my next meeting with $1',
  )
  said = said.replace(
    /^(?:everything|anything|whatever|all(?: that)?)(?: that)? (\S+) (?:has |have |ever )*(?:sent|mailed|emailed|wrote|written|messaged)(?: to)? (?:me|us)(?= |$)(?! last$)/i,
    'all emails from $1',
  )
  // "Amir's overdue backlog" are the tasks in it.
  said = said.replace(/^((?:all (?:of )?|the |any of )?\S+'s (?:\S+ ){0,2})backlog$/i, '$1backlog tasks')
  // "Everything Dmitri hasn't finished" are his tasks.
  const undone =
    /^(?:everything|anything|whatever|all)(?: that)? (\S+(?: \S+)?) ((?:hasn't|has not|haven't|have not) (?:yet )?(?:finished|completed|started|begun|done)(?: yet)?)$/i.exec(
      said,
    )
  if (undone !== null) return readPhrase(`all tasks that ${undone[1]} ${undone[2]}`, lexis)
  said = said.replace(
    /^(?:what|whatever|the thing) (\S+) (?:has )?(last )?(?:sent|wrote|written|emailed|mailed|messaged)(?: (?:to )?(?:me|us))?( last)?$/i,
    (whole, who: string, before?: string, after?: string) => (before === undefined && after === undefined ? whole : `the latest email from ${who}`),
  )
  const unshortened = said
    .replace(/(?:'s|'ve| has| have)(?: been| currently been)? working on\b/i, ' is working on')
    .replace(/(?<=\S)'s got\b/i, ' has got')
    .replace(/(?<=\S)'ve got\b/i, ' have got')
  const held = /^(?:everything|whatever|anything|all that|what) (.+?) (?:has|have|had|is working on|is doing)(?: (?:got|left))?(?: (.+))?$/i.exec(unshortened)
  if (held !== null) {
    const [, who = '', rest = ''] = held
    const own = /^i$/i.test(who)
    const whose = `all ${own ? 'my' : `of ${who}'s`}`
    const kind = own && /^(?:on|with|tomorrow|today|next|this|scheduled|planned|booked|coming up|lined up|set up|arranged)\b/i.test(rest) ? 'meetings' : 'tasks'
    // What somebody works on is in progress, and not all there is of theirs.
    if (/ is (?:working on|doing)\b/i.test(unshortened)) return own ? undefined : readPhrase(clean(`all tasks that ${who} is working on ${rest}`), lexis)
    // What stands where no task does is a customer.
    return readPhrase(clean(`${whose} ${kind} ${rest}`), lexis) ?? (rest === '' ? undefined : readPhrase(clean(`${whose} customers ${rest}`), lexis))
  }
  // "Luis's 'Create wireframe'": a task has an owner and a title.
  const titledBy = /^(\S+(?: \S+)?'s) (⟦\d+⟧)$/u.exec(said)
  return (
    readPhrase(said, lexis) ??
    readName(said, lexis) ??
    readNames(said, lexis) ??
    readTitled(said, lexis) ??
    (titledBy === null ? undefined : readPhrase(`${titledBy[1]} task ${titledBy[2]}`, lexis))
  )
}

function oneOf({ vague: _, ...placed }: Selection, said: string): Selection {
  return { ...placed, many: false, said }
}

const nouns = new RegExp(`(?<![\\p{L}\\p{N}'-])(?:${nounPattern}|ones|one)(?![\\p{L}\\p{N}-])`, 'giu')

function readPhrase(said: string, lexis: Lexis): Selection | undefined {
  for (const match of said.matchAll(nouns)) {
    if (lexis.effort.words <= 0) return undefined
    const noun = readNoun(match[0])
    if (noun === undefined) continue
    const heads = readHeads(clean(said.slice(0, match.index)), noun.entities, lexis)
    if (heads === undefined) continue
    const tails = readTails(clean(said.slice(match.index + match[0].length)), noun.entities, lexis)
    if (tails === undefined) continue
    // "Tasks they haven't started" are somebody's.
    const isOwnerOpen = tails.some(({ ofSomeone }) => ofSomeone === true) && !/'s? |\b(?:of|by|to) \S|\b(?:my|his|her|their) /i.test(said)
    const owner = isOwnerOpen ? readPerson('them', lexis) : undefined
    if (isOwnerOpen && owner?.kind !== 'person') continue
    // "Those leads" are no other than the ones spoken of.
    if (tails.length === 0 && heads.some(({ pointing }) => pointing === true)) continue
    const parts = [...heads, ...tails].map((part) => (noun.plural && isOfPeople(noun.entities) ? namedCompany(part) : part))
    if (owner?.kind === 'person') parts.push({ constraint: ofPerson(owner.person) })
    // Records of a kind without a word of which, or how many, are none in particular.
    if (noun.plural && parts.every((part) => Object.keys(part).length === 0)) parts.push({ vague: true })
    // "Lost leads" are lost, and so no leads any more where the status tells them apart.
    if (noun.isLead && !noun.entities.some((entity) => saysState(parts, entity, lexis))) parts.push({ constraint: asLead })
    if (noun.state !== undefined) parts.push({ constraint: hasValue(noun.state, stateHint) })
    // All that is said must be sayable of one kind.
    if (!noun.entities.some((entity) => parts.every(({ constraint }) => constraint === undefined || constraint(entity, lexis) !== undefined))) continue
    const selection = assemble(parts, noun.entities, said, noun.plural)
    if (selection !== undefined) return selection
  }
  return undefined
}

function isOfPeople(kinds: readonly EntityName[]): boolean {
  return kinds.includes('contacts') || kinds.includes('leads')
}

/** "The Acme leads" are those of a company; people of one name are not meant by it. */
function namedCompany({ name, ...part }: Part): Part {
  if (name === undefined) return part
  return {
    ...part,
    constraint: (entity) => {
      const { organisation } = entities[entity].fields
      return organisation === undefined
        ? undefined
        : { field: organisation.type === 'reference' ? 'organisation.name' : 'organisation', op: 'contains', value: name }
    },
  }
}

/** Where those who are no leads yet or no more are kept beside them, "leads" are those whose status says so. */
const asLead: Constraint = (entity, lexis) => {
  const state = stateNamed(lexis, 'lead', entity)
  if (state !== undefined) return { field: state.path, op: 'eq', value: state.value }
  return entity === 'leads' ? { field: 'id', op: 'isNotEmpty' } : undefined
}

function saysState(parts: readonly Part[], entity: EntityName, lexis: Lexis): boolean {
  return parts.some(({ constraint }) => {
    const filter = constraint?.(entity, lexis)
    return filter !== undefined && 'field' in filter && isStateField(filter.field)
  })
}

function assemble(parts: readonly Part[], nouns: readonly EntityName[], said: string, plural: boolean): Selection | undefined {
  const names = parts.flatMap(({ name }) => name ?? [])
  const orders = parts.flatMap(({ order }) => order ?? [])
  if (names.length > 1 || orders.length > 1) return undefined
  const only = parts.flatMap((part) => (part.only === undefined ? [] : [part.only]))
  const number = parts.find((part) => part.number !== undefined)?.number
  const several = plural || number !== undefined || parts.some(({ many }) => many === true)
  // "All upcoming reviews" are all of them, and "my next meetings" does not say how many.
  const comes = several && orders[0]?.upcoming === true
  const ranked = comes ? undefined : orders[0]
  // A number beside a number says nothing known.
  if (number !== undefined && ranked !== undefined && ranked.plain !== true) return undefined
  const order = number === undefined || ranked === undefined ? ranked : { first: ranked.first, count: number, by: ranked.by }
  const vague = several && order?.plain === true
  const exactly = parts.find((part) => part.exactly !== undefined)?.exactly ?? (order === undefined ? number : undefined)
  const [name] = names
  return {
    entities: nouns.filter((entity) => only.every((list) => list.includes(entity))),
    constraints: [...parts.flatMap(({ constraint }) => constraint ?? []), ...(comes ? [inState('upcoming')] : [])],
    ...(name === undefined ? {} : { name }),
    ...(order === undefined ? {} : { order }),
    many: order === undefined && several,
    timed: order !== undefined || comes || parts.some(({ timed }) => timed === true),
    mine: parts.some(({ mine }) => mine === true),
    ...(vague || parts.some((part) => part.vague === true) ? { vague: true as const } : {}),
    ...(exactly === undefined ? {} : { exactly }),
    said,
  }
}

/** A record by its name alone: "Casey White". */
function readName(said: string, lexis: Lexis): Selection | undefined {
  const noun = new RegExp(`^(?:(?:the|our)\\s+)?(${nounPattern}) (?:called |named )?(?=\\p{Lu}|⟦)`, 'iu').exec(said)
  const among = noun === null ? selectable : (readNoun(noun[1] ?? '')?.entities ?? [])
  const name = unquoted(noun === null ? said.replace(/^the\s+/i, '') : said.slice(noun[0].length), lexis.quotes)
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(name)) return named(name, selectable, { field: 'id', op: 'eq', value: name })
  if (/^[^\s@]+@[^\s@]+$/.test(name)) return named(name, ['contacts', 'leads'], { field: 'email', op: 'eq', value: name })
  const found = (lexis.world.labels.get(fold(name)) ?? []).filter(({ entity }) => selectable.includes(entity))
  const ids = found.map(({ id }) => id)
  if (ids.length === 0) return undefined
  const kinds = selectable.filter((entity) => among.includes(entity) && found.some((one) => one.entity === entity))
  if (kinds.length === 0) return undefined
  return {
    entities: kinds,
    constraints: [(entity) => ({ field: 'id', op: 'in', value: found.filter((one) => one.entity === entity).map(({ id }) => id) })],
    many: false,
    timed: false,
    mine: false,
    said: name,
  }
}

/** "Casey White and Rahul Martinez". */
function readNames(said: string, lexis: Lexis): Selection | undefined {
  const bare = said
    .replace(/^(?:both|all three|all of) /i, '')
    .replace(new RegExp(`^(?:the following|these|those|the) (?:${nounPattern})(?: (?:in|from) (?:the|our) crm)?\\s*: `, 'i'), '')
    .replace(new RegExp(`^(?:the |our )?(?:${nounPattern}) (?=\\p{Lu})`, 'iu'), '')
  const names = bare.split(/\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+/i)
  const found = names.length > 1 && names.length <= 10 ? names.flatMap((name) => readName(name, lexis) ?? []) : []
  const [first] = found
  if (first === undefined || found.length < names.length) return undefined
  // Each must be one record alone, of one kind.
  const kinds = first.entities.filter((entity) => found.every((one) => one.entities.includes(entity)))
  const [kind] = kinds
  if (kind === undefined) return undefined
  const ids = found.map((one) => idsOf(one, kind, lexis))
  if (ids.some((list) => list.length !== 1)) return undefined
  return { entities: [kind], constraints: [() => ({ field: 'id', op: 'in', value: ids.flat() })], many: true, timed: false, mine: false, listed: true, said }
}

function idsOf({ constraints }: Selection, kind: EntityName, lexis: Lexis): string[] {
  const filter = constraints[0]?.(kind, lexis)
  return filter !== undefined && 'field' in filter && Array.isArray(filter.value) ? filter.value.map(String) : []
}

const titled = ['events', 'tasks', 'opportunities'] as const

/** By the title that records have here: "the next team evaluation", "the task Add animation to carousel". */
function readTitled(said: string, lexis: Lexis): Selection | undefined {
  const folded = fold(said)
  const titles = [...lexis.world.labels].filter(
    ([title, options]) => title.length > 2 && folded.includes(title) && options.some(({ entity }) => titled.some((one) => one === entity)),
  )
  for (const [title, options] of titles.sort((a, b) => b[0].length - a[0].length)) {
    const at = folded.indexOf(title)
    if (folded.length !== said.length || /[\p{L}\p{N}]/u.test(`${folded[at - 1] ?? ''}${folded[at + title.length] ?? ''}`)) continue
    const before = clean(said.slice(0, at))
    const noun = new RegExp(`(?:^|\\s)(${nounPattern})$`, 'i').exec(before)?.[1]
    const kinds = (noun === undefined ? titled : (readNoun(noun)?.entities ?? [])).filter((kind) => options.some(({ entity }) => entity === kind))
    const heads = kinds.length === 0 ? undefined : readHeads(clean(noun === undefined ? before : before.slice(0, before.length - noun.length)), kinds, lexis)
    const tails = heads === undefined ? undefined : readTails(clean(said.slice(at + title.length)), kinds, lexis)
    if (heads !== undefined && tails !== undefined) return assemble([...heads, ...tails, { name: said.slice(at, at + title.length) }], kinds, said, false)
  }
  return undefined
}

function named(said: string, kinds: readonly EntityName[], filter: Filter): Selection {
  return { entities: kinds, constraints: [() => filter], many: false, timed: false, mine: false, said }
}

/** A record whose name a phrase is: its label, or part of it. */
export function nameFilters(entity: EntityName, name: string): { exact: Filter; partly: Filter } {
  const { labelField, fields } = entities[entity]
  const exact: Filter[] = [{ field: labelField, op: 'eq', value: name }]
  const partly: Filter[] = [{ field: labelField, op: 'contains', value: name }]
  if (fields.organisation !== undefined) {
    const path = fields.organisation.type === 'reference' ? 'organisation.name' : 'organisation'
    partly.push({ field: path, op: 'contains', value: name })
  }
  return { exact: exact[0] as Filter, partly: partly.length === 1 ? (partly[0] as Filter) : { or: partly } }
}
