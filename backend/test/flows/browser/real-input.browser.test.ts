import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Decimal } from 'decimal.js'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireProgram } from '../../requirements.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { amountOf, findRealInput, monthOf, type OrderLine, ranking, readRealInput, total } from '../real-input.data.ts'
import { ask, launchBrowser, openPage, printedLink, signIn } from './browser.ts'

const suite = 'Real CRM files in the browser'
const chromium = requireProgram('chromium', suite)
const shared = findRealInput(suite)

if (shared === undefined && process.env.REQUIRE_ALL === '1') {
  it(suite, () => {
    throw new Error('The real CRM files are not on this machine; set CHATSG_SHARED to the folder that holds data/nl_query.')
  })
}

describe.skipIf(chromium === undefined || shared === undefined)(suite, () => {
  const input = readRealInput(shared)
  let folder: string
  let server: ServerProcess
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    folder = await scratchFolder()
    await writeFile(join(folder, 'customers.csv'), input.files.customers)
    await writeFile(join(folder, 'online-retail.csv'), input.files.orders)
    server = await startServer(join(folder, 'data'), { CHATSG_NOW: '2023-11-30T12:00:00Z' })
    browser = await launchBrowser(chromium as string)
    ;({ page } = await openPage(browser))
    await signIn(page, await printedLink(server))
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await removeFolder(folder)
  })

  /** Through the wizard, with the headings as it guesses them. */
  async function importFile(file: string, entity: string): Promise<string> {
    await page.goto(`${server.url}/import`)
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose file' }).click()
    await (await chooser).setFiles(join(folder, file))
    await page.getByRole('combobox', { name: 'What the rows are' }).selectOption(entity)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await page.getByRole('button', { name: /^Import \d/ }).click({ timeout: 60_000 })
    const done = page.getByText(/^Done\. /)
    await done.waitFor({ timeout: 60_000 })
    return done.innerText()
  }

  /** What the newest answer says, tables and figures included. */
  async function answerTo(question: string): Promise<string> {
    await ask(page, question)
    return page.getByRole('log', { name: 'Conversation' }).getByRole('article').last().innerText()
  }

  const number = (count: number | string) => new RegExp(`(^|[^\\d.,])${Number(count).toLocaleString('en-GB').replace('.', '\\.')}([^\\d,.]|[.,](\\D|$)|$)`, 'm')

  it('imports the 200 customers and answers questions about them', { timeout: 240_000 }, async () => {
    expect(await importFile('customers.csv', 'contacts')).toMatch(/200 contacts created/)
    await page.goto(`${server.url}/chat`)
    const { customers } = input
    const counted = (test: (customer: (typeof customers)[number]) => boolean) => customers.filter(test).length
    const questions: [string, number][] = [
      ['How many contacts are there?', customers.length],
      ...['Raj', 'Lena', 'Sofia', 'Nadia', 'Akira'].map((owner): [string, number] => [
        `How many contacts does ${owner} have?`,
        counted(({ assigned_to_email }) => assigned_to_email.startsWith(`${owner.toLowerCase()}.`)),
      ]),
      ...[...new Set(customers.map(({ status }) => status))].map((status): [string, number] => [
        `How many contacts have the status ${status}?`,
        counted((customer) => customer.status === status),
      ]),
      ...[...new Set(customers.map(({ product_interest }) => product_interest))].map((interest): [string, number] => [
        `How many contacts have the product interest ${interest}?`,
        counted((customer) => customer.product_interest === interest),
      ]),
      ['How many contacts have no phone?', counted(({ customer_phone }) => customer_phone === '')],
    ]
    expect(questions.length).toBeGreaterThanOrEqual(15)
    for (const [question, gold] of questions) expect(await answerTo(question), question).toMatch(number(gold))
    const jaden = customers.find(({ customer_name, customer_phone }) => customer_name === 'Jaden White' && customer_phone !== '')
    expect(await answerTo('What is the phone number of Jaden White?')).toContain(jaden?.customer_phone)
  })

  it('imports the order lines and answers questions about them', { timeout: 240_000 }, async () => {
    await importFile('online-retail.csv', 'orders')
    await page.goto(`${server.url}/chat`)
    const lines = input.orderLines.filter(({ CustomerID }) => CustomerID !== '')
    const orders = new Set(lines.map(({ InvoiceNo }) => InvoiceNo))
    const [product] = ranking(
      lines,
      ({ StockCode }) => StockCode,
      ({ Quantity }) => new Decimal(Quantity),
    )[0] as [string, Decimal]
    const [customer] = ranking(lines, ({ CustomerID }) => CustomerID, amountOf)[0] as [string, Decimal]
    const money = (of: readonly OrderLine[]) => Number(total(of)).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    const inMonth = (month: string) => lines.filter((line) => monthOf(line) === month)

    expect(await answerTo('How many orders are there?')).toMatch(number(orders.size))
    expect(await answerTo('What was the revenue in March 2011?')).toContain(money(inMonth('2011-03')))
    expect(await answerTo('Total revenue in October 2011')).toContain(money(inMonth('2011-10')))
    expect(await answerTo('Top 5 customers by revenue')).toContain(customer)
    const description = lines.find(({ StockCode }) => StockCode === product)?.Description.trim() as string
    expect(await answerTo('What is the best selling product by quantity?')).toContain(description)
    const own = new Set(lines.filter(({ CustomerID }) => CustomerID === '12583').map(({ InvoiceNo }) => InvoiceNo))
    expect(await answerTo('How many orders did customer 12583 place?')).toMatch(number(own.size))
  })
})
