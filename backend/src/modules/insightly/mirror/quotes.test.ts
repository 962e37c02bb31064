import { tmpdir } from 'node:os'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createImportService, createRecordsService, mergeChange } from '#backend/modules/crm/index.ts'
import { createTestOperations } from '../../../../test/operations.ts'
import { followHints, hintsIn, keepHints } from './hints.ts'
import { createTestMirror, type TestMirror } from './mirror.testing.ts'
import { writeAsMirror } from './mirror-actor.ts'

type Row = Record<string, unknown>

const opened: TestMirror[] = []
afterEach(async () => {
  for (const mirror of opened.splice(0)) await mirror.close()
})

async function open(options: Parameters<typeof createTestMirror>[0] = {}): Promise<TestMirror> {
  const mirror = await createTestMirror(options)
  opened.push(mirror)
  return mirror
}

const day = (value: unknown) => (typeof value === 'string' ? value.slice(0, 10) : null)
const reference = (entity: string, column: string) =>
  `(select r.insightly_id::int from insightly_records r where r.workspace_id = t.workspace_id and r.entity = '${entity}' and r.record_id = t.${column})`

async function quotesThere(mirror: TestMirror): Promise<Row[]> {
  return (await mirror.dump<Row>('Quotation')).map((row) => ({
    external_id: String(row.QUOTE_ID),
    name: row.QUOTATION_NAME,
    quote_number: row.QUOTATION_NUMBER,
    status: row.QUOTE_STATUS,
    opportunity: row.OPPORTUNITY_ID,
    organisation: row.ORGANISATION_ID,
    contact: row.CONTACT_ID,
    owner: row.OWNER_USER_ID,
    expiration_date: day(row.QUOTATION_EXPIRATION_DATE),
    currency: row.QUOTATION_CURRENCY_CODE,
    subtotal: row.SUBTOTAL,
    discount: row.DISCOUNT,
    tax: row.TAX,
    shipping: row.SHIPPING_HANDLING,
    total: row.GRAND_TOTAL,
    street: row.ADDRESS_BILLING_STREET,
  }))
}

async function quotesHere({ workspace }: TestMirror): Promise<Row[]> {
  return workspace.gold<Row>(`
    select external_id, name, quote_number, status, ${reference('opportunities', 'opportunity_id')} as opportunity, ${reference('organisations', 'organisation_id')} as organisation,
      ${reference('contacts', 'contact_id')} as contact, ${reference('users', 'owner_id')} as owner, expiration_date::text, currency, subtotal::float8 as subtotal,
      discount::float8 as discount, tax::float8 as tax, shipping::float8 as shipping, total::float8 as total, custom ->> 'address_billing_street' as street
    from quotes t where workspace_id = $1 and deleted_at is null order by external_id::bigint`)
}

async function linesThere(mirror: TestMirror): Promise<Row[]> {
  const products = new Map((await mirror.dump<Row>('PricebookEntry')).map((row) => [row.PRICEBOOK_ENTRY_ID, row.PRODUCT_ID]))
  return (await mirror.dump<Row>('QuotationLineItem')).map((row) => ({
    external_id: String(row.QUOTATION_ITEM_ID),
    quote: row.QUOTE_ID,
    product: products.get(row.PRICEBOOK_ENTRY_ID) ?? null,
    description: row.DESCRIPTION,
    position: row.SORT_ORDER,
    quantity: row.QUANTITY,
    list_price: row.LIST_PRICE,
    unit_price: row.UNIT_PRICE,
    discount: row.DISCOUNT,
    total: row.TOTAL_PRICE,
    currency: row.CURRENCY_CODE,
  }))
}

async function linesHere({ workspace }: TestMirror): Promise<Row[]> {
  return workspace.gold<Row>(`
    select external_id, ${reference('quotes', 'quote_id')} as quote, ${reference('products', 'product_id')} as product, description, position, quantity::float8 as quantity,
      list_price::float8 as list_price, unit_price::float8 as unit_price, discount::float8 as discount, total::float8 as total, currency
    from quote_lines t where workspace_id = $1 and deleted_at is null order by external_id::bigint`)
}

async function expectSame(mirror: TestMirror): Promise<void> {
  expect(await quotesHere(mirror)).toEqual(await quotesThere(mirror))
  expect(await linesHere(mirror)).toEqual(await linesThere(mirror))
}

/** One quote of the stand-in with two lines. */
async function aQuote(mirror: TestMirror): Promise<{ quote: Row; line: Row }> {
  const [quote] = await mirror.dump<Row>('Quotation')
  const line = (await mirror.dump<Row>('QuotationLineItem')).find((row) => row.QUOTE_ID === quote?.QUOTE_ID)
  return { quote: quote as Row, line: line as Row }
}

