import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { arrayLiteral } from '#backend/kernel/array-literal.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { RecordValues } from './parse-record.ts'
import { distinctTexts, type PendingRecord, type ResolveOptions } from './pending-record.ts'
import { insertRecords } from './record-writer.ts'
import { resolveNamed } from './resolve-named.ts'
import { resolvePipelines } from './resolve-pipelines.ts'
import { resolveRelated } from './resolve-related.ts'
import { resolveUsers } from './resolve-users.ts'
import { checkVisibility } from './visibility.ts'

/**
 * Turns the names in these records (organisation, owner, pipeline, stage, contact e-mail, customer, quote, product, related record) into ids, in bulk.
 * The names of organisations stay beside their ids for the search index; records that cannot be resolved get an error.
 */
export async function resolveReferences(tx: Transaction, entity: EntityName, records: readonly PendingRecord[], options: ResolveOptions): Promise<void> {
  const { fields } = entities[entity]
  if (fields.owner !== undefined) await resolveUsers(tx, records, 'owner', 'owner_id', options)
  if (fields.author !== undefined) await resolveUsers(tx, records, 'author', 'author_id', options)
  if (fields.organisation?.type === 'reference' && !fields.organisation.computed) await resolveOrganisations(tx, records, options)
  if (entity === 'opportunities') {
    await resolvePipelines(tx, records, options)
    await resolveContacts(tx, records, options)
  }
  if (entity === 'quotes') await resolveContacts(tx, records, options)
  await resolveNamed(tx, entity, records)
  if (entity === 'orders') await resolveCustomers(tx, records, options)
  if (fields.related_type !== undefined) await resolveRelated(tx, entity, records)
  await checkIds(tx, entity, records)
  await checkVisibility(tx, entity, records)
}

async function resolveOrganisations(tx: Transaction, records: readonly PendingRecord[], options: ResolveOptions): Promise<void> {
  const names = distinctTexts(records, 'organisation')
  const ids = await findOrCreateOrganisations(tx, names, options, audiencesIn(records, 'organisation'))
  for (const record of records) {
    const { organisation } = record.values
    if (organisation === null) record.values.organisation_id = null
    if (typeof organisation !== 'string') continue
    const id = ids.get(fold(organisation))
    if (id !== undefined) record.values.organisation_id = id
    else
      record.errors.push({ field: 'organisation', message: `There is no organisation "${organisation}". Import it first, or let missing records be created.` })
  }
}

async function findOrCreateOrganisations(
  tx: Transaction,
  names: readonly string[],
  options: ResolveOptions,
  audience: (name: string) => RecordValues,
): Promise<Map<string, string>> {
  const ids = await findByLabel(tx, 'organisations', names)
  if (!options.createMissing) return ids
  const missing = new Map(names.filter((name) => !ids.has(fold(name))).map((name) => [fold(name), name]))
  const created = await insertRecords(
    tx,
    'organisations',
    [...missing.values()].map((name) => ({ name, ...audience(name) })),
    options,
  )
  ;[...missing.keys()].forEach((key, index) => {
    ids.set(key, created[index] as string)
  })
  return ids
}

/** Ids by folded label; the oldest record wins when several share it. */
async function findByLabel(tx: Transaction, entity: EntityName, labels: readonly string[]): Promise<Map<string, string>> {
  if (labels.length === 0) return new Map()
  const rows = await tx.query<{ norm: string; id: string }>(sql`
    select label_norm as norm, record_id as id from search_documents
    where workspace_id = ${tx.workspaceId} and entity = ${entity} and label_norm = any(${arrayLiteral(labels.map(fold))}::text[]) order by record_id desc`)
  return new Map(rows.map(({ norm, id }) => [norm, id]))
}

async function findContactsByEmail(tx: Transaction, emails: readonly string[]): Promise<Map<string, string>> {
  if (emails.length === 0) return new Map()
  const rows = await tx.query<{ key: string; id: string }>(sql`
    select email_key as key, id from contacts
    where workspace_id = ${tx.workspaceId} and email_key = any(${arrayLiteral(emails.map((email) => email.toLowerCase()))}::text[]) and deleted_at is null order by id desc`)
  return new Map(rows.map(({ key, id }) => [key, id]))
}

