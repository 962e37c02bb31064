import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { vocabularyOf } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import type { ExampleTemplate, Language } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import { loadWorld, type World } from '#backend/modules/planner/world/world.ts'
import type { EntityName } from '#contracts/entities.ts'
import { namedEntities } from './named-fields.ts'
import { wordsOf } from './phrases.ts'

export interface Example {
  family: string
  entity: EntityName
  question: string
}

/** What the braces of the templates stand for here. */
type Offered = Readonly<Record<string, string>>

const valuesOffered: Readonly<Record<string, readonly [EntityName, string]>> = {
  city: ['contacts', 'city'],
  country: ['organisations', 'country'],
  industry: ['organisations', 'industry'],
  source: ['leads', 'source'],
  contactTag: ['contacts', 'tags'],
  organisationTag: ['organisations', 'tags'],
}
const labelsOffered: Readonly<Record<string, EntityName>> = { contact: 'contacts', organisation: 'organisations', product: 'products' }

/** A name that is written plainly is found among so many, however many there are. */
const mostLabels = 500

interface Found {
  values: { entity: EntityName; field: string; value: string }[]
  labels: { entity: EntityName; label: string }[]
}

async function findNames(tx: Transaction): Promise<Found> {
  const values = await tx.query<{ entity: EntityName; field: string; value: string }>(sql`
    select entity, field, min(value) as value from field_values where workspace_id = ${tx.workspaceId}
      and field in ('city', 'country', 'industry', 'source', 'tags') and value ~ '^[[:upper:]]?[[:lower:]]{3,}( [[:upper:]][[:lower:]]+)?$'
    group by entity, field`)
  const labels = await tx.query<{ entity: EntityName; label: string }>(sql`
    select l.entity, d.label from unnest(array['contacts', 'organisations', 'products']) l(entity)
      cross join lateral (select min(label) as label from (select label from search_documents where workspace_id = ${tx.workspaceId} and entity = l.entity
          order by record_id limit ${sql.raw(String(mostLabels))}) few
        where label ~ '^[[:upper:]][[:lower:]]{2,} [[:upper:]][[:lower:]]{2,}$') d where d.label is not null`)
  return { values, labels }
}

/** Names and values of the workspace that examples may speak of: the first of each kind that is written plainly. */
export async function loadOffered(tx: Transaction, world: World): Promise<Offered> {
  const { values, labels } = await tx.cached('planner.offered', () => findNames(tx))
  const offered: Record<string, string> = {}
  for (const [name, [entity, field]] of Object.entries(valuesOffered)) {
    const value = values.find((row) => row.entity === entity && row.field === field)?.value
    if (value !== undefined) offered[name] = value
  }
  for (const [name, entity] of Object.entries(labelsOffered)) {
    const label = labels.find((row) => row.entity === entity)?.label
    if (label !== undefined) offered[name] = label
  }
  const owner = world.users.find(({ name }) => name.includes(' ') && name !== world.me?.name)
  if (owner !== undefined) offered.owner = owner.name
  const stage = world.stages.find(({ name }) => /^\p{Lu}\p{Ll}+$/u.test(name))
  if (stage !== undefined) offered.stage = stage.name
  return offered
}

/** The template with its braces filled; undefined where the workspace has nothing for one. */
export function fill(template: string, offered: Offered): string | undefined {
  let isWhole = true
  const text = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = offered[name]
    if (value === undefined) isWhole = false
    return value ?? ''
  })
  return isWhole ? text : undefined
}

/** Questions that this workspace's records can answer, family by family. */
export function examplesOf(world: World, offered: Offered): Example[] {
  const has = (entity: EntityName) => (world.counts[entity] ?? 0) > 0
  return vocabularyOf(world.language).examples.flatMap(({ family, entity, needs, question }: ExampleTemplate) => {
    const filled = fill(question, offered)
    return filled === undefined || !has(entity) || (needs !== undefined && !has(needs)) ? [] : [{ family, entity, question: filled }]
  })
}

const shown = 3

/** The examples nearest to a question that was not understood: of the records it names, with words it uses; of different families. */
export function nearestExamples(examples: readonly Example[], question: string, language: Language): string[] {
  const words = new Set(wordsOf(question).map(({ norm }) => norm))
  const entities = namedEntities([...words], language)
  const scored = examples.map((example, index) => {
    const shared = wordsOf(example.question).filter(({ norm }) => words.has(norm) && norm.length > 3).length
    return { example, index, score: (entities.has(example.entity) ? 2 : 0) + shared }
  })
  scored.sort((a, b) => b.score - a.score || a.index - b.index)
  const chosen: Example[] = []
  for (const { example } of scored) if (chosen.length < shown && !chosen.some(({ family }) => family === example.family)) chosen.push(example)
  return chosen.map(({ question: text }) => text)
}

/** Questions that could be asked instead of one. */
export async function examplesFor(tx: Transaction, question: string, language: Language, known?: World): Promise<string[]> {
  const world = known ?? (await loadWorld(tx, { phrases: [], beginnings: [], words: [] }, language))
  return nearestExamples(examplesOf(world, await loadOffered(tx, world)), question, language)
}
