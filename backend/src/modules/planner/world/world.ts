import { hash } from 'node:crypto'
import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { RecordOption, UserOption, ValueOption } from '#backend/modules/planner/language/reading.ts'
import type { NamesById } from '#backend/modules/planner/phrases/phrase-book.ts'
import type { FigureSettings } from '#backend/modules/planner/plan/analytics/workspace-settings.ts'
import type { Language } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import { type CustomFieldDefinition, type EntityName, entityNames } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'

/** What the words of one question could be in the data. */
export interface WorldQuery {
  /** Folded phrases to find as whole values and labels. */
  phrases: readonly string[]
  /** Folded phrases to find as the beginning, up to a word's end, of a label or value. */
  beginnings: readonly string[]
  /** Folded words to find in the search vocabulary. */
  words: readonly string[]
}

/** People who sell together. */
export interface Team {
  name: string
  members: readonly UserOption[]
}

export interface Stage {
  id: string
  name: string
  pipeline: string
}

/** The part of a workspace that one question touches: who and what exists, and which of its words are data. */
export interface World {
  /** In which the question is asked. */
  language: Language
  /** When the question is asked. */
  now?: Date
  /** Set for questions that speak of fiscal years or stalled deals. */
  settings?: FigureSettings
  /** Records by entity, counted up to a bound: enough to know what the workspace uses. */
  counts: Readonly<Record<string, number>>
  /** How many of the first so many orders are of organisations, and of contacts. */
  customerOrders: { organisations: number; contacts: number }
  users: readonly (UserOption & { email: string | null })[]
  customFields: readonly CustomFieldDefinition[]
  pipelines: readonly { id: string; name: string }[]
  stages: readonly Stage[]
  /** Values by the phrase that names them. */
  values: ReadonlyMap<string, readonly ValueOption[]>
  partialValues: ReadonlyMap<string, readonly ValueOption[]>
  labels: ReadonlyMap<string, readonly RecordOption[]>
  partialLabels: ReadonlyMap<string, readonly RecordOption[]>
  /** Which of the asked words are words of records. */
  words: ReadonlySet<string>
  statuses: readonly string[]
  quoteStatuses: readonly string[]
  teams: readonly Team[]
  /** The person who asks, when it is one. */
  me: UserOption | undefined
}

/** Where there is no catalogue, what was sold is known by what its lines say; so many are looked at. */
const mostLines = 200_000
const bound = 1000
const counted = entityNames.filter((name) => !['stages', 'users', 'tags', 'pipelines'].includes(name))

interface BaseRow {
  counts: Record<string, number>
  organisation_orders: number
  contact_orders: number
  users: { id: string; name: string; email: string | null }[] | null
  custom_fields: CustomFieldDefinition[] | null
  pipelines: { id: string; name: string }[] | null
  stages: Stage[] | null
  statuses: string[] | null
  quote_statuses: string[] | null
  teams: { id: string; name: string; members: UserOption[] | null }[] | null
}

interface FoundRow {
  field_values: (ValueOption & { norm: string })[] | null
  partial_values: (ValueOption & { phrase: string })[] | null
  labels: (RecordOption & { norm: string })[] | null
  partial_labels: (RecordOption & { phrase: string })[] | null
  line_values: (ValueOption & { norm: string })[] | null
  words: string[] | null
}

/** Reads it in one round trip; what no question changes is kept until a record changes. */
export async function loadWorld(tx: Transaction, query: WorldQuery, language: Language = 'en'): Promise<World> {
  const [base, found] = await Promise.all([
    tx.cached('planner.base', () => loadBase(tx)),
    tx.cached(`planner.words ${keyOf(query)}`, () => findWords(tx, query)),
  ])
  return {
    language,
    counts: base.counts,
    customerOrders: { organisations: base.organisation_orders, contacts: base.contact_orders },
    users: base.users ?? [],
    customFields: base.custom_fields ?? [],
    pipelines: base.pipelines ?? [],
    stages: base.stages ?? [],
    values: by([...(found.field_values ?? []), ...(found.line_values ?? [])], (value) => value.norm, toValue),
    partialValues: by(
      found.partial_values?.filter(({ entity, path }) => !isFreeText(base.custom_fields, entity, path)) ?? null,
      (value) => value.phrase,
      toValue,
    ),
    labels: by(found.labels, (label) => label.norm, toRecord),
    partialLabels: by(found.partial_labels, (label) => label.phrase, toRecord),
    words: new Set(found.words ?? []),
    statuses: base.statuses ?? [],
    quoteStatuses: base.quote_statuses ?? [],
    teams: (base.teams ?? []).map(({ name, members }) => ({ name, members: members ?? [] })),
    me: tx.actor.type === 'user' ? { id: tx.actor.userId, name: tx.actor.name } : undefined,
  }
}