async function resolveContacts(tx: Transaction, records: readonly PendingRecord[], options: ResolveOptions): Promise<void> {
  const emails = distinctTexts(records, 'contact_email')
  const ids = await findContactsByEmail(tx, emails)
  if (options.createMissing) {
    const missing = emails.filter((email) => !ids.has(email.toLowerCase()) && email.includes('@'))
    const audienceOf = audiencesIn(records, 'contact_email')
    const created = await insertRecords(
      tx,
      'contacts',
      missing.map((email) => ({ email, ...organisationOf(records, email), ...audienceOf(email) })),
      options,
    )
    missing.forEach((email, index) => {
      ids.set(email.toLowerCase(), created[index] as string)
    })
  }
  for (const record of records) {
    const email = record.values.contact_email
    if (email === null) record.values.contact_id = null
    if (typeof email !== 'string') continue
    const id = ids.get(email.toLowerCase())
    if (id !== undefined) record.values.contact_id = id
    else
      record.errors.push({
        field: 'contact_email',
        message: `There is no contact with the e-mail "${email}". Import it first, or let missing records be created.`,
      })
  }
}

/** What only restricted records name is made as restricted as the first of them. */
function audiencesIn(records: readonly PendingRecord[], field: string): (text: string) => RecordValues {
  const found = new Map<string, RecordValues>()
  const isRestricted = ({ values }: PendingRecord) => typeof values.visibility === 'string' && values.visibility !== 'everyone'
  if (!records.some(isRestricted)) return () => ({})
  for (const record of records) {
    const text = record.values[field]
    if (typeof text !== 'string') continue
    const { visibility, owner_id } = record.values
    if (!isRestricted(record)) found.set(fold(text), {})
    else if (!found.has(fold(text))) found.set(fold(text), { visibility, ...(owner_id === undefined ? {} : { owner_id }) })
  }
  return (text) => found.get(fold(text)) ?? {}
}

/** A contact made from an opportunity belongs to that opportunity's organisation. */
function organisationOf(records: readonly PendingRecord[], email: string): RecordValues {
  const values = records.find((record) => record.values.contact_email === email)?.values
  return values?.organisation_id ? { organisation_id: values.organisation_id, organisation: values.organisation } : {}
}

interface Customer {
  contactId: string | null
  organisationId: string | null
  label: string
}

/** A customer is named by external id, e-mail or exact name, of a contact or an organisation. */
async function resolveCustomers(tx: Transaction, records: readonly PendingRecord[], options: ResolveOptions): Promise<void> {
  if (distinctTexts(records, 'customer').length === 0) return
  await refuseHiddenAddresses(tx, records)
  const names = distinctTexts(
    records.filter(({ errors }) => !errors.some(({ field }) => field === 'customer')),
    'customer',
  )
  if (names.length === 0) return
  const customers = await findCustomers(tx, names)
  if (options.createMissing) {
    const missing = names.filter((name) => !customers.has(name))
    const created = await insertRecords(
      tx,
      'contacts',
      missing.map((name) => (/^[^\s@]+@[^\s@]+$/.test(name) ? { email: name } : { last_name: name, external_id: name })),
      options,
    )
    missing.forEach((name, index) => {
      customers.set(name, { contactId: created[index] as string, organisationId: null, label: name })
    })
  }
  for (const record of records) {
    const name = record.values.customer
    if (typeof name !== 'string' || record.errors.some(({ field }) => field === 'customer')) continue
    const customer = customers.get(name)
    if (customer === undefined)
      record.errors.push({
        field: 'customer',
        message: `No contact or organisation has the external id or e-mail "${name}". Import it first, or let missing records be created.`,
      })
    else Object.assign(record.values, { customer: customer.label, contact_id: customer.contactId, organisation_id: customer.organisationId })
  }
}

