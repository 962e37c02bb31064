import type { EntityName } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { Row } from '#contracts/query.ts'
import { asInUse } from './choices.ts'
import { hasValue, ofPerson, stateHint } from './constraints.ts'
import { fieldNamed, stateValues, valueFor } from './fields.ts'
import type { Lexis } from './lexis.ts'
import { clean, cuts, unquoted } from './message.ts'
import { placeTail } from './nouns.ts'
import { readPerson } from './people.ts'
import { goesOn } from './polite.ts'
import { counted, type Found, nameOf, resolve, shownOf } from './resolve.ts'
import type { Constraint, Selection } from './selection.ts'
import { type Action, type ActionReader, ask, cannot, type Step, step } from './step.ts'
import { readTarget } from './targets.ts'
import { findUser, readAssignee } from './users.ts'

const writable: readonly EntityName[] = ['contacts', 'leads', 'organisations', 'opportunities', 'tasks', 'events', 'notes', 'products']

/** The values that a record would get, or why it cannot have them. */
type Values = (entity: EntityName, row: Row) => Record<string, unknown> | undefined

/** Changes every record found that does not have the values already. */
export function updated(found: Found, values: Values, told: (what: string) => string): Step {
  const { entity, rows } = found
  if (rows.length === 0) return nothing(found)
  const calls = []
  const changing: Row[] = []
  for (const row of rows) {
    const wanted = values(entity, row)
    if (wanted === undefined) return cannot(`${nameOf(entity, row)} cannot be given that, so nothing would change.`)
    if (Object.entries(wanted).every(([path, value]) => same(row[path === 'owner_id' ? 'owner_id' : path], value))) continue
    changing.push(row)
    calls.push({ tool: 'records.update', input: { entity, id: String(row.id), values: wanted } })
  }
  if (calls.length === 0)
    return step([], `${what(entity, rows)} ${rows.length === 1 ? 'is' : 'are'} as you want already, so nothing would change`, {
      ...shownOf(found, rows),
      matched: rows.length,
      shown: rows.length,
    })
  return step(calls, told(what(entity, changing)), { ...shownOf(found, changing), matched: rows.length, shown: changing.length })
}

function same(before: unknown, after: unknown): boolean {
  if (before === after || (before == null && (after === null || after === ''))) return true
  if (typeof before === 'string' && typeof after === 'string')
    return fold(before) === fold(after) || (/\dT\d/.test(after) && Date.parse(before) === Date.parse(after))
  return JSON.stringify(before) === JSON.stringify(after)
}

export function nothing({ entity, result }: Found): Step {
  return step([], `No ${entity === 'emails' ? 'e-mail' : counted(entity, 1).slice(2)} fits that, so nothing would change`, {
    ...shownOf({ kind: 'found', entity, rows: [], query: { entity }, result }, []),
    matched: 0,
    shown: 0,
  })
}

export function what(entity: EntityName, rows: readonly Row[]): string {
  const [only] = rows
  return rows.length === 1 && only !== undefined ? `The ${counted(entity, 1).slice(2)} “${nameOf(entity, only)}”` : counted(entity, rows.length)
}

const deleting =
  /^(?:delete|del|remove|erase|strike|expunge|drop|get rid of|purge|clear out|clean out|clean up|weed out|kick out|dump|clear|trash|discard|scrap|bin|scratch|throw (?:out|away)|wipe out|wipe|take)\s+(.+)$/i

/** "Delete all of Sofia's lost customers." */
export const readDelete: ActionReader = (text, lexis) => {
  const match = deleting.exec(text)
  const said = match?.[1]
  if (said === undefined || (/^take\b/i.test(text) && !/\s(?:out of|off|from)\s|^take (?:them|him|her|it) (?:out|off)$/i.test(text))) return undefined
  const rest = said
    .replace(/^(them|him|her|it) (?:out|off)$/i, '$1')
    .replace(/\s+(?:out of|off)\s+((?:the|our) (?:crm|system|calendar|database|list))$/i, ' from $1')
    .replace(/\s+permanently$|\s+for good$/i, '')
  // "Clear the due date" empties a field, and a tag is taken off.
  const target = readTarget(rest, lexis)
  return target === undefined ? undefined : deleteAction(target)
}