/** Its phrases would take more room than what they lead to. */
function keyOf({ phrases, beginnings, words }: WorldQuery): string {
  return hash('sha256', JSON.stringify([phrases, beginnings, words]), 'base64url')
}

/** What a text of their own begins with names nothing: "meet" of "Meet plant manager". */
function isFreeText(fields: readonly CustomFieldDefinition[] | null, entity: EntityName, path: string): boolean {
  return fields?.some((field) => field.type === 'text' && field.entity === entity && path === `custom.${field.key}`) === true
}

async function loadBase(tx: Transaction): Promise<BaseRow> {
  const workspace = tx.workspaceId
  const counts = sql.join(
    counted.map(
      (name) =>
        sql`${sql.raw(`'${name}'`)}, (select count(*) from (select 1 from ${sql.identifier(name)} where workspace_id = ${workspace} and deleted_at is null limit ${sql.raw(String(bound))}) bounded)`,
    ),
    sql`, `,
  )
  const [row] = await tx.query<BaseRow>(
    sql`
    select json_build_object(${counts}) as counts,
      (select count(organisation_id) from (select organisation_id from orders where workspace_id = ${workspace} and deleted_at is null limit ${sql.raw(String(bound))}) b) as organisation_orders,
      (select count(contact_id) from (select contact_id from orders where workspace_id = ${workspace} and deleted_at is null limit ${sql.raw(String(bound))}) b) as contact_orders,
      (select json_agg(json_build_object('id', t.id, 'name', t.name, 'members', (select json_agg(json_build_object('id', u.id, 'name', u.name) order by u.name) from users u where u.workspace_id = t.workspace_id and u.team_id = t.id)))
         from teams t where t.workspace_id = ${workspace}) as teams,
      (select json_agg(json_build_object('id', id, 'name', name, 'email', email) order by active desc, name) from (select * from users where workspace_id = ${workspace} limit 2000) u) as users,
      (select json_agg(json_build_object('entity', entity, 'key', key, 'label', label, 'type', type, 'choices', choices)) from custom_fields where workspace_id = ${workspace}) as custom_fields,
      (select json_agg(json_build_object('id', id, 'name', name) order by name) from pipelines where workspace_id = ${workspace} and deleted_at is null) as pipelines,
      (select json_agg(json_build_object('id', s.id, 'name', s.name, 'pipeline', p.name) order by p.name, s.position)
         from stages s join pipelines p on p.workspace_id = s.workspace_id and p.id = s.pipeline_id
         where s.workspace_id = ${workspace} and s.deleted_at is null and p.deleted_at is null) as stages,
      (select array_agg(distinct value) from field_values where workspace_id = ${workspace} and entity = 'tasks' and field = 'status') as statuses,
      (select array_agg(distinct value) from field_values where workspace_id = ${workspace} and entity = 'quotes' and field = 'status') as quote_statuses`,
    { name: 'planner.base' },
  )
  if (row === undefined) throw new Error('The workspace could not be read.')
  return row
}

