import { Readable } from 'node:stream'
import type { EntityName } from '#contracts/entities.ts'
import { attack } from './hostile-sql.ts'
import { createRandom, type Random } from './random.ts'
import { kinds, type Person, recordOf, type Tenant } from './tenant.ts'

/** One random operation and what came back. */
export interface Performed {
  way: string
  answer: unknown
  /** The operation named something of another workspace, and was to be refused or answered with nothing. */
  foreign?: 'refused' | 'answered' | 'empty'
}

interface Turn {
  own: Tenant
  victim: Tenant
  person: Person
  random: Random
  serial: number
}

/** Refusals that an operation may meet; anything else is a fault of ours. */
const expected = new Set(['NOT_FOUND', 'VALIDATION', 'FORBIDDEN', 'CONFLICT', 'UNSUPPORTED', 'RATE_LIMITED'])

async function tried(way: string, foreign: boolean, work: Promise<unknown>): Promise<Performed> {
  try {
    const answer = await work
    return { way, answer, ...(foreign ? { foreign: 'answered' as const } : {}) }
  } catch (error) {
    const { code, message, details } = error as { code?: string; message: string; details?: unknown }
    if (code === undefined || !expected.has(code)) throw new Error(`${way}: ${message}`, { cause: error })
    return { way, answer: { code, message, details }, ...(foreign ? { foreign: 'refused' as const } : {}) }
  }
}

function target({ own, victim, random }: Turn): { entity: EntityName; id: string; foreign: boolean } {
  const entity = random.pick([...kinds, 'pipelines', 'tags'] as const)
  const foreign = random.chance(0.6)
  return { entity, id: random.pick((foreign ? victim : own).ids.get(entity) as string[]), foreign }
}

async function read(turn: Turn): Promise<Performed> {
  const { own, victim, person, random } = turn
  const { records, timeline, links, chat } = own.test.app.services
  const { entity, id, foreign } = target(turn)
  const isRecord = kinds.includes(entity)
  const ways = [
    () => tried(`get ${entity}`, foreign, records.getRecord(person, entity, id)),
    () => tried(`list ${entity}`, false, records.listRecords(person, entity, { limit: 50, q: random.chance(0.2) ? victim.marker : undefined })),
    () => tried('session', true, chat.sessions.messages(person, random.pick(victim.ids.get('sessions') as string[]), { limit: 20 })),
    () => tried('import', true, own.test.app.services.imports.getImport(person, random.pick(victim.ids.get('imports') as string[]))),
    () => tried('imports', false, own.test.app.services.imports.listImports(person, { limit: 50 })),
    ...(isRecord
      ? [
          () => tried(`timeline of ${entity}`, foreign, timeline.listTimeline(person, entity, id, 50)),
          () => tried(`history of ${entity}`, foreign, timeline.listHistory(person, entity, id, 50)),
          () => tried(`links of ${entity}`, foreign, links.listLinks(person, entity, id)),
        ]
      : []),
  ]
  return random.pick(ways)()
}

async function write(turn: Turn): Promise<Performed> {
  const { own, victim, person, random, serial } = turn
  const { records, links } = own.test.app.services
  const { entity, id, foreign } = target(turn)
  const isRecord = kinds.includes(entity)
  const theirs = (kind: EntityName) => random.pick(victim.ids.get(kind) as string[])
  const reference = random.pick<Record<string, unknown>>([
    { owner_id: theirs('users') },
    { organisation_id: theirs('organisations') },
    { related_type: 'contact', related_id: theirs('contacts') },
    { pipeline_id: theirs('pipelines') },
    { stage_id: theirs('stages') },
    { contact_id: theirs('contacts') },
  ])
  const ways = [
    () =>
      tried(
        `update ${entity}`,
        foreign,
        records.updateRecord(
          person,
          entity,
          id,
          isRecord ? { ...changeOf(entity, own.marker, random), ...(foreign && random.chance(0.3) ? reference : {}) } : { name: `${own.marker} ${serial}` },
        ),
      ),
    () =>
      tried(
        `refer from ${entity}`,
        true,
        records.createRecord(person, random.pick(['contacts', 'opportunities', 'tasks']), {
          last_name: own.marker,
          name: own.marker,
          title: own.marker,
          ...reference,
        }),
      ),
    () => tried(`delete ${entity}`, foreign, isRecord || foreign ? records.deleteRecord(person, entity, id) : Promise.resolve('kept')),
    () => tried(`restore ${entity}`, foreign, records.restoreRecord(person, entity, id)),
    () => {
      const kind = random.pick(kinds)
      return tried(`create ${kind}`, false, records.createRecord(person, kind, recordOf(kind, own.marker, `s${serial}`)))
    },
    () =>
      tried(
        'link',
        true,
        links.addLink(person, 'contacts', random.pick(own.ids.get('contacts') as string[]), { entity: 'organisation', recordId: theirs('organisations') }),
      ),
    () => tried('unlink', true, links.removeLink(person, 'organisations', theirs('organisations'), random.pick(victim.ids.get('links') as string[]))),
    () => tried('undo', true, own.test.app.services.imports.undo(person, random.pick(victim.ids.get('imports') as string[]))),
  ]
  return random.pick(ways)()
}