export function deleteAction(target: Selection): Action {
  return async (tx, lexis) => {
    const found = await resolve(tx, target, lexis, { future: true, own: true })
    if (found.kind !== 'found') return found
    const { entity, rows } = found
    if (rows.length === 0) return nothing(found)
    // All there is of a kind is not deleted for want of a condition.
    if (rows.length > 1 && target.constraints.length === 0 && target.name === undefined && target.order === undefined)
      return ask(`That would delete all ${counted(entity, rows.length)} there are, so nothing would change. Say which of them you mean.`)
    const calls = rows.map((row) =>
      entity === 'emails' ? { tool: 'emails.delete', input: { emailId: String(row.id) } } : { tool: 'records.delete', input: { entity, id: String(row.id) } },
    )
    return step(calls, `${what(entity, rows)} would be deleted`, { ...shownOf(found, rows), matched: rows.length, shown: rows.length })
  }
}

const handing =
  /^(?:re-?assign|assign|transfer|hand(?: over)?|give|pass(?: on| over)?|delegate|move|switch|shift|swap|allocate|turn over|re-?allocate)\s+(.+)$/i
const handed = /\s+(?:over\s+)?(?:on\s+)?to\s+/i

/** "Reassign all of Akira's leads to Lena": records get another owner. */
export const readAssign: ActionReader = (text, lexis) => {
  const taking = /^(?:let|have) (.+?) (?:take over|take care of|take on|take|own|handle|look after|manage|cover|work on|do|have) (.+)$/i.exec(text)
  if (taking !== null && /\b(?:e?mails?|messages?)\b/i.test(taking[2] ?? '')) return undefined
  if (taking !== null) return assignTo(taking[2] ?? '', taking[1] ?? '', lexis)
  const owner =
    /^(?:make|set|put) (.+?) (?:(?:as )?(?:the )?(?:new )?(?:owner|assignee|person responsible|account manager) (?:of|for)|responsible for|in charge of) (.+)$/i.exec(
      text,
    )
  const made = owner === null ? undefined : assignTo(owner[2] ?? '', owner[1] ?? '', lexis)
  if (made !== undefined) return made
  const field =
    /^(?:change|set|update|switch|swap) (?:the )?(?:owner|assignee|assignment|ownership|account manager|assigned (?:person|user|rep|to)) (?:of|for|on) (.+?)(?: from (\S+(?: \S+)?))? to (.+)$/i.exec(
      text,
    ) ??
    /^(?:change|set|update|switch|swap) (.+)'s (?:owner|assignee|assignment|ownership|account manager|assigned (?:person|user|rep|to))(?: from (\S+(?: \S+)?))? to (.+)$/i.exec(
      text,
    )
  if (field !== null) {
    // Whose they were is a condition too.
    const before = field[2] === undefined ? undefined : readPerson(field[2], lexis)
    if (field[2] !== undefined && before?.kind !== 'person') return undefined
    return assignTo(field[1] ?? '', field[3] ?? '', lexis, before?.kind === 'person' ? ofPerson(before.person) : undefined)
  }
  const match = handing.exec(text)
  const said = match?.[1]?.replace(/^over\s+/i, '')
  if (said === undefined) return undefined
  for (const { left, right } of cuts(said, handed, 'right')) {
    const action = assignTo(left, right, lexis)
    if (action !== undefined) return action
  }
  // "Give them all of Amir's overdue tasks", "assign Nia the task …".
  if (!/^(?:give|hand|assign|pass)\b/i.test(text)) return undefined
  const ranked = /^((?:the (?:person|rep|colleague|user|one|sales ?person)|whoever)\b.+?) ((?:all|every|each|both)\b.+)$/i.exec(said)
  const most = ranked === null ? undefined : assignTo(ranked[2] ?? '', ranked[1] ?? '', lexis)
  if (most !== undefined) return most
  const words = said.split(' ')
  for (let length = 1; length <= Math.min(3, words.length - 1); length++) {
    const action = assignTo(words.slice(length).join(' '), words.slice(0, length).join(' '), lexis)
    if (action !== undefined) return action
  }
  return undefined
}

