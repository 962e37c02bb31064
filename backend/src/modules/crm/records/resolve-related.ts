import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities, entityBySingular } from '#contracts/entities.ts'
import { distinctTexts, type PendingRecord } from './pending-record.ts'

/** Looked through in this order when a file gives an external id without its type. */
const likelyEntities: readonly EntityName[] = ['contacts', 'organisations', 'opportunities', 'leads', 'orders', 'products']

/** Finds the record that a task, event, note or e-mail is about; an e-mail without one is attached to the contact it was exchanged with. */
export async function resolveRelated(tx: Transaction, entity: EntityName, records: readonly PendingRecord[]): Promise<void> {
  await resolveExternalIds(tx, records)
  await checkRelatedIds(tx, records)
  if (entity === 'emails') await attachToContacts(tx, records)
}

async function resolveExternalIds(tx: Transaction, records: readonly PendingRecord[]): Promise<void> {
  const externalIds = distinctTexts(records, 'related_external_id')
  if (externalIds.length === 0) return
  const found = new Map<string, { singular: string; id: string }>()
  for (const name of likelyEntities) {
    const column = sql.identifier(name === 'orders' ? 'order_number' : 'external_id')
    const rows = await tx.query<{ key: string; id: string }>(sql`
      select ${column} as key, id from ${sql.identifier(entities[name].table)}
      where workspace_id = ${tx.workspaceId} and ${column} = any(${sql.param(externalIds)}::text[]) and deleted_at is null`)
    const { singular } = entities[name]
    for (const { key, id } of rows) {
      found.set(`${singular}\n${key}`, { singular, id })
      if (!found.has(`\n${key}`)) found.set(`\n${key}`, { singular, id })
    }
  }
  for (const { values, errors } of records) {
    const externalId = values.related_external_id
    if (typeof externalId !== 'string') continue
    const type = typeof values.related_type === 'string' ? values.related_type : ''
    const target = found.get(`${type}\n${externalId}`)
    if (target === undefined)
      errors.push({
        field: 'related_external_id',
        message: `There is no ${type === '' ? 'record' : type} with the external id "${externalId}". Import it first, or leave this column empty.`,
      })
    else Object.assign(values, { related_type: target.singular, related_id: target.id })
  }
}

async function checkRelatedIds(tx: Transaction, records: readonly PendingRecord[]): Promise<void> {
  const direct = records.filter(
    ({ values, errors }) => typeof values.related_id === 'string' && typeof values.related_external_id !== 'string' && errors.length === 0,
  )
  for (const record of direct) {
    if (typeof record.values.related_type !== 'string')
      record.errors.push({ field: 'related_type', message: 'Related type must be given with a related record.' })
  }
  for (const type of distinctTexts(direct, 'related_type')) {
    const target = entityBySingular(type)
    if (target === undefined) continue
    const ofType = direct.filter(({ values }) => values.related_type === type)
    const ids = [...new Set(ofType.map(({ values }) => values.related_id as string))]
    const rows = await tx.query<{ id: string }>(
      sql`select id from ${sql.identifier(target.table)} where workspace_id = ${tx.workspaceId} and id = any(${sql.param(ids)}::uuid[]) and deleted_at is null`,
    )
    const known = new Set(rows.map(({ id }) => id))
    for (const { values, errors } of ofType)
      if (!known.has(values.related_id as string)) errors.push({ field: 'related_id', message: `There is no ${type} with this id.` })
  }
}

async function attachToContacts(tx: Transaction, records: readonly PendingRecord[]): Promise<void> {
  const loose = records.filter(({ values }) => typeof values.related_id !== 'string' && values.related_id !== null)
  const addresses = (values: PendingRecord['values']): string[] => {
    const from = typeof values.from === 'string' ? [values.from] : []
    const to = Array.isArray(values.to) ? (values.to as string[]) : []
    return (values.direction === 'outbound' ? [...to, ...from] : [...from, ...to]).map((address) => address.toLowerCase())
  }
  const wanted = [...new Set(loose.flatMap(({ values }) => addresses(values)))]
  if (wanted.length === 0) return
  const rows = await tx.query<{ key: string; id: string }>(sql`
    select email_key as key, id from contacts where workspace_id = ${tx.workspaceId} and email_key = any(${sql.param(wanted)}::text[]) and deleted_at is null order by id desc`)
  const contacts = new Map(rows.map(({ key, id }) => [key, id]))
  for (const { values } of loose) {
    const address = addresses(values).find((candidate) => contacts.has(candidate))
    if (address !== undefined) Object.assign(values, { related_type: 'contact', related_id: contacts.get(address) })
  }
}
