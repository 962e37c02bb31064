import pg from 'pg'
import { expect } from 'vitest'
import type { FakeProcess, Row } from './insightly-fake.ts'

const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
const instant = (value: unknown) => (typeof value === 'string' && !value.startsWith('000') ? new Date(`${value.replace(' ', 'T')}Z`).toISOString() : null)
const day = (value: unknown) => instant(value)?.slice(0, 10) ?? null
const id = (value: unknown) => (typeof value === 'number' && value > 0 ? String(value) : null)
const tags = (row: Row) => ((row.TAGS ?? []) as { TAG_NAME: string }[]).map(({ TAG_NAME }) => TAG_NAME).sort()
const times = (row: Row) => ({ created_at: instant(row.DATE_CREATED_UTC), updated_at: instant(row.DATE_UPDATED_UTC) })
const priorities = ['low', 'normal', 'high']
const titleCase = (words: string) => words.toLowerCase().replace(/\b[a-z]/g, (letter) => letter.toUpperCase())

/** What an activity is about: of its links the one that leads closest to a deal. */
function related(row: Row): string | null {
  const names = ((row.LINKS ?? []) as Row[]).map(({ LINK_OBJECT_NAME: name, LINK_OBJECT_ID: number }) => `${String(name).toLowerCase()} ${number}`)
  for (const kind of ['opportunity', 'lead', 'contact', 'organisation']) {
    const found = names.find((name) => name.startsWith(`${kind} `))
    if (found !== undefined) return found
  }
  return null
}

interface Copy {
  collection: string
  idField: string
  /** Select list over the table `t`; `about` of an activity is added. */
  columns: string
  there(row: Row, lists: { leadStatuses: Map<unknown, unknown>; leadSources: Map<unknown, unknown>; products: Map<unknown, unknown> }): Row
}

/** What was another record's id here is Insightly's number of it, so that both sides speak of the same. */
const number = (entity: string, column: string) =>
  `(select r.insightly_id::text from insightly_records r where r.workspace_id = t.workspace_id and r.entity = '${entity}' and r.record_id = t.${column})`
const about = `case when t.related_type is null then null else t.related_type || ' ' || (select r.insightly_id::text from insightly_records r
  where r.workspace_id = t.workspace_id and r.record_id = t.related_id and r.entity in ('contacts', 'organisations', 'leads', 'opportunities')) end as about`
const owner = `${number('users', 'owner_id')} as owner`

