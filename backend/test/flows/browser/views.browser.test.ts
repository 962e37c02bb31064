import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireProgram } from '../../requirements.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { launchBrowser, openPage, printedLink, signIn } from './browser.ts'

const chromium = requireProgram('chromium', 'Saved views in the browser')

describe.skipIf(chromium === undefined)('saved views in the browser', { timeout: 90_000 }, () => {
  let folder: string
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    folder = await scratchFolder()
    server = await startServer(join(folder, 'data'))
    const contacts = [
      { first_name: 'Ann', city: 'London' },
      { first_name: 'Bob', city: 'Leeds' },
      { first_name: 'Cleo', city: 'London', tags: ['vip'] },
    ]
    for (const contact of contacts) expect((await server.fetch('/api/crm/contacts', { method: 'POST', body: JSON.stringify(contact) })).status).toBe(201)
    browser = await launchBrowser(chromium as string)
    ;({ page, troubles } = await openPage(browser))
    await signIn(page, await printedLink(server))
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await removeFolder(folder)
  })

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
  const table = () => page.getByRole('region', { name: 'Contacts' })
  const shown = async () => (await table().getByRole('row').allInnerTexts()).slice(1).map((row) => row.split(/\s/)[0])
  const shows = (...names: string[]) => expect.poll(async () => (await shown()).sort(), { timeout: 15_000 }).toEqual(names)
  async function addFilter(field: string, comparison: string, value: string): Promise<void> {
    await page
      .getByRole('region', { name: 'Filters' })
      .getByRole('button', { name: /^(Filter|Add)$/ })
      .click()
    await page.getByLabel('Field').selectOption({ label: field })
    await page.getByLabel('Comparison').selectOption({ label: comparison })
    await page.getByLabel('Value').fill(value)
    await button('Add filter').click()
  }

  it('keep the filters of a list under a name, through a reload', async () => {
    await page.goto(`${server.url}/contacts`)
    await shows('Ann', 'Bob', 'Cleo')
    await addFilter('City', 'is', 'london')
    await shows('Ann', 'Cleo')
    await addFilter('Tags', 'do not include', 'VIP')
    await shows('Ann')
    await button('Views').click()
    await page.getByRole('menuitem', { name: 'Save as a new view…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Plain Londoners')
    await button('Save view').click()
    await button('View: Plain Londoners').waitFor()
    await page.reload()
    await shows('Ann')
    await button('View: Plain Londoners').waitFor()
  })

  it('are opened, changed, renamed and deleted', async () => {
    await page.goto(`${server.url}/contacts`)
    await shows('Ann', 'Bob', 'Cleo')
    await button('Views').click()
    await page.getByRole('menuitem', { name: 'Plain Londoners' }).click()
    await shows('Ann')
    await button('Remove filter: Tags do not include VIP').click()
    await shows('Ann', 'Cleo')
    await button('View: Plain Londoners').click()
    await page.getByRole('menuitem', { name: 'Save changes' }).click()
    await button('View: Plain Londoners').click()
    await page.getByRole('menuitem', { name: 'Rename or share…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Londoners')
    await page.getByRole('checkbox', { name: 'Everyone in the workspace sees it' }).check()
    await button('Save').click()
    await button('View: Londoners').waitFor()
    const views = (await (await server.fetch('/api/crm/views')).json()) as { items: unknown[] }
    expect(views.items).toMatchObject([
      { name: 'Londoners', shared: true, query: { entity: 'contacts', filter: { field: 'city', op: 'eq', value: 'london' } } },
    ])
    await button('View: Londoners').click()
    await page.getByRole('menuitem', { name: 'Delete this view' }).click()
    await button('Delete view').click()
    await page.getByText('“Londoners” is deleted; the records stay as they are.').waitFor()
    await button('Views').waitFor()
    await shows('Ann', 'Cleo')
    expect(((await (await server.fetch('/api/crm/views')).json()) as { items: unknown[] }).items).toEqual([])
    expect(troubles).toEqual([])
  })

  it('say when no record meets the filters, with the way out', async () => {
    await page.goto(`${server.url}/contacts`)
    await addFilter('City', 'is', 'Nowhere')
    await page.getByText('No contact meets these filters').waitFor()
    await button('Clear filters').click()
    await shows('Ann', 'Bob', 'Cleo')
  })
})
