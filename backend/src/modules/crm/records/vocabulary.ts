import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { RecordValues } from './parse-record.ts'
import { type Audience, audiencesOf } from './visibility.ts'

/** Days are asked about as times, not as words. */
const datePattern = /^\d{4}-\d{2}-\d{2}$/

/** The words of one audience's records, and their tags. */
export interface Circle extends Audience {
  /** Values by field. */
  words: Map<string, Set<string>>
  tags: Set<string>
}

/**
 * Adds the distinct values of these records' vocabulary fields and tags, so that a question may name them; those of restricted records
 * are kept apart for the people who see them.
 */
export async function addVocabulary(tx: Transaction, entity: EntityName, records: readonly RecordValues[]): Promise<void> {
  await writeVocabulary(tx, entity, await collectVocabulary(tx, entity, records))
}

/** What `addVocabulary` is to write; a bulk load works it out while the database is busy with something else. */
export async function collectVocabulary(tx: Transaction, entity: EntityName, records: readonly RecordValues[]): Promise<readonly Circle[]> {
  const fields = Object.entries(entities[entity].fields).filter(([, field]) => field.vocabulary)
  if (fields.length === 0 && records.every((record) => record.custom === undefined)) return []
  const audiences = await audiencesOf(tx, entity, records)
  const circles = new Map<string, Circle>()
  records.forEach((values, index) => {
    const { words, tags } = circleOf(circles, audiences[index] as Audience)
    const add = (field: string, value: unknown) => {
      if (typeof value === 'string' && value !== '' && value.length <= 200) {
        const known = words.get(field)
        if (known === undefined) words.set(field, new Set([value]))
        else known.add(value)
      } else if (Array.isArray(value)) for (const item of value) add(field, item)
    }
    for (const [name, field] of fields) {
      add(name, values[name])
      if (field.type === 'tags' && Array.isArray(values[name])) for (const tag of values[name]) tags.add(tag as string)
    }
    const { custom } = values
    for (const key in custom) {
      const value = custom[key]
      if (typeof value !== 'string' || !datePattern.test(value)) add(`custom.${key}`, value)
    }
  })
  return [...circles.values()]
}

/** Writes what was collected. */
export async function writeVocabulary(tx: Transaction, entity: EntityName, circles: readonly Circle[]): Promise<void> {
  // The words come first: whoever may see an unlisted tag is known by them.
  await addWords(tx, entity, circles)
  for (const { visibility, tags } of circles) await addTags(tx, tags, visibility === 'everyone')
}

function circleOf(circles: Map<string, Circle>, { visibility, ownerId }: Audience): Circle {
  const key = ownerId === null ? visibility : `${visibility} ${ownerId}`
  let circle = circles.get(key)
  if (circle === undefined) {
    circle = { visibility, ownerId, words: new Map(), tags: new Set() }
    circles.set(key, circle)
  }
  return circle
}

async function addWords(tx: Transaction, entity: EntityName, circles: readonly Circle[]): Promise<void> {
  const words = circles.flatMap(({ visibility, ownerId, words: own }) =>
    [...own].flatMap(([field, values]) => [...values].map((value) => ({ field, value, visibility, ownerId }))),
  )
  if (words.length === 0) return
  // Sorted, so that two writers take the rows' locks in one order.
  const rows = words.sort((a, b) => (a.field + a.value < b.field + b.value ? -1 : 1)).map((word) => ({ ...word, norm: fold(word.value) }))
  const column = (key: keyof (typeof rows)[number]) => sql.param(rows.map((row) => row[key]))
  await tx.query(sql`
    insert into field_values (workspace_id, entity, field, value, norm, visibility, owner_id)
    select ${tx.workspaceId}, ${entity}, field, value, norm, visibility, owner_id
    from unnest(${column('field')}::text[], ${column('value')}::text[], ${column('norm')}::text[], ${column('visibility')}::text[], ${column('ownerId')}::uuid[])
      as x(field, value, norm, visibility, owner_id)
    on conflict do nothing`)
}

async function addTags(tx: Transaction, tags: ReadonlySet<string>, listed: boolean): Promise<void> {
  if (tags.size === 0) return
  const names = [...tags].sort()
  await tx.query(sql`
    insert into tags (workspace_id, id, name, listed)
    select ${tx.workspaceId}, id, name, ${listed} from unnest(${sql.param(names.map(() => newId()))}::uuid[], ${sql.param(names)}::text[]) as x(id, name)
    on conflict do nothing`)
  if (listed) await tx.query(sql`select list_tags(${sql.param(names)}::text[])`)
}
