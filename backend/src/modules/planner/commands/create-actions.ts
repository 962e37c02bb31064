import type { EntityName } from '#contracts/entities.ts'
import { entities } from '#contracts/entities.ts'
import { asInUse } from './choices.ts'
import { customNamed, interestHint } from './constraints.ts'
import { isPersonsName, withDetailsNamed } from './contact-details.ts'
import { fieldNamed, stateValues, valueFor } from './fields.ts'
import { type Lexis, stateNamed, valuesNamed } from './lexis.ts'
import { clean, unquoted } from './message.ts'
import { readMoment } from './moments.ts'
import { nounPattern, placeTail, readNoun } from './nouns.ts'
import { type PersonReference, readPerson } from './people.ts'
import { goesOn } from './polite.ts'
import { namedValues } from './record-actions.ts'
import { type Action, type ActionReader, cannot, step } from './step.ts'
import { findUser, readAssignee } from './users.ts'

/** What is said of a record to be made. */
export interface Draft {
  noun?: { entities: readonly EntityName[]; isLead: boolean }
  name?: string
  assignee?: PersonReference
  /** Words that name a state, a field's value or a time, understood once the kind of record is known. */
  said: { role: 'state' | 'due' | 'board' | 'priority' | 'interest' | 'field' | 'about' | 'company' | 'body'; words: string; field?: string }[]
}

const verbs = /^(?:add|create|make|put|enter|register|record|set up|open|log|insert|write|start|raise|file|jot down|take|leave)\s+(.+)$/i
const nouns = `(?:${nounPattern})`

/** "Add Avery White as a new lead and assign them to Raj", "make a backlog task called X on the front-end board". */
export const readCreate: ActionReader = (text, lexis) => {
  const assigned = /^(?:assign|give) (\p{Lu}\S*(?: \p{Lu}\S*)+) to (.+?) (as an? new .+)$/u.exec(text)
  if (assigned !== null) return readCreate(`add ${assigned[1]} ${assigned[3]} and assign them to ${assigned[2]}`, lexis)
  const said = verbs.exec(text)?.[1]
  if (said === undefined) return undefined
  // "Assign Reese Martinez to them as a new lead."
  const detailed = clean(withDetailsNamed(said))
  const draft = (detailed === clean(said) ? undefined : readPersonDraft(detailed, lexis)) ?? readDraft(clean(said), lexis)
  return draft === undefined ? undefined : createAction(draft, lexis)
}

/** Contact details are of people alone. */
function readPersonDraft(said: string, lexis: Lexis): Draft | undefined {
  const draft = readDraft(said, lexis)
  return draft?.noun?.entities.some((entity) => entity === 'contacts' || entity === 'leads') === true ? draft : undefined
}

/** Reads all that is said of a new record, or nothing. */
function readDraft(said: string, lexis: Lexis): Draft | undefined {
  // "A 'Fix tests' task": its name is said first.
  const called = new RegExp(`^(an?|the|another)( new)? (⟦\\d+⟧) (${nouns})(?=\\s|$|,)`, 'iu').exec(said)
  if (called !== null) return readDraft(`${called[1]}${called[2] ?? ''} ${called[4]} called ${called[3]}${said.slice(called[0].length)}`, lexis)
  const first = said.replace(/^(?:in|into|on) (?:the|our) (?:crm|system|calendar|database)\s+/i, '')
  const pronoun = /^(?:them|him|her|it|this person)\b\s*(.*)$/i.exec(first)
  if (pronoun !== null) {
    const draft = introducedBefore(lexis)
    return draft === undefined ? undefined : readMore(clean(pronoun[1] ?? ''), draft, lexis)
  }
  // "a new lead called Jordan Moore", "a high priority task to call Bo".
  const kind = new RegExp(`^(?:an?|the|another|one)?\\s*(?:new |brand new |fresh )?((?:\\S+\\s+){0,3}?)(${nouns})(?=\\s|$|,|:)[,:]?\\s*(.*)$`, 'iu').exec(first)
  if (kind !== null && /^(?:an?|another|one|new)\b/i.test(first)) {
    const noun = readNoun(kind[2] ?? '')
    const draft: Draft | undefined = noun === undefined || noun.plural ? undefined : { noun, said: [] }
    if (draft !== undefined && adjectives(clean(kind[1] ?? ''), draft, lexis)) {
      const rest = clean(kind[3] ?? '')
      const whole = readMore(rest, draft, lexis)
      if (whole !== undefined && whole.name !== undefined) return whole
      const name = nameFirst(rest, draft, lexis)
      if (name !== undefined) return name
    }
  }
  return nameFirst(first, { said: [] }, lexis)
}

