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

  it('of tasks and of the calendar begin with what is next, and lead to the rest', async () => {
    const create = async (kind: string, record: object) =>
      expect((await server.fetch(`/api/crm/${kind}`, { method: 'POST', body: JSON.stringify(record) })).status, kind).toBe(201)
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString()
    await create('tasks', { title: 'Done', due_at: hours(-900), completed_at: hours(-890) })
    await create('tasks', { title: 'Brought in', due_at: hours(-800), status: 'completed' })
    const listed = (kind: string) => page.getByRole('region', { name: kind, exact: true }).getByRole('link').allInnerTexts()
    const lists = (kind: string, ...titles: string[]) => expect.poll(() => listed(kind), { timeout: 15_000 }).toEqual(titles)
    await page.goto(`${server.url}/tasks`)
    await page.getByText('Every task is completed').waitFor()
    await button('Show completed tasks').click()
    await lists('Tasks', 'Brought in', 'Done')
    for (const [title, due] of Object.entries({ Later: 200, Overdue: -50, Soon: 30 })) await create('tasks', { title, due_at: hours(due) })
    await create('tasks', { title: 'Whenever' })
    await page.goto(`${server.url}/tasks`)
    await lists('Tasks', 'Overdue', 'Soon', 'Later', 'Whenever')
    expect(await page.getByRole('columnheader', { name: 'Due' }).getAttribute('aria-sort')).toBe('ascending')
    await page.getByRole('columnheader', { name: 'Title' }).getByRole('button').click()
    await lists('Tasks', 'Later', 'Overdue', 'Soon', 'Whenever')
    await button('Remove filter: Not completed').click()
    await lists('Tasks', 'Brought in', 'Done', 'Later', 'Overdue', 'Soon', 'Whenever')
    // An address that says an order says all of it.
    await page.goto(`${server.url}/tasks?sort=-due_at`)
    await lists('Tasks', 'Later', 'Soon', 'Overdue', 'Brought in', 'Done', 'Whenever')
    for (const [title, from, to] of [
      ['Past', -100, -99],
      ['Next month', 800, 801],
      ['Running fair', -60, 20],
      ['Next week', 170, 171],
    ] as const)
      await create('events', { title, starts_at: hours(from), ends_at: hours(to) })
    await page.goto(`${server.url}/calendar`)
    await lists('Events', 'Running fair', 'Next week', 'Next month')
    await button('Remove filter: Today or later').click()
    await lists('Events', 'Next month', 'Next week', 'Running fair', 'Past')
    await page.goto(`${server.url}/`)
    await page.getByRole('main').getByRole('link', { name: '6 tasks' }).click()
    await lists('Tasks', 'Later', 'Soon', 'Overdue', 'Brought in', 'Done', 'Whenever')
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