function changeOf(entity: EntityName, marker: string, random: Random): Record<string, unknown> {
  const text = `${marker} ${random.integer(1000)}`
  const field =
    {
      contacts: 'title',
      leads: 'title',
      organisations: 'city',
      opportunities: 'name',
      products: 'description',
      orders: 'order_id',
      emails: 'subject',
      quotes: 'name',
      quote_lines: 'description',
    }[entity as string] ?? 'title'
  return { [field]: text, ...(entity === 'contacts' && random.chance(0.2) ? { visibility: random.pick(['everyone', 'team', 'owner']) } : {}) }
}

async function question({ own, victim, person, random }: Turn): Promise<Performed> {
  const { questions, pipelineReport } = own.test.app.services
  const entity = random.pick(kinds)
  const label =
    entity === 'emails'
      ? 'subject'
      : ['tasks', 'events', 'notes'].includes(entity)
        ? 'title'
        : entity === 'orders'
          ? 'customer'
          : entity === 'quote_lines'
            ? 'description'
            : 'name'
  const id = random.pick(victim.ids.get(entity) as string[])
  const rows = async (work: ReturnType<typeof questions.query>) => (await work).rows
  const foreign = async (way: string, work: Promise<readonly unknown[]>): Promise<Performed> => {
    const answer = await work
    return { way, answer, foreign: answer.length === 0 ? 'empty' : 'answered' }
  }
  return random.pick([
    () =>
      foreign('query by marker', rows(questions.query(person, { entity, filter: { field: label, op: 'contains', value: victim.marker }, select: [label] }))),
    () => foreign('query by id', rows(questions.query(person, { entity, filter: { field: 'id', op: 'eq', value: id }, select: [label] }))),
    () =>
      foreign(
        'query by owner',
        rows(questions.query(person, { entity: 'contacts', filter: { field: 'owner', op: 'eq', value: random.pick(victim.ids.get('users') as string[]) } })),
      ),
    () => tried('query groups', false, rows(questions.query(person, { entity, groupBy: [{ field: label }], measures: [{ fn: 'count' }] }))),
    () =>
      tried('query relation', false, rows(questions.query(person, { entity: 'organisations', filter: { relation: 'contacts' }, select: ['name', 'owner'] }))),
    // What was searched for is repeated in the reason of a hit.
    () =>
      tried(
        'search',
        false,
        questions
          .search(person, { q: random.pick([victim.marker, victim.marker.slice(0, 5), `${victim.marker} one`, own.marker]), limit: 50 })
          .then((hits) => hits.map(({ why: _, ...hit }) => hit)),
      ),
    () => tried('pipeline', true, pipelineReport.getPipelineReport(person, random.pick(victim.ids.get('pipelines') as string[]))),
    () => tried('pipelines', false, pipelineReport.getPipelineReport(person)),
    () => tried('custom fields', false, questions.listCustomFields(person, undefined)),
  ])()
}

