import { LRUCache } from 'lru-cache'
import { DateTime } from 'luxon'
import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { ValueOption } from '#backend/modules/planner/language/reading.ts'
import type { PlannerContext } from '#backend/modules/planner/planner.types.ts'
import { loadWorld, type World } from '#backend/modules/planner/world/world.ts'
import { spellings } from '#backend/modules/planner/world/world-query.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { Selection } from './selection.ts'

/** What the words of one message could mean in this workspace. */
export interface Lexis {
  world: World
  /** As it was typed. */
  message: string
  quotes: readonly string[]
  /** Lower-case addresses of meetings and mails, which name people who are no users. */
  addresses: readonly string[]
  /** Own meetings are those of whom they belong to; where all are of one other person or of nobody, they are the calendar. */
  hasOwnEvents: boolean
  /** Done tasks have the time they were done here. */
  keepsCompletion: boolean
  now: DateTime
  context: PlannerContext
  /** What was said before the words that are read, for "them" and "it". */
  before: string
  /** How much may still be tried to understand the message, over all its parts: what is tangled must not hold up everybody else. */
  effort: { left: number; looks: number; words: number }
  /** The records that a condition is about, for what is done with them. */
  spoken?: Selection
}

/** States that verbs name: "qualify" makes qualified. */
const impliedStates: Readonly<Record<string, readonly string[]>> = {
  qualify: ['qualified'],
  win: ['won'],
  lose: ['lost'],
  reopen: ['open', 'in progress', 'to do', 'backlog'],
  start: ['in progress'],
  convert: ['converted'],
  turn: ['converted'],
}

const longest = 6
/** Titles of tasks and deals may have more words; they are looked for as they are written. */
const longestTitle = 9
const mostAddresses = 5000
/** Readings of instructions that one message is worth; no instruction of the office needs as many. */
const mostAttempts = 250
/** Looks at what a few words say of records, over all attempts. The longest instructions that we know take 400. */
const mostLooks = 1200
/** Words looked through to understand what is said of records, meetings and mails; the longest that we know takes 51,000. */
const mostWords = 150_000