/** "Avery White as a new lead …": the name, and then the rest. */
function nameFirst(said: string, draft: Draft, lexis: Lexis): Draft | undefined {
  const words = said.split(' ')
  for (let length = 1; length <= Math.min(14, words.length); length++) {
    const name = unquoted(words.slice(0, length).join(' ').replace(/[,:]$/, ''), lexis.quotes)
    if (
      /[,;:⟦]/.test(
        words
          .slice(0, length)
          .join(' ')
          .replace(/[,:]$/, '')
          .replace(/^⟦\d+⟧$/, ''),
      )
    )
      continue
    const isName = /^\p{Lu}|^\d/u.test(name) || /^⟦\d+⟧$/.test(words.slice(0, length).join(' '))
    if (!isName || /\b(?:and|as|to|for|with|due|on)$/i.test(name)) continue
    const rest = clean(words.slice(length).join(' '))
    const whole = readMore(rest, { ...draft, name, said: [...draft.said] }, lexis)
    if (whole?.noun !== undefined) return whole
  }
  return undefined
}

/** What stands before the noun: a status, a priority, a board. */
function adjectives(said: string, draft: Draft, lexis: Lexis): boolean {
  if (said === '') return true
  const priority = /^(high|medium|low|normal|urgent)[- ]priority$/i.exec(said)?.[1]
  if (priority !== undefined) {
    draft.said.push({ role: 'priority', words: priority })
    return true
  }
  const kinds = draft.noun?.entities ?? []
  if (kinds.some((entity) => stateValues(said, entity, lexis) !== undefined)) draft.said.push({ role: 'state', words: said })
  else if (kinds.some((entity) => valuesNamed(lexis, said, entity).length > 0)) draft.said.push({ role: 'board', words: said })
  else return false
  return true
}

type More = (slot: string, draft: Draft, lexis: Lexis) => Draft | undefined

const saying =
  (role: Draft['said'][number]['role']): More =>
  (slot, draft) => ({ ...draft, said: [...draft.said, { role, words: slot }] })

const assigning: More = (slot, draft, lexis) => {
  const assignee = draft.assignee === undefined ? readAssignee(slot, lexis) : undefined
  return assignee === undefined ? undefined : { ...draft, assignee }
}

/** A name goes no further than a comma or a quotation. */
const naming: More = (slot, draft, lexis) =>
  draft.name === undefined && !goesOn(slot) && (/^⟦\d+⟧$/.test(slot) || (!/[⟦,;:]/.test(slot) && !swallowed.test(slot)))
    ? { ...draft, name: unquoted(slot, lexis.quotes) }
    : undefined

/** It says more than a name. */
const swallowed =
  /\b(?:due (?:on|by|in|next|this|today|tomorrow|\p{L}+day|\p{Lu}|\d)|(?:on|to|in) the .+ board|(?:re-?)?assigned to|with (?:a |the )?(?:status|priority|deadline|due date)|interested in)/iu

const kinded: More = (slot, draft, lexis) => {
  // "As Nadia's lead", "as one of Nadia's leads".
  const owned = /^(?:one of )?(\S+(?: \S+)?)'s (?:new )?(lead|prospect|customer|client|contact)s?$/iu.exec(slot)
  const owner = owned === null || draft.assignee !== undefined ? undefined : readAssignee(owned[1] ?? '', lexis)
  const whose = owner === undefined ? undefined : readNoun(owned?.[2] ?? '')
  if (owner !== undefined && whose !== undefined && draft.noun === undefined) return { ...draft, noun: whose, assignee: owner }
  const match = new RegExp(`^(?:an?|the)?\\s*(?:new )?(?:(.+?) )?(${nouns})$`, 'iu').exec(slot)
  const noun = match === null ? undefined : readNoun(match[2] ?? '')
  if (noun === undefined || draft.noun !== undefined) return undefined
  const next = { ...draft, noun, said: [...draft.said] }
  return adjectives(clean(match?.[1] ?? ''), next, lexis) ? next : undefined
}

