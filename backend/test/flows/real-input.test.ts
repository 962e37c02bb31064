import { Decimal } from 'decimal.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChatAnswer } from '#contracts/chat.ts'
import type { ImportPreview, ImportResult } from '#contracts/import.ts'
import { createTestApp, type TestApp, testAdminKey } from '../app.ts'
import { figureOf, groupsOf, labelsOf, tableOf } from './real-input.answers.ts'
import { amountOf, countBy, findRealInput, monthOf, type OrderLine, ranking, readRealInput, total, withEnds } from './real-input.data.ts'

const suite = 'Questions about real CRM files'
const folder = findRealInput(suite)
const now = '2023-11-30T00:00:00Z'

if (folder === undefined && process.env.REQUIRE_ALL === '1') {
  it(suite, () => {
    throw new Error('The real CRM files are not on this machine; set CHATSG_SHARED to the folder that holds data/nl_query.')
  })
}

describe.skipIf(folder === undefined)(suite, () => {
  const input = readRealInput(folder)

  describe('customers, mails, events and tasks of a company', () => {
    let app: TestApp
    let client: Client

    beforeAll(async () => {
      app = await createTestApp({ now })
      client = clientOf(app)
      const results = {
        customers: await client.wizard('contacts', input.files.customers),
        mails: await client.wizard('emails', input.files.mails),
        events: await client.wizard('events', withEnds(input.events)),
        tasks: await client.wizard('tasks', input.files.tasks),
      }
      expect(results).toMatchObject({
        customers: { total: 200, created: 200, errorCount: 0, ignored: [] },
        mails: { total: 500, created: 500, errorCount: 0 },
        events: { total: 300, created: 300, errorCount: 0 },
        tasks: { total: 300, created: 300, errorCount: 0 },
      })
    }, 120_000)
    afterAll(() => app?.close())
    const ask = (message: string) => client.ask(message)

    it('has custom fields of the right types, and owners by name', async () => {
      const fields = await app.gold('select entity, key, type from custom_fields where workspace_id = $1 order by entity, key')
      expect(fields).toEqual([
        { entity: 'contacts', key: 'follow_up_by', type: 'date' },
        { entity: 'contacts', key: 'notes', type: 'text' },
        { entity: 'contacts', key: 'product_interest', type: 'choice' },
        { entity: 'contacts', key: 'status', type: 'choice' },
        { entity: 'tasks', key: 'board', type: 'choice' },
      ])
      const owners = await app.gold(
        'select distinct u.name from users u join contacts c on c.workspace_id = u.workspace_id and c.owner_id = u.id where u.workspace_id = $1 order by 1',
      )
      expect(owners.map(({ name }) => name)).toEqual(['Akira Sato', 'Lena Schmidt', 'Nadia Moreau', 'Raj Patel', 'Sofia Santos'])
    })

    it('changes nothing when the same file comes again', async () => {
      expect(await client.wizard('contacts', input.files.customers)).toMatchObject({ created: 0, updated: 0, skipped: 200 })
    })

    const customersWhere = (test: (customer: (typeof input.customers)[number]) => boolean) => input.customers.filter(test)
    const names = (customers: typeof input.customers) => customers.map(({ customer_name }) => customer_name).sort()

    it('How many customers does Raj have?', async () => {
      expect(figureOf(await ask('How many customers does Raj have?'))).toBe(
        String(customersWhere(({ assigned_to_email }) => assigned_to_email.startsWith('raj.')).length),
      )
    })
    it('Which customers have the status Proposal?', async () => {
      const answer = await ask('Which customers have the status Proposal?')
      const gold = names(customersWhere(({ status }) => status === 'Proposal'))
      expect(tableOf(answer).total).toBe(gold.length)
      expect(labelsOf(answer).every((name) => gold.includes(name))).toBe(true)
    })
    it('Who is interested in Consulting?', async () => {
      const answer = await ask('Who is interested in Consulting?')
      const gold = names(customersWhere(({ product_interest }) => product_interest === 'Consulting'))
      expect(tableOf(answer).total).toBe(gold.length)
      expect(labelsOf(answer).every((name) => gold.includes(name))).toBe(true)
    })
    it('How many customers are interested in hardware and have status won?', async () => {
      const gold = customersWhere(({ product_interest, status }) => product_interest === 'Hardware' && status === 'Won')
      expect(figureOf(await ask('How many customers are interested in hardware and have status won?'))).toBe(String(gold.length))
    })
    it('Which customers have a follow up before 2023-12-15?', async () => {
      const answer = await ask('Which customers have a follow up before 2023-12-15?')
      const gold = names(customersWhere(({ follow_up_by }) => follow_up_by < '2023-12-15'))
      expect(tableOf(answer).total).toBe(gold.length)
      expect(labelsOf(answer).every((name) => gold.includes(name))).toBe(true)
    })
    it('How many customers by status?', async () => {
      const gold = countBy(input.customers, ({ status }) => status)
      expect(groupsOf(await ask('How many customers by status?'))).toMatchObject(
        Object.fromEntries(Object.entries(gold).map(([key, count]) => [key, String(count)])),
      )
    })
    it('What is the phone number of Jaden White?', async () => {
      const answer = await ask('What is the phone number of Jaden White?')
      expect(JSON.stringify([answer.text, answer.parts])).toContain('724-857-2625')
    })
    it('When was Taylor Jackson last contacted?', async () => {
      const answer = await ask('When was Taylor Jackson last contacted?')
      expect(JSON.stringify([answer.text, answer.parts])).toMatch(/2023-11-30|30 Nov|November 30/)
    })
    it('What is the status of Quinn Harris?', async () => {
      const answer = await ask('What is the status of Quinn Harris?')
      expect(JSON.stringify([answer.text, answer.parts])).toContain('Proposal')
    })
    it('Show overdue tasks of Chenwei', async () => {
      const answer = await ask('Show overdue tasks of Chenwei')
      const gold = input.tasks.filter((task) => task.assigned_to_email.startsWith('chenwei.') && task.due_date < '2023-11-30' && task.list_name !== 'Completed')
      expect(tableOf(answer).total).toBe(gold.length)
      expect(labelsOf(answer).sort()).toEqual(gold.map(({ task_name }) => task_name).sort())
    })
    it('How many tasks are in the Front end board?', async () => {
      expect(figureOf(await ask('How many tasks are in the Front end board?'))).toBe(String(input.tasks.filter(({ board }) => board === 'Front end').length))
    })
    it('How many tasks are in progress?', async () => {
      expect(figureOf(await ask('How many tasks are in progress?'))).toBe(String(input.tasks.filter(({ list_name }) => list_name === 'In Progress').length))
    })
    it('How many tasks per owner?', async () => {
      const gold = countBy(input.tasks, ({ assigned_to_email }) => assigned_to_email.split('.')[0] as string)
      const groups = groupsOf(await ask('How many tasks per owner?'))
      expect(Object.fromEntries(Object.entries(groups).map(([name, count]) => [name.split(' ')[0]?.toLowerCase(), Number(count)]))).toEqual(gold)
    })
    it('What is the latest e-mail from Sofia?', async () => {
      const answer = await ask('What is the latest e-mail from Sofia?')
      const gold = input.mails.filter((mail) => mail['sender/recipient'].startsWith('sofia.')).sort((a, b) => (a.sent_datetime < b.sent_datetime ? 1 : -1))[0]
      expect(labelsOf(answer)).toEqual([gold?.subject])
    })
    it('How many e-mails did Anaya send in November?', async () => {
      const gold = input.mails.filter((mail) => mail['sender/recipient'].startsWith('anaya.') && mail.sent_datetime.startsWith('2023-11'))
      expect(figureOf(await ask('How many e-mails did Anaya send in November?'))).toBe(String(gold.length))
    })
    it.each(['show won hardware customers', 'won customers interested in hardware'])('%s', async (question) => {
      const gold = names(customersWhere(({ product_interest, status }) => product_interest === 'Hardware' && status === 'Won'))
      expect(labelsOf(await ask(question)).sort()).toEqual(gold)
    })
    it('list lost customers of Lena', async () => {
      const gold = names(customersWhere(({ assigned_to_email, status }) => assigned_to_email.startsWith('lena.') && status === 'Lost'))
      expect(labelsOf(await ask('list lost customers of Lena')).sort()).toEqual(gold)
    })
    it('Who has the most overdue tasks?', async () => {
      const gold = countBy(
        input.tasks.filter((task) => task.due_date < '2023-11-30' && task.list_name !== 'Completed'),
        ({ assigned_to_email }) => assigned_to_email.split('.')[0] as string,
      )
      const groups = groupsOf(await ask('Who has the most overdue tasks?'))
      const most = Math.max(...Object.values(gold))
      expect(Object.fromEntries(Object.entries(groups).map(([name, count]) => [name.split(' ')[0]?.toLowerCase(), Number(count)]))).toEqual(
        Object.fromEntries(Object.entries(gold).filter(([, count]) => count === most)),
      )
    })
    it('Which meetings are next week?', async () => {
      const answer = await ask('Which meetings are next week?')
      const gold = input.events.filter(({ event_start }) => event_start >= '2023-12-04' && event_start < '2023-12-11')
      expect(tableOf(answer).total).toBe(gold.length)
      expect(labelsOf(answer).every((title) => gold.some(({ event_name }) => event_name === title))).toBe(true)
    })
  })

  describe('order lines of a shop', () => {
    /** Lines without a customer cannot belong to an order; the import says so for each. */
    const lines = input.orderLines.filter(({ CustomerID }) => CustomerID !== '')
    let app: TestApp
    let client: Client

    beforeAll(async () => {
      app = await createTestApp({ now })
      client = clientOf(app)
      const result = await client.wizard('orders', input.files.orders, { Country: null })
      expect(result).toMatchObject({ total: 8557, created: lines.length, errorCount: 8557 - lines.length })
    }, 120_000)
    afterAll(() => app?.close())
    const ask = (message: string) => client.ask(message)
    const orderTotals = (key: (line: OrderLine) => string) => ranking(lines, key, amountOf)

    it('holds every line, sum and date of the file', async () => {
      const [orders] = await app.gold<Record<string, unknown>>(`
        select (select count(*)::int from orders where workspace_id = $1) as orders, count(*)::int as lines, sum(quantity)::text as quantity, trim_scale(sum(amount))::text as amount,
          min(ordered_at) as first, count(distinct sku)::int as skus, count(distinct contact_id)::int as customers from order_lines where workspace_id = $1`)
      expect(orders).toMatchObject({
        orders: new Set(lines.map(({ InvoiceNo }) => InvoiceNo)).size,
        lines: lines.length,
        quantity: String(lines.reduce((sum, { Quantity }) => sum + Number(Quantity), 0)),
        amount: total(lines),
        first: new Date('2010-12-01T08:45:00Z'),
        skus: new Set(lines.map(({ StockCode }) => StockCode)).size,
        customers: new Set(lines.map(({ CustomerID }) => CustomerID)).size,
      })
    })

    it('changes nothing when the same file comes again', async () => {
      expect(await client.wizard('orders', input.files.orders, { Country: null })).toMatchObject({ created: 0, updated: 0, skipped: lines.length })
    })

    it('What was the revenue in March 2011?', async () => {
      expect(figureOf(await ask('What was the revenue in March 2011?'))).toBe(total(lines.filter((line) => monthOf(line) === '2011-03')))
    })
    it('What is the best-selling product by quantity?', async () => {
      const answer = await ask('What is the best-selling product by quantity?')
      const [sku] = ranking(
        lines,
        ({ StockCode }) => StockCode,
        ({ Quantity }) => new Decimal(Quantity),
      )[0] as [string, Decimal]
      const descriptions = lines.filter(({ StockCode }) => StockCode === sku).map(({ Description }) => Description.trim())
      const first = JSON.stringify(tableOf(answer).rows[0])
      expect([sku, ...descriptions].some((name) => first.includes(name))).toBe(true)
    })
    it('How many orders does customer 12583 have?', async () => {
      const gold = new Set(lines.filter(({ CustomerID }) => CustomerID === '12583').map(({ InvoiceNo }) => InvoiceNo))
      expect(figureOf(await ask('How many orders does customer 12583 have?'))).toBe(String(gold.size))
    })
    it('Who are the top 5 customers by revenue?', async () => {
      const answer = await ask('Who are the top 5 customers by revenue?')
      const gold = orderTotals(({ CustomerID }) => CustomerID).slice(0, 5)
      expect(Object.entries(groupsOf(answer)).sort((a, b) => Number(b[1]) - Number(a[1]))).toEqual(gold.map(([customer, sum]) => [customer, sum.toString()]))
    })
    it('What is the largest order?', async () => {
      const answer = await ask('What is the largest order?')
      expect(JSON.stringify(tableOf(answer).rows[0])).toContain(orderTotals(({ InvoiceNo }) => InvoiceNo)[0]?.[0])
    })
    it('How many orders were there in the second quarter of 2011?', async () => {
      const answer = await ask('How many orders were there in the second quarter of 2011?')
      const gold = new Set(lines.filter((line) => ['2011-04', '2011-05', '2011-06'].includes(monthOf(line))).map(({ InvoiceNo }) => InvoiceNo))
      expect(figureOf(answer)).toBe(String(gold.size))
    })
  })
})

interface Client {
  /** As the wizard does: preview, take its mapping (with corrections), import. */
  wizard(entity: string, file: string | Buffer, corrections?: Record<string, string | null>): Promise<ImportResult>
  ask(message: string): Promise<ChatAnswer>
}

function clientOf(app: TestApp): Client {
  async function post<T>(url: string, payload: string | Buffer, type = 'text/csv'): Promise<T> {
    const response = await app.server.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${testAdminKey}`, 'content-type': type } })
    if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}: ${response.body}`)
    return response.json()
  }
  return {
    async wizard(entity, file, corrections = {}) {
      const preview = await post<ImportPreview>(`/api/crm/import/preview?entity=${entity}`, file)
      const mapping = encodeURIComponent(JSON.stringify({ ...preview.mapping, ...corrections }))
      return post(`/api/crm/import?entity=${entity}&createMissing=true&mapping=${mapping}`, file)
    },
    ask: (message) => post('/api/chat', JSON.stringify({ message }), 'application/json'),
  }
}