/** Kinds of records with the fields that are compared, worked out from what Insightly documents and not from our mapping. */
const copies: Record<string, Copy> = {
  contacts: {
    collection: 'Contacts',
    idField: 'CONTACT_ID',
    columns: `first_name, last_name, email, phone, mobile, title, street, city, state, postcode, country, date_of_birth::text, tags, custom ->> 'background' as background,
      ${number('organisations', 'organisation_id')} as organisation, ${owner}`,
    there: (row) => ({
      first_name: text(row.FIRST_NAME),
      last_name: text(row.LAST_NAME),
      email: text(row.EMAIL_ADDRESS),
      phone: text(row.PHONE),
      mobile: text(row.PHONE_MOBILE),
      title: text(row.TITLE),
      street: text(row.ADDRESS_MAIL_STREET),
      city: text(row.ADDRESS_MAIL_CITY),
      state: text(row.ADDRESS_MAIL_STATE),
      postcode: text(row.ADDRESS_MAIL_POSTCODE),
      country: text(row.ADDRESS_MAIL_COUNTRY),
      date_of_birth: day(row.DATE_OF_BIRTH),
      background: text(row.BACKGROUND),
      organisation: id(row.ORGANISATION_ID),
      owner: id(row.OWNER_USER_ID),
      tags: tags(row),
    }),
  },
  organisations: {
    collection: 'Organisations',
    idField: 'ORGANISATION_ID',
    columns: `name, phone, city, state, country, domain, custom ->> 'website' as website, tags, ${owner}`,
    there: (row) => ({
      name: text(row.ORGANISATION_NAME) ?? '(no name)',
      phone: text(row.PHONE),
      city: text(row.ADDRESS_BILLING_CITY),
      state: text(row.ADDRESS_BILLING_STATE),
      country: text(row.ADDRESS_BILLING_COUNTRY),
      domain:
        text((row.EMAILDOMAINS as Row[])[0]?.EMAIL_DOMAIN) ??
        text(row.WEBSITE)
          ?.replace(/^https?:\/\/(www\.)?/, '')
          .replace(/\/.*$/, '') ??
        null,
      website: text(row.WEBSITE),
      owner: id(row.OWNER_USER_ID),
      tags: tags(row),
    }),
  },
  leads: {
    collection: 'Leads',
    idField: 'LEAD_ID',
    columns: `first_name, last_name, email, phone, title, organisation, industry, status, source, rating, city, country, converted_at, tags, ${owner}`,
    there: (row, { leadStatuses, leadSources }) => ({
      first_name: text(row.FIRST_NAME),
      last_name: text(row.LAST_NAME),
      email: text(row.EMAIL),
      phone: text(row.PHONE),
      title: text(row.TITLE),
      organisation: text(row.ORGANISATION_NAME),
      industry: text(row.INDUSTRY),
      status: leadStatuses.get(row.LEAD_STATUS_ID) ?? null,
      source: leadSources.get(row.LEAD_SOURCE_ID) ?? null,
      rating: row.LEAD_RATING ?? null,
      city: text(row.ADDRESS_CITY),
      country: text(row.ADDRESS_COUNTRY),
      converted_at: instant(row.CONVERTED_DATE_UTC),
      owner: id(row.OWNER_USER_ID),
      tags: tags(row),
    }),
  },
  opportunities: {
    collection: 'Opportunities',
    idField: 'OPPORTUNITY_ID',
    columns: `name, state, value::float8 as value, currency, probability::float8 as probability, forecast_close_date::text, actual_close_date::text, tags,
      ${number('organisations', 'organisation_id')} as organisation, ${number('pipelines', 'pipeline_id')} as pipeline, ${number('stages', 'stage_id')} as stage,
      ${number('contacts', 'contact_id')} as contact, ${owner}`,
    there: (row) => ({
      name: text(row.OPPORTUNITY_NAME) ?? '(no name)',
      state: String(row.OPPORTUNITY_STATE).toLowerCase(),
      value: row.OPPORTUNITY_VALUE ?? null,
      currency: text(row.BID_CURRENCY),
      probability: row.PROBABILITY ?? null,
      forecast_close_date: day(row.FORECAST_CLOSE_DATE),
      actual_close_date: day(row.ACTUAL_CLOSE_DATE),
      organisation: id(row.ORGANISATION_ID),
      pipeline: id(row.PIPELINE_ID),
      stage: id(row.STAGE_ID),
      contact: id(((row.LINKS ?? []) as Row[]).find(({ LINK_OBJECT_NAME: name }) => name === 'Contact')?.LINK_OBJECT_ID),
      owner: id(row.OWNER_USER_ID),
      tags: tags(row),
    }),
  },
  tasks: {
    collection: 'Tasks',
    idField: 'TASK_ID',
    columns: `title, status, priority, due_at, completed_at, ${owner}, ${about}`,
    there: (row) => ({
      title: text(row.TITLE) ?? '(no title)',
      status: titleCase(String(row.STATUS)),
      priority: priorities[Number(row.PRIORITY) - 1] ?? null,
      due_at: instant(row.DUE_DATE),
      completed_at: row.COMPLETED === true ? instant(row.COMPLETED_DATE_UTC) : null,
      owner: id(row.RESPONSIBLE_USER_ID) ?? id(row.OWNER_USER_ID),
      about: related(row),
    }),
  },
  events: {
    collection: 'Events',
    idField: 'EVENT_ID',
    columns: `title, starts_at, ends_at, custom ->> 'location' as location, ${owner}, ${about}`,
    there: (row) => ({
      title: text(row.TITLE) ?? '(no title)',
      starts_at: instant(row.START_DATE_UTC),
      ends_at: instant(row.END_DATE_UTC),
      location: text(row.LOCATION),
      owner: id(row.OWNER_USER_ID),
      about: related(row),
    }),
  },
  notes: {
    collection: 'Notes',
    idField: 'NOTE_ID',
    columns: `title, body, ${number('users', 'author_id')} as author, ${about}`,
    there: (row) => ({ title: text(row.TITLE), body: text(row.BODY) ?? '', author: id(row.OWNER_USER_ID), about: related(row) }),
  },
  products: {
    collection: 'Product',
    idField: 'PRODUCT_ID',
    columns: 'sku, name, description, category, price::float8 as price, currency, active',
    there: (row) => ({
      sku: text(row.PRODUCT_SKU) ?? text(row.PRODUCT_CODE),
      name: text(row.PRODUCT_NAME),
      description: text(row.DESCRIPTION),
      category: text(row.PRODUCT_FAMILY),
      price: row.DEFAULT_PRICE ?? null,
      currency: text(row.CURRENCY_CODE),
      active: row.ACTIVE,
    }),
  },
  quotes: {
    collection: 'Quotation',
    idField: 'QUOTE_ID',
    columns: `name, quote_number, status, expiration_date::text, subtotal::float8 as subtotal, discount::float8 as discount, tax::float8 as tax,
      shipping::float8 as shipping, total::float8 as total, currency, custom ->> 'address_billing_city' as city, ${number('opportunities', 'opportunity_id')} as opportunity,
      ${number('organisations', 'organisation_id')} as organisation, ${number('contacts', 'contact_id')} as contact, ${owner}`,
    there: (row) => ({
      name: text(row.QUOTATION_NAME) ?? '(no name)',
      quote_number: text(row.QUOTATION_NUMBER),
      status: text(row.QUOTE_STATUS),
      expiration_date: day(row.QUOTATION_EXPIRATION_DATE),
      subtotal: row.SUBTOTAL ?? null,
      discount: row.DISCOUNT ?? null,
      tax: row.TAX ?? null,
      shipping: row.SHIPPING_HANDLING ?? null,
      total: row.GRAND_TOTAL ?? null,
      currency: text(row.QUOTATION_CURRENCY_CODE),
      city: text(row.ADDRESS_BILLING_CITY),
      opportunity: id(row.OPPORTUNITY_ID),
      organisation: id(row.ORGANISATION_ID),
      contact: id(row.CONTACT_ID),
      owner: id(row.OWNER_USER_ID),
    }),
  },
  quote_lines: {
    collection: 'QuotationLineItem',
    idField: 'QUOTATION_ITEM_ID',
    columns: `${number('quotes', 'quote_id')} as quote, ${number('products', 'product_id')} as product, description, position, quantity::float8 as quantity,
      list_price::float8 as list_price, unit_price::float8 as unit_price, subtotal::float8 as subtotal, discount::float8 as discount, total::float8 as total, currency`,
    there: (row, { products }) => ({
      quote: id(row.QUOTE_ID),
      product: id(products.get(row.PRICEBOOK_ENTRY_ID)),
      description: text(row.DESCRIPTION),
      position: row.SORT_ORDER ?? null,
      quantity: row.QUANTITY ?? null,
      list_price: row.LIST_PRICE ?? null,
      unit_price: row.UNIT_PRICE ?? null,
      subtotal: row.SUBTOTAL ?? null,
      discount: row.DISCOUNT ?? null,
      total: row.TOTAL_PRICE ?? null,
      currency: text(row.CURRENCY_CODE),
    }),
  },
}