const them = '(?:them|him|her|it|they|this|that)'
const slot = '(.+?)'
const more: readonly [RegExp, More][] = (
  [
    ['(?:called|named|titled|entitled|with the (?:title|name)|by the name of) (⟦\\d+⟧)', naming],
    [`(?:called|named|titled|entitled|with the (?:title|name)|by the name of|to|for) ${slot}`, naming],
    ['(⟦\\d+⟧)', naming],
    [`(?:to (?:the|our) (?:crm|system|database|list) )?as ${slot}`, kinded],
    [`(?:and )?(?:re-?assign|assign|give|allocate|hand) ${them}(?: over)? to ${slot}`, assigning],
    [`(?:and )?(?:re-?assign|assign|give|allocate|hand)(?: over)? to ${slot}`, assigning],
    [
      `(?:of|from|by|under|with) ${slot}`,
      (words, draft, lexis) =>
        isColleague(words, lexis) && !draft.noun?.entities.includes('events') ? assigning(words.replace(/'s$/, ''), draft, lexis) : undefined,
    ],
    [`(?:and )?(?:make|set|put) ${slot} (?:as )?(?:the|its|their) (?:owner|assignee|responsible)`, assigning],
    [`(?:and )?(?:which |that |who )?(?:is |are |should be |to be |be |need(?:s)? to be |must be )?(?:assigned|allocated|given) to ${slot}`, assigning],
    [`(?:owned by|under|with owner|owner) ${slot}`, assigning],
    [`(?:and |, ?)?${slot} (?:should|will|is to|is going to|must) (?:own|handle|get|take|look after|manage|be responsible for) ${them}`, assigning],
    [`for ${slot}`, assigning],
    [`(?:with )?(?:an? )?(?:deadline|due date)(?: of| on|:)? ${slot}`, saying('due')],
    [`(?:which is |that is |that's |is )?due(?: on| by| for| in)? ${slot}`, saying('due')],
    [
      `(?:for|by|on) ${slot}`,
      (words, draft, lexis) =>
        draft.noun?.entities[0] === 'tasks' && readMoment(words, lexis.now) !== undefined ? saying('due')(words, draft, lexis) : undefined,
    ],
    [`(?:on|to|in|for|of) (?:the )?${slot} board`, saying('board')],
    [
      `(?:in|on|to|into) (?:the )?(?:backlog (?:of|on) (?:the )?${slot}(?: board)?)`,
      (words, draft) => ({ ...draft, said: [...draft.said, { role: 'state', words: 'backlog' }, { role: 'board', words }] }),
    ],
    [
      `(?:in|on|to|into) (?:the )?${slot}(?: board's)? backlog`,
      (words, draft) => ({ ...draft, said: [...draft.said, { role: 'state', words: 'backlog' }, { role: 'board', words: words.replace(/'s$/, '') }] }),
    ],
    [`(?:with )?(?:an? )?(high|medium|low|normal|urgent) priority`, saying('priority')],
    [`(?:with )?priority(?: of)? ${slot}`, saying('priority')],
    [`(?:who(?:'s| is| are)? )?(?:interested in|with (?:an )?interest in) ${slot}`, saying('interest')],
    [`(?:with|at|in|and set|having) (?:the |a |an )?(?:status|stage|state|list)(?: of| as| to| is)? ${slot}`, saying('state')],
    ['(in progress|in review)', saying('state')],
    [`(?:status|stage) ${slot}`, saying('state')],
    [`in (?:the )?${slot} (?:stage|status|list|column|state)`, saying('state')],
    [
      `(?:in|to|into) (?:the )?${slot}`,
      (words, draft, lexis) =>
        draft.noun?.entities.some((entity) => stateValues(words, entity, lexis) !== undefined) === true ? saying('state')(words, draft, lexis) : undefined,
    ],
    [
      `(?:worth|valued at|with a value of|of) ([$€£]?\\d[\\d.,]*(?:k|m)?(?: ?(?:usd|eur|gbp|dollars|euros))?)`,
      (words, draft) => ({ ...draft, said: [...draft.said, { role: 'field', field: 'value', words }] }),
    ],
    [
      `(?:from|at|of|who works (?:at|for)|working (?:at|for)) ${slot}`,
      (words, draft, lexis) =>
        draft.noun?.entities.some((entity) => entity === 'contacts' || entity === 'leads' || entity === 'opportunities') === true &&
        /^\p{Lu}/u.test(unquoted(words, lexis.quotes)) &&
        !isColleague(words, lexis)
          ? saying('company')(words, draft, lexis)
          : undefined,
    ],
    [
      `(?:with |and |his |her |their |the )*(email(?: address)?|phone(?: number)?|mobile|job title|follow[- ]?up(?: (?:by|date))?)(?: is| of| on| by|:)? (\\S+(?: \\S+){0,3}?)`,
      () => undefined,
    ],
    [`(?:saying|that says|with the (?:text|body)|:) (⟦\\d+⟧)`, saying('body')],
  ] satisfies readonly (readonly [string, More])[]
).map(([pattern, reader]) => [new RegExp(`^${pattern}$`, 'iu'), reader])

const fielded =
  /^(?:(?:with|and|his|her|their|the|an?|whose)\s+)*(email(?: address)?|phone(?: number)?|mobile(?: number)?|job title|source|rating|probability|close date|follow[- ]?up(?: (?:by|date))?)(?:\s+(?:is|of|on|by|to))?:?\s+(.+)$/i
const filler =
  /^(?:and|also|then|please|,|who|which|that|to (?:the|our) (?:crm|system|database|list|books|pipeline)|in (?:the|our) (?:crm|system|database|pipeline)|on (?:the|our) (?:crm|system)|into (?:the|our) (?:crm|system|database|list|pipeline))$/i

/** Whoever works here is no organisation. */
function isColleague(words: string, lexis: Lexis): boolean {
  const named = readPerson(words.replace(/'s$/, ''), lexis)
  return named?.kind === 'several' ? named.options.some(({ userId }) => userId !== undefined) : named?.kind === 'person' && named.person.userId !== undefined
}

/** Reads the rest of what is said, every word of it. */
function readMore(text: string, draft: Draft, lexis: Lexis): Draft | undefined {
  if (text === '') return draft
  const words = text.split(' ')
  for (let length = words.length; length > 0; length--) {
    const first = clean(words.slice(0, length).join(' '))
    const rest = clean(words.slice(length).join(' '))
    if (filler.test(first)) {
      const whole = readMore(rest, draft, lexis)
      if (whole !== undefined) return whole
      continue
    }
    const field = fielded.exec(first)
    if (field !== null && draft.noun !== undefined) {
      const [path, value] = [field[1] ?? '', field[2] ?? '']
      const fits =
        !goesOn(value) &&
        draft.noun.entities.some((entity) => {
          const named = fieldNamed(path, entity, lexis)
          return named !== undefined && valueFor(named, value, entity, lexis) !== undefined
        })
      const whole = fits ? readMore(rest, { ...draft, said: [...draft.said, { role: 'field', field: path, words: value }] }, lexis) : undefined
      if (whole !== undefined) return whole
    }
    for (const [pattern, reader] of more) {
      if (reader === naming) continue
      const match = pattern.exec(first)
      const next = match === null ? undefined : reader(match[1] ?? '', draft, lexis)
      if (next === undefined || !means(next, lexis)) continue
      const whole = readMore(rest, next, lexis)
      if (whole !== undefined) return whole
    }
  }
  return readNaming(words, draft, lexis)
}

/** The shortest name after which everything else is understood. */
function readNaming(words: readonly string[], draft: Draft, lexis: Lexis): Draft | undefined {
  for (let length = 1; length <= words.length; length++) {
    const first = clean(words.slice(0, length).join(' '))
    for (const [pattern, reader] of more) {
      const match = reader === naming ? pattern.exec(first) : null
      const next = match === null ? undefined : naming(match[1] ?? '', draft, lexis)
      const whole = next === undefined ? undefined : readMore(clean(words.slice(length).join(' ')), next, lexis)
      if (whole !== undefined) return whole
    }
    // Behind a colon or the owner a name stands by itself: "for Sofia: Robin Castle".
    const bare = words.slice(0, length)
    const isBare =
      length > 1 && length < 5 && draft.name === undefined && draft.noun?.entities.includes('contacts') === true && bare.every((word) => /^\p{Lu}/u.test(word))
    const whole = isBare && isPersonsName(first) ? readMore(clean(words.slice(length).join(' ')), { ...draft, name: first }, lexis) : undefined
    if (whole !== undefined) return whole
  }
  return undefined
}

/** Every word of it can be a value, as far as the kind of record is known. */
function means(draft: Draft, lexis: Lexis): boolean {
  const { noun } = draft
  return noun === undefined || noun.entities.some((entity) => valuesOf(draft, entity, lexis) !== undefined)
}

const introductions: readonly RegExp[] = [
  /(?:we've got|we have|we got|i've got|i have|i got|there is|there's|got|met|here's|here is|we've just got|just got)(?: just)?(?: got)? an? (?:new |brand new |fresh )?(lead|prospect|customer|client|contact)(?: (?:called|named|by the name of)|,|:)? (\p{Lu}.+?)(?: (?:in|on|for) (?:the|our) .+)?$/iu,
  /^(\p{Lu}\S*(?: \p{Lu}\S*)+) (?:is|wants to be|has become|became|will be) (?:an?|our) (?:new |brand new )?(lead|prospect|customer|client|contact)$/u,
]

/** The record that was spoken of as new before: "We've got a new lead called Jordan Moore." */
function introducedBefore(lexis: Lexis): Draft | undefined {
  for (const sentence of lexis.before.split(/\s*\|\s*/)) {
    const news =
      /^(?:(?:we|i)(?:'ve| have)?(?: just)?(?: (?:got|gained|acquired|signed|found|met|have))?|there(?:'s| is)|here(?:'s| is)|got|met) (an? (?:new |brand new |fresh )?(?:lead|prospect|customer|client|contact)\b.+)$/iu.exec(
        sentence,
      )?.[1] ?? (/^(?:brand )?new (?:lead|prospect|customer|client|contact)\b/i.test(sentence) ? `a ${sentence.replace(/^brand /i, '')}` : undefined)
    const told = news === undefined ? undefined : readDraft(withDetailsNamed(news), { ...lexis, before: '' })
    if (told?.name !== undefined && isPersonsName(told.name)) return told
    const first = introductions[0]?.exec(sentence)
    const second = introductions[1]?.exec(sentence)
    const [noun, name] = first != null ? [first[1], first[2]] : second != null ? [second[2], second[1]] : []
    const kind = noun === undefined ? undefined : readNoun(noun)
    // Whoever is named and is to be added is who was spoken of; what they are is said then.
    const bare = /^(\p{Lu}\S+ \p{Lu}\S+) \p{Ll}/u.exec(sentence)?.[1]
    if (kind === undefined && bare !== undefined) return { name: bare, said: [] }
    if (kind !== undefined && name !== undefined) return { noun: kind, name: unquoted(clean(name), lexis.quotes), said: [] }
  }
  return undefined
}

/** Adds what a sentence behind says of the new record: "They're a new lead and need to be assigned to Nadia". */
export function readCreateWith(text: string, after: string, lexis: Lexis): Action | undefined {
  const said = verbs.exec(text)?.[1]
  const assigned = /^(?:re-?assign|assign|give|hand|pass|put|set|make|allocate) (?:(?:them|it|him|her)\b|to )/i.test(after)
    ? after.replace(/^(\S+) to /, '$1 them to ')
    : undefined
  const told = assigned ?? /^(?:they're|they are|he's|he is|she's|she is|it's|it is|they|he|she|it)\s+(.+)$/i.exec(after)?.[1]
  if (said === undefined || told === undefined) return undefined
  const bare = clean(said.replace(placeTail, ''))
  const rest = clean(told.replace(/^(an? )/i, 'as $1'))
  const draft = readDraft(`${bare} ${rest}`, lexis)
  return draft === undefined ? undefined : createAction(draft, lexis)
}

function createAction(draft: Draft, lexis: Lexis): Action | undefined {
  const entity = kindOf(draft, lexis)
  const values = entity === undefined ? undefined : valuesOf(draft, entity, lexis)
  if (entity === undefined || values === undefined || entity === 'events' || entity === 'emails') return undefined
  return async (tx, known) => {
    const spelt = await asInUse(tx, entity, values, known)
    if (spelt.kind !== 'values') return spelt
    const owned: Record<string, unknown> = { ...spelt.values }
    let owner = ''
    if (draft.assignee !== undefined) {
      const user = await findUser(tx, draft.assignee, known)
      if (user.kind !== 'user') return user
      if (entity === 'notes') return cannot('A note belongs to whoever writes it, so it cannot be assigned. Leave that out, and it can be added.')
      Object.assign(owned, user.values)
      owner = `, for ${user.name}`
    }
    const noun = entities[entity].singular
    return step(
      [{ tool: 'records.create', input: { entity, values: owned } }],
      `A new ${noun} “${draft.name ?? ''}” would be added${toldValues(spelt.values)}${owner}`,
    )
  }
}

function toldValues(values: Readonly<Record<string, unknown>>): string {
  const told = Object.entries(values).filter(([path]) => !/^(?:first_name|last_name|name|title|body|currency)$/.test(path))
  return told.length === 0 ? '' : ` (${told.map(([path, value]) => `${path.replace(/^custom\./, '').replaceAll('_', ' ')}: ${String(value)}`).join(', ')})`
}

/** The kind of record: of those the noun may be, the one that is kept here. */
function kindOf({ noun, name, said }: Draft, lexis: Lexis): EntityName | undefined {
  if (noun === undefined || name === undefined || name === '') return undefined
  // People's names are capitalised, but for particles.
  if (
    (noun.entities.includes('contacts') || noun.entities.includes('leads')) &&
    (!isPersonsName(name) || name.split(' ').some((word) => /^\p{Ll}/u.test(word) && !/^(?:van|von|de|der|den|di|da|del|la|le|bin|al|el|zu|y)$/.test(word)))
  )
    return undefined
  const kinds = noun.entities.filter((entity) => valuesOf({ noun, name, said }, entity, lexis) !== undefined)
  const used = kinds.filter((entity) => (lexis.world.counts[entity] ?? 0) > 0)
  // Leads are where leads are: among the leads, or among contacts whose status says so.
  const marked = noun.isLead ? used.filter((entity) => stateNamed(lexis, 'lead', entity) !== undefined) : []
  return marked[0] ?? used[0] ?? kinds[0]
}

function valuesOf({ noun, name, said }: Draft, entity: EntityName, lexis: Lexis): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = entity === 'notes' ? { body: name ?? '' } : { ...namedValues(entity, name ?? '') }
  const state = noun?.isLead === true ? stateNamed(lexis, 'lead', entity) : undefined
  if (state !== undefined) values[state.path] = state.value
  for (const { role, words, field } of said) {
    const next = valueOfRole(role, words, field, entity, lexis)
    if (next === undefined) return undefined
    Object.assign(values, next)
  }
  if (values.value !== undefined && values.currency === undefined && entity === 'opportunities') values.currency = lexis.context.currency ?? 'USD'
  return values
}

function valueOfRole(
  role: Draft['said'][number]['role'],
  words: string,
  field: string | undefined,
  entity: EntityName,
  lexis: Lexis,
): Record<string, unknown> | undefined {
  const byName = (name: string) => {
    const named = fieldNamed(name, entity, lexis)
    const value = named === undefined ? undefined : valueFor(named, words, entity, lexis)
    return named === undefined || value === undefined ? undefined : { [named.path]: value }
  }
  const known = (hint: RegExp) => valuesNamed(lexis, words.replace(/ products?$/i, ''), entity).find(({ path }) => hint.test(path))
  switch (role) {
    case 'state':
      return stateValues(words, entity, lexis)?.values
    case 'due':
      return byName(entity === 'tasks' ? 'due date' : entity === 'opportunities' ? 'close date' : 'follow up')
    case 'priority': {
      const option = known(/priority/)
      return entity === 'tasks' ? { priority: option?.value ?? `${words.charAt(0).toUpperCase()}${words.slice(1).toLowerCase()}` } : undefined
    }
    case 'board': {
      const option = known(/board|project|list/)
      return option === undefined ? undefined : { [option.path]: option.value }
    }
    case 'interest': {
      const option = known(interestHint)
      if (option === undefined && !/⟦/.test(words) && (words.split(' ').length > 3 || /[,\d]|\b(?:and|with|for|on|to|by)\b/i.test(words))) return undefined
      const own = customNamed('interest', entity, lexis) ?? customNamed('product interest', entity, lexis)
      return option !== undefined ? { [option.path]: option.value } : own === undefined ? undefined : { [own]: unquoted(words, lexis.quotes) }
    }
    case 'company':
      return byName('company')
    case 'body':
      return entity === 'notes' ? { body: unquoted(words, lexis.quotes) } : undefined
    case 'field':
      return field === undefined ? undefined : byName(field)
    default:
      return undefined
  }
}