async function file({ own, victim, person, random, serial }: Turn): Promise<Performed> {
  const { imports, exports } = own.test.app.services
  if (random.chance(0.6)) {
    const entity = random.pick(kinds)
    const read = async () => {
      let text = ''
      for await (const part of (await exports.exportFile(person, { entity, format: random.pick(['csv', 'json']) })).content) text += part
      return text
    }
    return tried(`export of ${entity}`, false, read())
  }
  const theirs = random.pick(victim.ids.get('contacts') as string[])
  const rows = `id,last_name,email,external_id,organisation\n${theirs},${own.marker} ${serial},${own.marker}${serial}@x.example,${own.marker}-i${serial},${own.marker} one\n`
  return tried('import', false, imports.importFile(person, Readable.from([Buffer.from(rows)]), { entity: 'contacts', createMissing: true }))
}

async function talk({ own, victim, person, random }: Turn): Promise<Performed> {
  // The words of a question are repeated in its answer, so the marker itself is not said.
  const near = victim.marker.slice(0, -2)
  const message = random.pick([
    `contacts in ${near}`,
    `show me ${near}`,
    `how many ${near} deals are there?`,
    'contacts by city',
    'pipeline overview',
    `tasks about ${near}`,
    'list all organisations',
  ])
  const answer = own.test.app.services.chat.ask(
    person,
    { message, ...(random.chance(0.1) ? { sessionId: random.pick(victim.ids.get('sessions') as string[]) } : {}) },
    { requestId: 'isolation' },
  )
  return tried('chat', false, answer)
}

async function overHttp({ own, victim, random }: Turn): Promise<Performed> {
  const entity = random.pick(kinds)
  const id = random.pick(victim.ids.get(entity) as string[])
  const [method, path, body, foreign] = random.pick<[method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body: object | undefined, foreign: boolean]>([
    ['GET', `/api/crm/${entity}/${id}`, undefined, true],
    ['PATCH', `/api/crm/${entity}/${id}`, { title: own.marker }, true],
    ['DELETE', `/api/crm/${entity}/${id}`, undefined, true],
    ['POST', `/api/crm/${entity}/${id}/restore`, {}, true],
    ['GET', `/api/crm/${entity}/${id}/timeline`, undefined, true],
    ['GET', `/api/crm/${entity}?limit=50`, undefined, false],
    ['GET', `/api/crm/tags?limit=200`, undefined, false],
    ['GET', `/api/crm/export?entity=${entity}`, undefined, false],
    ['GET', `/api/crm/search?q=${victim.marker.slice(0, 6)}`, undefined, false],
    ['POST', '/api/crm/query', { entity, filter: { field: 'id', op: 'eq', value: id } }, false],
    ['POST', '/api/chat', { message: `contacts in ${victim.marker.slice(0, -2)}` }, false],
    ['GET', `/api/sessions/${victim.ids.get('sessions')?.[0]}/messages`, undefined, true],
    ['GET', '/api/sessions', undefined, false],
  ])
  const { status, body: answer } = await own.test.request(method, path, body)
  if (status >= 500) throw new Error(`${method} ${path}: ${status}`)
  return {
    way: `${method} ${path.replace(/[0-9a-f-]{36}/, ':id')}`,
    answer,
    ...(foreign ? { foreign: status >= 400 ? ('refused' as const) : ('answered' as const) } : {}),
  }
}

const shares: [number, (turn: Turn) => Promise<Performed>][] = [
  [0.42, async ({ own, victim, person, random }) => ({ way: 'sql', answer: await attack(own, person, victim, random) })],
  [0.22, read],
  [0.14, write],
  [0.13, question],
  [0.06, overHttp],
  [0.015, file],
  [0.015, talk],
]

/** Performs the operation with this serial number: who does what to whom follows from the seed alone. */
export async function perform(actors: readonly Tenant[], all: readonly Tenant[], seed: number, serial: number): Promise<{ own: Tenant; performed: Performed }> {
  const random = createRandom(seed + serial * 7919)
  const own = random.pick(actors)
  const victim = random.pick(all.filter((tenant) => tenant !== own))
  const turn = { own, victim, person: random.pick(own.people), random, serial }
  return { own, performed: await wayFor(random.integer(1000) / 1000)(turn) }
}

function wayFor(point: number): (turn: Turn) => Promise<Performed> {
  let reached = 0
  for (const [share, work] of shares) {
    reached += share
    if (point < reached) return work
  }
  return read
}
