import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations } from '../../../../test/operations.ts'
import { createCrmQuestions } from '../crm-questions.service.ts'
import { createRecordsService } from './records.service.ts'
import { createTimelineService } from './timeline.service.ts'

let space: TestWorkspace
let records: ReturnType<typeof createRecordsService>
let timeline: ReturnType<typeof createTimelineService>
let questions: ReturnType<typeof createCrmQuestions>

beforeAll(async () => {
  space = await createTestWorkspace({ currency: 'EUR' })
  const clock = createClock()
  const { operations } = createTestOperations(space.database)
  records = createRecordsService({ operations, clock })
  timeline = createTimelineService({ operations })
  questions = createCrmQuestions({ operations, clock })
})

const create = (entity: Parameters<typeof records.createRecord>[1], values: Record<string, unknown>) => records.createRecord(space.actor, entity, values)

describe('a quote', () => {
  it('names its deal, customer and lines, and has the currency of the workspace', async () => {
    const deal = await create('opportunities', { name: 'Hall roof', external_id: 'D-77', value: '10' })
    const product = await create('products', { sku: 'TILE-1', name: 'Tile' })
    const quote = await create('quotes', {
      name: 'Roof, first offer',
      quote_number: 'Q-2026-01',
      opportunity: 'D-77',
      organisation: 'Roofs Ltd',
      contact_email: 'ann@roofs.example',
      total: '1200.50',
      tax: '200.50',
      discount: 2.5,
      expiration_date: '2026-05-01',
    })
    expect(quote).toMatchObject({
      opportunity: 'Hall roof',
      opportunity_id: deal.id,
      organisation: 'Roofs Ltd',
      contact: 'ann@roofs.example',
      total: '1200.50',
      discount: 2.5,
      currency: 'EUR',
      expiration_date: '2026-05-01',
    })
    const line = await create('quote_lines', { quote: 'Q-2026-01', product: 'TILE-1', quantity: 120, unit_price: '10' })
    expect(line).toMatchObject({ quote_id: quote.id, quote: 'Roof, first offer', product_id: product.id, product: 'Tile', currency: 'EUR', quantity: 120 })
    const found = (q: string) =>
      questions.search(space.actor, { q, limit: 10 }).then((hits) => hits.filter(({ entity }) => entity === 'quote').map(({ id }) => id))
    expect(await found('Q-2026-01')).toEqual([quote.id])
    expect(await found('roof first offer')).toEqual([quote.id])
    expect(await found('Roofs Ltd')).toEqual([quote.id])
    const told = await timeline.listTimeline(space.actor, 'opportunities', deal.id, 20)
    expect(told).toContainEqual(expect.objectContaining({ kind: 'quote', id: quote.id, detail: '1200.5 EUR' }))
  })

  it('keeps its history, and comes back after it was deleted', async () => {
    const quote = await create('quotes', { name: 'Floor', status: 'Draft' })
    await records.updateRecord(space.actor, 'quotes', quote.id, { status: 'Sent', total: '5' })
    const changes = (await timeline.listHistory(space.actor, 'quotes', quote.id, 20)).map(({ field, newValue }) => [field, newValue])
    expect(changes).toEqual(expect.arrayContaining([['status', 'Sent']]))
    await records.deleteRecord(space.actor, 'quotes', quote.id)
    await expect(records.getRecord(space.actor, 'quotes', quote.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await records.restoreRecord(space.actor, 'quotes', quote.id)).toMatchObject({ status: 'Sent', currency: 'EUR' })
  })

  it('is no order: what was offered is no revenue', async () => {
    await create('products', { sku: 'ROPE', name: 'Rope' })
    const quote = await create('quotes', { name: 'Rope offer', organisation: 'Ships Ltd', total: '999' })
    await create('quote_lines', { quote_id: quote.id, product: 'ROPE', quantity: 3, total: '999' })
    for (const entity of ['orders', 'order_lines'] as const)
      expect((await questions.query(space.actor, { entity, measures: [{ fn: 'count' }] })).rows, entity).toEqual([expect.objectContaining({ count: 0 })])
    const buyers = await questions.query(space.actor, {
      entity: 'organisations',
      filter: { relation: 'order_lines', where: { field: 'product', op: 'isNotEmpty' } },
    })
    expect(buyers.rows).toEqual([])
  })

  it('says what is missing, unknown or there twice', async () => {
    await expect(create('quotes', { status: 'Draft' })).rejects.toMatchObject({ code: 'VALIDATION', details: [{ field: 'name' }] })
    await expect(create('quotes', { name: 'X', opportunity: 'Nobody knows it' })).rejects.toMatchObject({
      details: [{ field: 'opportunity', message: 'There is no opportunity "Nobody knows it". Import it first.' }],
    })
    await expect(create('quote_lines', { quantity: 1 })).rejects.toMatchObject({ code: 'VALIDATION', details: [{ field: 'quote' }] })
    await create('quotes', { name: 'Twin' })
    await create('quotes', { name: 'Twin' })
    await expect(create('quote_lines', { quote: 'Twin', quantity: 1 })).rejects.toMatchObject({
      details: [{ field: 'quote', message: expect.stringContaining('2 times') }],
    })
    const line = await create('quote_lines', { quote: 'Roof, first offer', quantity: 1 })
    await expect(records.updateRecord(space.actor, 'quote_lines', line.id, { quote_id: null })).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})