function services({ workspace }: TestMirror) {
  const clock = createClock()
  const { operations } = createTestOperations(workspace.database)
  const records = createRecordsService({ operations, clock })
  const imports = createImportService({ database: workspace.database, operations, clock, folder: tmpdir(), logger: { error: () => undefined } })
  return { records, imports }
}

describe('quotes', () => {
  it('are copied field by field, with their lines and the products that price books name', async () => {
    const mirror = await open({ records: 600 })
    const { outcome, run } = await mirror.run('full')
    expect({ outcome, error: run.error }).toEqual({ outcome: 'done', error: null })
    await expectSame(mirror)
    const there = await quotesThere(mirror)
    expect(there).toHaveLength(30)
    // A comparison of nothing with nothing would prove nothing.
    for (const name of ['opportunity', 'organisation', 'contact', 'owner'])
      expect(there.filter((quote) => quote[name] !== null).length, name).toBeGreaterThan(there.length / 2)
    expect((await linesHere(mirror)).filter(({ product }) => product !== null)).toHaveLength(60)
    const search = await mirror.workspace.gold<{ n: number }>(
      `select count(*)::int as n from search_documents where workspace_id = $1 and entity = 'quotes' and 'q000003' = any(terms)`,
    )
    expect(search).toEqual([{ n: 1 }])
  })

  it('follow what is changed, made and deleted there', async () => {
    const mirror = await open({ records: 200 })
    await mirror.run('full')
    const { quote, line } = await aQuote(mirror)
    const opportunity = quote.OPPORTUNITY_ID
    await mirror.asOther('PUT', 'Quotation', { QUOTE_ID: quote.QUOTE_ID, QUOTE_STATUS: 'Accepted', SHIPPING_HANDLING: 12.5 })
    const made = await mirror.asOther('POST', 'Quotation', { QUOTATION_NAME: 'Brand new', OPPORTUNITY_ID: opportunity, QUOTE_STATUS: 'Draft' })
    await mirror.asOther('POST', `Quotation/${made.QUOTE_ID}/QuotationLineItem`, {
      PRICEBOOK_ENTRY_ID: line.PRICEBOOK_ENTRY_ID,
      UNIT_PRICE: 99.95,
      QUANTITY: 2.5,
    })
    expect(await mirror.run('incremental')).toMatchObject({ outcome: 'done' })
    await expectSame(mirror)
    expect(await quotesHere(mirror)).toContainEqual(expect.objectContaining({ name: 'Brand new', total: 249.88, status: 'Draft' }))

    await mirror.asOther('DELETE', `Quotation/${quote.QUOTE_ID}/QuotationLineItem/${line.QUOTATION_ITEM_ID}`)
    await mirror.asOther('DELETE', `Quotation/${made.QUOTE_ID}`)
    await mirror.run('incremental')
    expect(await mirror.run('reconcile')).toMatchObject({ outcome: 'done' })
    expect((await quotesHere(mirror)).map(({ name }) => name)).not.toContain('Brand new')
    expect(await quotesHere(mirror)).toEqual(await quotesThere(mirror))
    expect((await linesHere(mirror)).map(({ external_id }) => external_id)).not.toContain(String(line.QUOTATION_ITEM_ID))
  })

  it('know the product of an entry that was made since', async () => {
    const mirror = await open({ records: 100 })
    await mirror.run('full')
    const { quote } = await aQuote(mirror)
    const product = await mirror.asOther('POST', 'Product', { PRODUCT_NAME: 'Novelty', DEFAULT_PRICE: 7, ACTIVE: true })
    const entry = await mirror.asOther('POST', `Product/${product.PRODUCT_ID}/PricebookEntry`, { PRICEBOOK_ID: 51_001, PRICE: 7 })
    await mirror.asOther('POST', `Quotation/${quote.QUOTE_ID}/QuotationLineItem`, { PRICEBOOK_ENTRY_ID: entry.PRICEBOOK_ENTRY_ID, UNIT_PRICE: 7, QUANTITY: 1 })
    await mirror.run('incremental')
    await expectSame(mirror)
    expect((await linesHere(mirror)).map(({ product: known }) => known)).toContain(product.PRODUCT_ID)
  })

  it('are fetched when a workflow names one', async () => {
    const mirror = await open({ records: 100 })
    await mirror.run('full')
    const { quote } = await aQuote(mirror)
    await mirror.asOther('PUT', 'Quotation', { QUOTE_ID: quote.QUOTE_ID, QUOTATION_NAME: 'Told by a workflow' })
    const { database, workspaceId } = mirror.workspace
    await writeAsMirror(database, workspaceId, (tx) => keepHints(tx, hintsIn({ entity: { QUOTE_ID: quote.QUOTE_ID } })))
    await followHints({ database, workspaceId, client: mirror.client, clock: createClock(), signal: new AbortController().signal })
    expect((await quotesHere(mirror)).map(({ name }) => name)).toContain('Told by a workflow')
  })

  it('come with a comparison where the workspace was copied before there were quotes, and are followed from then on', async () => {
    const mirror = await open({ records: 100 })
    await mirror.run('full')
    for (const table of ['quote_lines', 'quotes']) await mirror.workspace.gold(`delete from ${table} where workspace_id = $1`)
    await mirror.workspace.gold(`delete from insightly_records where workspace_id = $1 and entity in ('quotes', 'quote_lines')`)
    await mirror.workspace.gold(`delete from insightly_cursors where workspace_id = $1 and object in ('quotes', 'quote_lines')`)
    expect(await mirror.run('reconcile')).toMatchObject({ outcome: 'done' })
    await expectSame(mirror)
    const { quote } = await aQuote(mirror)
    await mirror.asOther('PUT', 'Quotation', { QUOTE_ID: quote.QUOTE_ID, QUOTE_STATUS: 'Declined', QUOTATION_NAME: 'Changed since' })
    await mirror.run('incremental')
    await expectSame(mirror)
  })
})