/** They go to a person; with `whose`, only those that are theirs now. */
export function assignTo(records: string, person: string, lexis: Lexis, whose?: Constraint): Action | undefined {
  // Who is new is not here yet.
  if (/^an? (?:brand )?new /i.test(records)) return undefined
  const assignee = readAssignee(person.replace(placeTail, '').replace(/'s (?:list|name|portfolio|queue)$/i, ''), lexis)
  if (assignee === undefined) return undefined
  const named = readTarget(records, lexis)
  if (named === undefined) return undefined
  const target = whose === undefined ? named : { ...named, constraints: [...named.constraints, whose] }
  return async (tx, known) => {
    const user = await findUser(tx, assignee, known)
    if (user.kind !== 'user') return user
    const found = await resolve(tx, target, known, { only: writable, own: true })
    if (found.kind !== 'found') return found
    return updated(
      found,
      () => user.values,
      (records) => `${records} would go to ${user.name}`,
    )
  }
}

/** "Their status" is the status of them. */
function ofThem(said: string | undefined): string | undefined {
  return said?.replace(
    /^(?:their|his|her|its)\s+((?:(?!(?:tasks|leads|customers|clients|contacts|deals|meetings|emails)\b)\S+\s+){1,3}?)(to|as|into)\s+/i,
    'the $1of them $2 ',
  )
}

const moving =
  /^(?:close|bump|move|change|set|mark|put|switch|push|drag|transition|update|flag|send|shift|transfer|advance|promote|progress|return|reset|bring)\s+(.+)$/i
const into = /\s+(?:(?:back|over|up|down|on|along|forward)\s+)*(?:to|into|as|in|onto|on)(?:\s+being)?(?=\s)/i

/** "Move all of Kofi's tasks that are in progress to in review": records get another status, stage or state. */
export const readMove: ActionReader = (text, lexis) => {
  const done =
    /^(?:complete|finish off|finish up|finish|sign off|wrap up|close off|close out|close|tick off|check off|start|reopen|qualify|win|lose)\s+(.+)$/i.exec(text)
  if (done !== null) {
    const target = readTarget(done[1] ?? '', lexis)
    const verb = text.split(' ')[0]?.toLowerCase() ?? ''
    const state = { start: 'in progress', reopen: 'open', qualify: 'qualified', win: 'won', lose: 'lost' }[verb] ?? 'completed'
    if (target !== undefined) return moveAction(target, state, lexis)
  }
  const all = ofThem(moving.exec(text)?.[1])
  if (all === undefined) return undefined
  // "From lead to qualified": where it stood says nothing of where it goes.
  const stood = /^(.+?(?:status|stage|state|list)?) from (\S+(?: \S+)?) to (.+)$/i.exec(all)
  const before =
    stood === null
      ? []
      : (['contacts', 'leads', 'tasks', 'opportunities'] as const).filter((entity) => stateValues(stood[2] ?? '', entity, lexis) !== undefined)
  const said = stood !== null && before.length > 0 ? `${stood[1]} to ${stood[3]}` : all
  for (const { left, right } of cuts(said, into, 'right')) {
    const bare = right.replace(placeTail, '')
    const records = left.replace(/^(?:the )?(?:status|stage|state) (?:of|for|on) /i, '').replace(/'s (?:status|stage|state)$/i, '')
    const meant = readTarget(records, lexis)
    if (meant === undefined) continue
    const target = said === all ? meant : { ...meant, constraints: [...meant.constraints, hasValue(stood?.[2] ?? '', stateHint)] }
    const action = moveAction(target, bare, lexis)
    if (action !== undefined) return action
  }
  return undefined
}

function moveAction(target: Selection, state: string, lexis: Lexis): Action | undefined {
  if (!target.entities.some((entity) => stateValues(state, entity, lexis) !== undefined)) return undefined
  return async (tx, known) => {
    const only = target.entities.filter((entity) => writable.includes(entity) && stateValues(state, entity, known) !== undefined)
    const found = await resolve(tx, target, known, { only })
    if (found.kind !== 'found') return found
    const wanted = stateValues(state, found.entity, known)
    const spelt = await asInUse(tx, found.entity, wanted?.values ?? {}, known)
    if (spelt.kind !== 'values') return spelt
    const label = Object.values(spelt.values).find((value) => typeof value === 'string' && value.toLowerCase() === wanted?.label.toLowerCase())
    return updated(
      found,
      () => spelt.values,
      (records) => `${records} would move to ${String(label ?? wanted?.label)}`,
    )
  }
}

const setting =
  /^(?:set|reset|change|update|edit|correct|amend|modify|make|move|push(?: back)?|put|adjust|fix|postpone|delay|defer|re-?schedule|bring(?: forward)?|extend|shift|switch|push out)\s+(.+)$/i

/** "… to services and the status to qualified": what is behind it is another field. */
const anotherField = /\band (?:the|his|her|their|its) \S.* (?:to|as) /i

/** "Set Dana's phone to …", "change the due date of … to Friday", "rename … to …". */
export const readSet: ActionReader = (text, lexis) => {
  const renaming =
    /^(?:rename|retitle|relabel|call)\s+(.+)$/i.exec(text)?.[1] ??
    /^(?:change|update|set|edit) the (?:name|title) (?:of|for) (.+)$/i.exec(text)?.[1] ??
    /^(?:change|update|set|edit) ((?:.+)'s (?:name|title) (?:to|into) .+)$/i.exec(text)?.[1]?.replace(/'s (?:name|title) (to|into) /i, ' $1 ')
  const instead = /^call (.+?) (⟦\d+⟧)(?: instead| from now on)?$/i.exec(text)
  if (instead !== null) return readRename(`${instead[1]} to ${instead[2]}`, lexis)
  if (renaming !== undefined) return readRename(renaming, lexis)
  const added =
    /^(?:add|enter|record|note|save|put in|register) (?:the |a |an |this )?(?:new )?(?<field>phone(?: number)?|mobile(?: number)?|email(?: address)?|job title|follow[- ]?up(?: date)?|status|product interest):? (?<value>\S+(?: \S+){0,3}?) (?:for|to|of|on) (?<records>.+)$/i.exec(
      text,
    )?.groups ??
    /^(?:add|enter|record|note|save) (?<value>\S+) as (?<records>.+?)'s? (?:new )?(?<field>phone(?: number)?|mobile(?: number)?|email(?: address)?|job title|follow[- ]?up(?: date)?)$/i.exec(
      text,
    )?.groups
  if (added !== undefined) return readSet(`set the ${added.field} of ${added.records} to ${added.value}`, lexis)
  const listed =
    /^(?:set|change|update|correct|fix|edit) (?:the )?(phone(?: number)?|mobile|email(?: address)?|job title|status|product interest|follow[- ]?up(?: date)?) (?:of|for) ([^:]+): (\S.*)$/i.exec(
      text,
    )
  if (listed !== null) return readSet(`set the ${listed[1]} of ${listed[2]} to ${listed[3]}`, lexis)
  const corrected = text.replace(
    /[,:;]?\s+(?:it (?:should|must) (?:be|read)|it's now|it is now|it's|it is|the (?:right|correct|new) one is|which (?:should be|is now))\s+/i,
    ' to ',
  )
  const said = ofThem(setting.exec(corrected)?.[1])
  if (said === undefined) return undefined
  for (const { left: before, right } of cuts(said, /\s+(?:(?:back|forward|out|on)\s+)?(?:to|into|as|is|at|until|till)\s+/i)) {
    // "From lead to qualified" says where it stood, and "Chase the order from Bo" is a name.
    const bare = before.replace(/\s+from\s+(?:\S+\s?){1,4}$/i, (from) => (/\b(?:of|for|on|with)\b/i.test(from) ? from : ''))
    for (const { field, records } of [...new Set([before, bare])].flatMap(fieldAndRecords)) {
      const target = readTarget(records, lexis)
      const action = target === undefined || goesOn(right) || anotherField.test(right) ? undefined : setAction(target, field, right, lexis)
      if (action !== undefined) return action
    }
  }
  // "Change the follow up date to December 18 for all of Nadia's leads": the records are said last.
  for (const { left, right } of cuts(said, /\s+(?:for|of|on|with)\s+/i, 'right'))
    for (const { left: field, right: value } of cuts(left, /\s+(?:to|into|as)\s+/i)) {
      const target = readTarget(right, lexis)
      const action = target === undefined || goesOn(value) ? undefined : setAction(target, field.replace(/^the /i, ''), value, lexis)
      if (action !== undefined) return action
    }
  return undefined
}

function fieldAndRecords(said: string): { field: string; records: string }[] {
  const of = cuts(said, /\s+(?:of|for|on|with)\s+/i).map(({ left, right }) => ({ field: left.replace(/^the /i, ''), records: right }))
  const genitive = cuts(said, /'s?\s+/i, 'right').map(({ left, right }) => ({ field: right, records: left }))
  return [...of, ...genitive, { field: said.replace(/^the /i, ''), records: 'them' }]
}

export function setAction(target: Selection, field: string, words: string, lexis: Lexis): Action | undefined {
  const fits = (entity: EntityName, known: Lexis) => {
    const named = writable.includes(entity) ? fieldNamed(field, entity, known) : undefined
    const value = named === undefined ? undefined : valueFor(named, words, entity, known)
    return named === undefined || value === undefined ? undefined : { named, value }
  }
  if (!target.entities.some((entity) => fits(entity, lexis) !== undefined)) return undefined
  return async (tx, known) => {
    const found = await resolve(tx, target, known, { only: target.entities.filter((entity) => fits(entity, known) !== undefined) })
    if (found.kind !== 'found') return found
    const fit = fits(found.entity, known)
    const spelt = await asInUse(tx, found.entity, fit === undefined ? {} : { [fit.named.path]: fit.value }, known)
    if (spelt.kind !== 'values') return spelt
    const lengthKept = (row: Row) => (fit?.named.path === 'starts_at' ? endsWith(row, String(fit.value)) : {})
    return updated(
      found,
      (_, row) => fit && { ...spelt.values, ...lengthKept(row) },
      (records) => `${records} would have the ${fit?.named.label.toLowerCase()} ${unquoted(words, known.quotes)}`,
    )
  }
}

/** A meeting that begins at another time lasts as long as before. */
function endsWith({ starts_at, ends_at }: Row, start: string): Record<string, unknown> {
  if (typeof starts_at !== 'string' || typeof ends_at !== 'string') return {}
  return { ends_at: new Date(Date.parse(start) + Date.parse(ends_at) - Date.parse(starts_at)).toISOString() }
}

function readRename(said: string, lexis: Lexis): Action | undefined {
  for (const { left, right } of cuts(said, /\s+(?:to|into|as)\s+/i)) {
    const target = readTarget(left, lexis)
    const title = unquoted(clean(right), lexis.quotes)
    if (target === undefined || title === '' || title.length > 200 || goesOn(right)) continue
    return async (tx, known) => {
      const found = await resolve(tx, target, known, { only: writable, future: true, own: true })
      if (found.kind !== 'found') return found
      return updated(
        found,
        (entity) => namedValues(entity, title),
        (records) => `${records} would be renamed “${title}”`,
      )
    }
  }
  return undefined
}

/** The values that give a record a name. */
export function namedValues(entity: EntityName, name: string): Record<string, unknown> | undefined {
  if (entity === 'contacts' || entity === 'leads') {
    const words = name.split(' ')
    if (words.length === 1) return { last_name: name }
    // "Henk de Vries" is of the family de Vries.
    const particle = words.findIndex((word, index) => index > 0 && /^(?:van|von|de|der|den|di|da|del|della|la|le|bin|zu)$/.test(word))
    const at = particle > 0 && particle < words.length - 1 ? particle : words.length - 1
    return { first_name: words.slice(0, at).join(' '), last_name: words.slice(at).join(' ') }
  }
  return entity === 'tasks' || entity === 'events' || entity === 'notes' ? { title: name } : { name }
}