/** Reads what the message's words could name. */
export async function loadLexis(tx: Transaction, message: string, quotes: readonly string[], context: PlannerContext): Promise<Lexis> {
  const phrases = new Set<string>()
  const beginnings = new Set<string>()
  const titles = new Set<string>()
  for (const source of [message, ...quotes]) {
    const words = source.match(/[\p{L}\p{N}][\p{L}\p{N}.@&+-]*(?:'(?!s\b)\p{L}+)?|&/gu)?.slice(0, 160) ?? []
    words.forEach((_, from) => {
      for (let to = from + 1; to <= Math.min(from + longest, words.length); to++) {
        const phrase = fold(words.slice(from, to).join(' ')).replace(/[.]+$/, '')
        for (const variant of variantsOf(phrase)) phrases.add(variant)
        if (to - from <= 2 && phrase.length >= 3) beginnings.add(phrase)
      }
      for (let to = from + longest + 1; to <= Math.min(from + longestTitle, words.length); to++) titles.add(fold(words.slice(from, to).join(' ')))
    })
  }
  // What a verb says of where records go is looked up with it.
  for (const [verb, states] of Object.entries(impliedStates)) if (phrases.has(verb)) for (const state of states) phrases.add(state)
  // Prospects are leads where the workspace says so.
  if (phrases.has('prospect') || phrases.has('prospects')) phrases.add('lead')
  const me = tx.actor.type === 'user' ? tx.actor.userId : null
  const [world, addresses, habits] = await Promise.all([
    loadWorld(
      tx,
      { phrases: [...[...phrases].slice(0, 3000), ...[...titles].slice(0, 600)], beginnings: [...beginnings].slice(0, 250), words: [] },
      context.language ?? 'en',
    ),
    tx.cached('planner.addresses', () => loadAddresses(tx)),
    tx.cached(`planner.habits ${me}`, () => loadHabits(tx, me)),
  ])
  return {
    world,
    message,
    quotes,
    addresses,
    ...habits,
    effort: { left: mostAttempts, looks: mostLooks, words: mostWords },
    now: DateTime.fromJSDate(context.now, { zone: context.timeZone }),
    context,
    before: '',
  }
}

// The same few phrases are looked at again and again while a message is read.
const recentVariants = new LRUCache<string, string[]>({ max: 2000 })

function variantsOf(phrase: string): string[] {
  let variants = recentVariants.get(phrase)
  if (variants === undefined) {
    variants = [...new Set([...spellings(phrase, phrase), phrase.replaceAll('-', ' '), phrase.replaceAll(' ', '-')])]
    recentVariants.set(phrase, variants)
  }
  return variants
}

async function loadAddresses(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ address: string }>(sql`
    select distinct lower(address) as address from (
      select unnest(attendees) as address from events where workspace_id = ${tx.workspaceId} and deleted_at is null
      union all select from_address from emails where workspace_id = ${tx.workspaceId} and deleted_at is null
      union all select unnest(to_addresses) from emails where workspace_id = ${tx.workspaceId} and deleted_at is null) known
    where address like '%@%' order by 1 limit ${mostAddresses}`)
  // In the order of their characters, whatever order the database has for its language.
  return rows.map(({ address }) => address).sort()
}

interface Habits {
  hasOwnEvents: boolean
  keepsCompletion: boolean
}

async function loadHabits(tx: Transaction, me: string | null): Promise<Habits> {
  // Whether there is a second owner is seen behind the first in the index; counting them would read every event.
  const [own] = await tx.query<{ own: boolean; completion: boolean }>(sql`
    select (exists (select 1 from events where workspace_id = ${tx.workspaceId} and deleted_at is null and owner_id = ${me}::uuid)
      or exists (select 1 from events where workspace_id = ${tx.workspaceId} and deleted_at is null and owner_id > (
        select owner_id from events where workspace_id = ${tx.workspaceId} and deleted_at is null and owner_id is not null order by owner_id limit 1))) as own,
      exists (select 1 from tasks where workspace_id = ${tx.workspaceId} and deleted_at is null and completed_at is not null) as completion`)
  return { hasOwnEvents: own?.own === true, keepsCompletion: own?.completion === true }
}

/** Values in use that a phrase names, of one entity. */
export function valuesNamed({ world }: Lexis, phrase: string, entity: EntityName): ValueOption[] {
  const found = new Map<string, ValueOption>()
  for (const variant of variantsOf(fold(phrase)))
    for (const option of world.values.get(variant) ?? []) if (option.entity === entity) found.set(`${option.path}\n${option.value}`, option)
  for (const field of world.customFields)
    for (const choice of field.entity === entity ? field.choices : [])
      if (variantsOf(fold(phrase)).includes(fold(choice))) found.set(`custom.${field.key}\n${choice}`, { entity, path: `custom.${field.key}`, value: choice })
  const definition = entities[entity]
  for (const [path, { choices = [] }] of Object.entries(definition.fields))
    for (const choice of choices)
      if (path !== 'visibility' && path !== 'related_type' && fold(choice) === fold(phrase)) found.set(`${path}\n${choice}`, { entity, path, value: choice })
  if (entity === 'opportunities')
    for (const { name } of world.stages) if (variantsOf(fold(phrase)).includes(fold(name))) found.set(`stage\n${name}`, { entity, path: 'stage', value: name })
  // Where tasks usually stand is known before one stands there.
  const usual = entity === 'tasks' && found.size === 0 && world.statuses.length > 0 ? usualTaskStates[fold(phrase).replaceAll('-', ' ')] : undefined
  if (usual !== undefined) found.set(`status\n${usual}`, { entity, path: 'status', value: usual })
  // The spelling that was said counts before its plural.
  const options = [...found.values()]
  const exact = options.filter(({ value }) => fold(value).replaceAll('-', ' ') === fold(phrase).replaceAll('-', ' '))
  return exact.length > 0 ? exact : options
}

/** Statuses of tasks as boards name them. */
export const usualTaskStates: Readonly<Record<string, string>> = {
  backlog: 'Backlog',
  'to do': 'To Do',
  'in progress': 'In Progress',
  'in review': 'In Review',
}

const stateful = /^(?:status|stage|state|custom\.(?:.*_)?(?:status|stage|state|list|phase))$/

/** It says where in their course records are. */
export function isStateField(path: string): boolean {
  return stateful.test(path)
}

/** The one value that a phrase most likely names: of a field that says where records stand before others. */
export function stateNamed(lexis: Lexis, phrase: string, entity: EntityName): ValueOption | undefined {
  const options = valuesNamed(lexis, phrase, entity)
  if (entity === 'opportunities') return options.find(({ path }) => path === 'state') ?? options.find(({ path }) => path === 'stage')
  return options.find(({ path }) => isStateField(path))
}