describe('quotes of a mirrored workspace', () => {
  it('are changed in Insightly, and whoever tries it here is told so', async () => {
    const mirror = await open({ records: 100 })
    await mirror.run('full')
    const { actor } = mirror.workspace
    const { records, imports } = services(mirror)
    const [{ id }] = (await mirror.workspace.gold<{ id: string }>('select id from quotes where workspace_id = $1 and deleted_at is null limit 1')) as [
      { id: string },
    ]
    const before = await quotesHere(mirror)
    const refused = {
      code: 'CONFLICT',
      message: expect.stringMatching(/come from Insightly and are only read here, so nothing was changed\. Change them in Insightly/),
    }
    await expect(records.createRecord(actor, 'quotes', { name: 'Ours' })).rejects.toMatchObject(refused)
    await expect(records.updateRecord(actor, 'quotes', id, { status: 'Accepted' })).rejects.toMatchObject(refused)
    await expect(records.deleteRecord(actor, 'quotes', id)).rejects.toMatchObject(refused)
    await expect(records.createRecord(actor, 'quote_lines', { quote_id: id, quantity: 1 })).rejects.toMatchObject(refused)
    const imported = await imports.importFile(actor, Readable.from([Buffer.from('name\nOurs\n')]), { entity: 'quotes' }).catch((error: unknown) => error)
    expect(JSON.stringify(imported) + String((imported as Error).message)).toContain('come from Insightly')
    expect(await quotesHere(mirror)).toEqual(before)
    expect(await mirror.workspace.gold(`select entity from insightly_outbox where workspace_id = $1`)).toEqual([])
  })

  it('are our own where the plan has none', async () => {
    const mirror = await open({ records: 50, settings: { plan: 'professional' } })
    await mirror.run('full')
    const { actor } = mirror.workspace
    const { records } = services(mirror)
    const quote = await records.createRecord(actor, 'quotes', { name: 'Ours', total: '10' })
    expect(await records.updateRecord(actor, 'quotes', quote.id, { status: 'Sent' })).toMatchObject({ name: 'Ours', status: 'Sent', currency: 'USD' })
  })

  it('go with their customer when two are made one here', async () => {
    const mirror = await open({ records: 200 })
    await mirror.run('full')
    const { actor, database } = mirror.workspace
    const [quote] = await mirror.workspace.gold<{ id: string; organisation: string }>(
      'select id, organisation_id as organisation from quotes where workspace_id = $1 and organisation_id is not null and deleted_at is null limit 1',
    )
    const merged = quote?.organisation as string
    const [kept] = await mirror.workspace.gold<{ id: string }>('select id from organisations where workspace_id = $1 and id <> $2 limit 1', [
      mirror.workspace.workspaceId,
      merged,
    ])
    const change = { entity: 'organisations' as const, keepId: kept?.id as string, mergeIds: [merged] }
    await database.transaction(actor, (tx) => mergeChange.apply(tx, change, { id: newId(), now: new Date() } as Parameters<typeof mergeChange.apply>[2]))
    const { records } = services(mirror)
    expect(await records.getRecord(actor, 'quotes', quote?.id as string)).toMatchObject({ organisation_id: kept?.id })
  })
})