/** Whose address it is would be told to somebody who does not see addresses. */
async function refuseHiddenAddresses(tx: Transaction, records: readonly PendingRecord[]): Promise<void> {
  if (!(await tx.hidden()).hides('contacts', 'email')) return
  for (const { values, errors } of records)
    if (typeof values.customer === 'string' && values.customer.includes('@'))
      errors.push({ field: 'customer', message: 'Addresses are not available to your role; give the name or the external id of the customer.' })
}

async function findCustomers(tx: Transaction, names: readonly string[]): Promise<Map<string, Customer>> {
  const given = sql.param([...names])
  const keys = sql.param(names.map((name) => name.toLowerCase()))
  const contacts = await tx.query<{
    id: string
    external_id: string | null
    email_key: string | null
    organisation_id: string | null
    label: string | null
  }>(sql`
    select id, external_id, email_key, organisation_id, coalesce(name, email, external_id) as label from contacts
    where workspace_id = ${tx.workspaceId} and deleted_at is null and (external_id = any(${given}::text[]) or email_key = any(${keys}::text[])) order by id desc`)
  const organisations = await tx.query<{ id: string; external_id: string | null; domain_key: string | null; name: string }>(sql`
    select id, external_id, domain_key, name from organisations
    where workspace_id = ${tx.workspaceId} and deleted_at is null and (external_id = any(${given}::text[]) or domain_key = any(${keys}::text[])) order by id desc`)
  const labelled = await tx.query<{ entity: string; norm: string; id: string; label: string; organisation_id: string | null }>(sql`
    select d.entity, d.label_norm as norm, d.record_id as id, d.label, c.organisation_id from search_documents d
    left join contacts c on d.entity = 'contacts' and c.workspace_id = d.workspace_id and c.id = d.record_id
    where d.workspace_id = ${tx.workspaceId} and d.entity in ('contacts', 'organisations') and d.label_norm = any(${sql.param(names.map(fold))}::text[]) order by d.entity, d.record_id desc`)
  const found = new Map<string, Customer>()
  for (const name of names) {
    const contact = contacts.find((row) => row.external_id === name) ?? undefined
    const organisation = organisations.find((row) => row.external_id === name)
    const byEmail = contacts.find((row) => row.email_key === name.toLowerCase())
    const byDomain = organisations.find((row) => row.domain_key === name.toLowerCase())
    const byLabel = labelled.findLast((row) => row.norm === fold(name))
    const person = contact ?? (organisation === undefined ? byEmail : undefined)
    const company = organisation ?? byDomain
    if (person !== undefined) found.set(name, { contactId: person.id, organisationId: person.organisation_id, label: person.label ?? name })
    else if (company !== undefined) found.set(name, { contactId: null, organisationId: company.id, label: company.name })
    else if (byLabel !== undefined)
      found.set(
        name,
        byLabel.entity === 'contacts'
          ? { contactId: byLabel.id, organisationId: byLabel.organisation_id, label: byLabel.label }
          : { contactId: null, organisationId: byLabel.id, label: byLabel.label },
      )
  }
  return found
}

/** Ids given directly must be records of this workspace. */
async function checkIds(tx: Transaction, entity: EntityName, records: readonly PendingRecord[]): Promise<void> {
  for (const [name, field] of Object.entries(entities[entity].fields)) {
    if (field.type !== 'reference' || field.entity === undefined || field.column === undefined) continue
    const column = field.column
    const direct = records.filter(({ values }) => typeof values[column] === 'string' && values[name] === undefined)
    const ids = [...new Set(direct.map(({ values }) => values[column] as string))]
    if (ids.length === 0) continue
    const table = sql.identifier(entities[field.entity].table)
    const alive = field.entity === 'users' ? sql`` : sql`and deleted_at is null`
    const rows = await tx.query<{ id: string }>(
      sql`select id from ${table} where workspace_id = ${tx.workspaceId} and id = any(${arrayLiteral(ids)}::uuid[]) ${alive}`,
    )
    const known = new Set(rows.map(({ id }) => id))
    for (const record of direct) {
      if (!known.has(record.values[column] as string) && !record.errors.some((error) => error.field === column))
        record.errors.push({ field: column, message: `There is no ${entities[field.entity].singular} with this id.` })
    }
  }
}