async function findWords(tx: Transaction, query: WorldQuery): Promise<FoundRow> {
  const workspace = tx.workspaceId
  const phrases = sql.param([...query.phrases])
  const beginnings = sql.param([...query.beginnings])
  const [row] = await tx.query<FoundRow>(
    sql`
    select
      (select json_agg(json_build_object('entity', entity, 'path', field, 'value', value, 'norm', norm) order by entity desc, field, value) from
         (select distinct entity, field, value, norm from field_values where workspace_id = ${workspace} and norm = any(${phrases}::text[]) limit 600) v) as field_values,
      (select json_agg(json_build_object('entity', v.entity, 'path', v.field, 'value', v.value, 'phrase', p.phrase)) from unnest(${beginnings}::text[]) p(phrase)
         cross join lateral (select distinct entity, field, value from field_values f where f.workspace_id = ${workspace} and f.norm >= p.phrase || ' ' and f.norm < p.phrase || '!' limit 12) v) as partial_values,
      (select json_agg(json_build_object('entity', entity, 'id', record_id, 'label', label, 'detail', detail, 'norm', label_norm)) from
         (select * from search_documents where workspace_id = ${workspace} and label_norm = any(${phrases}::text[]) limit 200) d) as labels,
      (select json_agg(json_build_object('entity', d.entity, 'id', d.record_id, 'label', d.label, 'detail', d.detail, 'phrase', p.phrase)) from unnest(${beginnings}::text[]) p(phrase)
         cross join lateral (select * from search_documents s where s.workspace_id = ${workspace} and s.label_norm >= p.phrase || ' ' and s.label_norm < p.phrase || '!' limit 12) d) as partial_labels,
      (select json_agg(json_build_object('entity', 'order_lines', 'path', 'description', 'value', description, 'norm', norm)) from
         (select distinct description, fold(trim(description)) as norm from (select description from order_lines where workspace_id = ${workspace} and deleted_at is null
            and not exists (select 1 from products where workspace_id = ${workspace} and deleted_at is null) limit ${sql.raw(String(mostLines))}) lines
          where fold(trim(description)) = any(${phrases}::text[]) limit 100) d) as line_values,
      (select array_agg(word) from search_words where workspace_id = ${workspace} and word = any(${sql.param([...query.words])}::text[])) as words`,
    { name: 'planner.words' },
  )
  if (row === undefined) throw new Error('The workspace could not be read.')
  return row
}

function toValue({ entity, path, value }: ValueOption): ValueOption {
  return { entity, path, value }
}

function toRecord({ entity, id, label, detail }: RecordOption): RecordOption {
  return { entity, id, label, ...(detail === undefined ? {} : { detail }) }
}

function by<T, R>(rows: readonly T[] | null, key: (row: T) => string, map: (row: T) => R): Map<string, R[]> {
  const groups = new Map<string, R[]>()
  for (const row of rows ?? []) {
    const list = groups.get(key(row))
    if (list === undefined) groups.set(key(row), [map(row)])
    else list.push(map(row))
  }
  return groups
}

/** Which entity "customers" are here: those who ordered, else whichever of contacts and organisations there are. */
export function customerEntity(world: World): { entity: 'contacts' | 'organisations'; ordered: boolean } {
  const { organisations, contacts } = world.customerOrders
  if (organisations + contacts > 0) return { entity: organisations > contacts ? 'organisations' : 'contacts', ordered: true }
  const has = (entity: EntityName) => world.counts[entity] ?? 0
  return {
    entity:
      has('contacts') > 0 || has('organisations') === 0 ? (has('organisations') > 0 && has('contacts') === 0 ? 'organisations' : 'contacts') : 'organisations',
    ordered: false,
  }
}

/** What people are called by, found out once for as long as nothing changes. */
interface CalledBy {
  exact: Map<string, UserOption[]>
  /** A part of the name, its beginning, or what stands before the @. */
  partly: Map<string, UserOption[]>
}

const calledBy = new WeakMap<World['users'], CalledBy>()

function callPeople(users: World['users']): CalledBy {
  const found: CalledBy = { exact: new Map(), partly: new Map() }
  const note = (names: Map<string, UserOption[]>, name: string, user: UserOption) => {
    if (name !== '') names.set(name, [...(names.get(name) ?? []), user])
  }
  for (const { id, name, email } of users) {
    const user = { id, name }
    const whole = fold(name)
    const address = fold(email ?? '')
    for (const each of new Set([whole, address])) note(found.exact, each, user)
    const words = whole.split(' ')
    const beginnings = words.map((_, index) => words.slice(0, index + 1).join(' ')).slice(0, -1)
    for (const each of new Set([...whole.split(/[\s-]+/), ...beginnings, fold(email?.split('@')[0] ?? '')])) note(found.partly, each, user)
  }
  return found
}

const namesOfUsers = new WeakMap<World['users'], ReadonlyMap<string, string>>()

/** What a workspace's people and these others are called, by id: there may be thousands of people, of whom a question names one. */
export function namesWith({ users }: Pick<World, 'users'>, others: ReadonlyMap<string, string>): NamesById {
  let people = namesOfUsers.get(users)
  if (people === undefined) {
    people = new Map(users.map(({ id, name }) => [id, name]))
    namesOfUsers.set(users, people)
  }
  return { get: (id) => others.get(id) ?? people.get(id) }
}

export function usersNamed({ users }: World, phrase: string): UserOption[] {
  let called = calledBy.get(users)
  if (called === undefined) {
    called = callPeople(users)
    calledBy.set(users, called)
  }
  return [...(called.exact.get(phrase) ?? called.partly.get(phrase) ?? [])]
}