/** Fails unless every record here is what Insightly has, field by field, and no other record is here. @returns how many were compared */
export async function expectExactCopy(fake: FakeProcess, databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  // Whoever kills the database ends this connection as well.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('set search_path to chatsg, public')
    const namesOf = async (collection: string, idField: string, name: string) =>
      new Map((await fake.dump(collection)).map((row) => [row[idField], row[name]] as const))
    const lists = {
      leadStatuses: await namesOf('LeadStatuses', 'LEAD_STATUS_ID', 'LEAD_STATUS'),
      leadSources: await namesOf('LeadSources', 'LEAD_SOURCE_ID', 'LEAD_SOURCE'),
      products: await namesOf('PricebookEntry', 'PRICEBOOK_ENTRY_ID', 'PRODUCT_ID'),
    }
    let compared = 0
    for (const [table, { collection, idField, columns, there }] of Object.entries(copies)) {
      const rows = await fake.dump(collection)
      const wanted = rows.map((row) => ({ external_id: String(row[idField]), ...there(row, lists), ...times(row) }))
      const { rows: found } = await client.query<Row>(
        `select external_id, ${columns}, created_at, updated_at from ${table} t where deleted_at is null order by external_id::bigint`,
      )
      expect(firstDifference(table, found.map(asJson), wanted)).toBeUndefined()
      compared += wanted.length
    }
    return compared
  } finally {
    await client.end()
  }
}

function asJson(row: Row): Row {
  const plain = Object.entries(row).map(([name, value]) => [
    name,
    value instanceof Date ? value.toISOString() : Array.isArray(value) ? [...value].sort() : value,
  ])
  return Object.fromEntries(plain) as Row
}

/** The first records that are not equal; thousands of equal ones would hide them. */
function firstDifference(table: string, here: readonly Row[], there: readonly Row[]): object | undefined {
  const byId = new Map(here.map((row) => [row.external_id, row]))
  for (const row of there) {
    const found = byId.get(row.external_id)
    const different = Object.keys(row).filter((name) => JSON.stringify(found?.[name]) !== JSON.stringify(row[name]))
    const pick = (from: Row | undefined) => from && Object.fromEntries(different.map((name) => [name, from[name]]))
    if (found === undefined || different.length > 0) return { table, id: row.external_id, here: pick(found) ?? 'missing', there: pick(row) }
  }
  if (here.length !== there.length || byId.size !== here.length) return { table, here: here.length, there: there.length }
  return undefined
}
