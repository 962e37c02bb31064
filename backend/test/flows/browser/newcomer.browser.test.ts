import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireProgram } from '../../requirements.ts'
import { adminKey, removeFolder, repositoryRoot, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { launchBrowser, openPage, printedLink, signIn, textOf } from './browser.ts'

const chromium = requireProgram('chromium', 'The first deal in the browser')
const vera = { email: 'vera@mowbray.example', name: 'Vera Viewer', password: 'copper-kettle-on-monday' }

describe.skipIf(chromium === undefined)('the first deal, from an empty workspace', { timeout: 90_000 }, () => {
  let folder: string
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    folder = await scratchFolder()
    server = await startServer(join(folder, 'data'))
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
  const dialog = (name: string) => page.getByRole('dialog', { name })
  /** What has the keyboard: by its label, its id or its words. */
  const held = '((one) => one.getAttribute("aria-label") ?? (one.id || one.textContent.trim()))(document.activeElement)'
  const holds = (name: string) => expect.poll(() => page.evaluate<string>(held), { timeout: 15_000 }).toBe(name)
  const only = async (entity: string) => {
    const { items } = (await (await server.fetch(`/api/crm/${entity}`)).json()) as { items: Record<string, unknown>[] }
    expect(items).toHaveLength(1)
    return items[0] as Record<string, unknown>
  }

  it('begins with a pipeline that is made on its board, and stages that are chosen', async () => {
    await page.goto(`${server.url}/opportunities?view=board`)
    await button('Make a pipeline').click()
    await dialog('Make a pipeline').getByLabel('Stages').fill('Qualified\nProposal\nNegotiation')
    await button('Make pipeline').click()
    const deal = dialog('New opportunity')
    await deal.waitFor()
    await holds('new-name')
    await page.keyboard.type('First deal')
    await page.mouse.click(5, 5)
    expect(await deal.getByLabel('Name').inputValue()).toBe('First deal')
    await deal.getByLabel('Organisation').fill('Brand New Ltd')
    await deal.getByText('Not here yet: it is created too.').waitFor()
    await deal.getByLabel('Value').fill('12500')
    await deal.getByLabel('Currency').fill('EUR')
    expect(await deal.locator('select#new-stage option').allInnerTexts()).toEqual(['None', 'Qualified', 'Proposal', 'Negotiation'])
    await button('Create opportunity').click()
    await page.getByRole('heading', { name: 'First deal' }).waitFor()
    await expect.poll(() => page.title()).toBe('First deal · ChatSG')
    expect(await only('opportunities')).toMatchObject({ pipeline: 'Sales', stage: 'Qualified', owner: 'Owner', organisation: 'Brand New Ltd', value: '12500' })
  })

  it('keeps a choice of the keyboard when it is entered, and the keyboard at its field', async () => {
    await button('Edit stage').focus()
    await page.keyboard.press('Enter')
    await holds('Stage')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await holds('Stage')
    await page.keyboard.press('Escape')
    await holds('Edit stage')
    expect(await only('opportunities')).toMatchObject({ stage: 'Qualified' })
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await holds('Edit stage')
    expect(await only('opportunities')).toMatchObject({ stage: 'Negotiation', pipeline: 'Sales' })
    expect((await server.fetch(`/api/crm/opportunities/${(await only('opportunities')).id}`, { method: 'PATCH', body: '{"probability":40}' })).status).toBe(200)
    await page.reload()
    await page.getByRole('region', { name: 'Details' }).getByText('40%').waitFor()
    await button('Edit value').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('13000')
    await page.keyboard.press('Enter')
    await holds('Edit value')
    await page.getByRole('tab', { name: 'History' }).click()
    expect(await textOf(page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: 'Value' }))).toMatch(/€12,500\s+€13,000/)
  })

  it('tells of a refused change even when its page was left', async () => {
    await button('Edit value').click()
    await page.getByRole('textbox', { name: 'Value' }).fill('lots')
    await page.getByRole('link', { name: 'Contacts' }).click()
    await page.getByText('No contacts yet').waitFor()
    expect(await textOf(page.getByRole('alert'))).toContain('lots')
    await page.goBack()
    await page.getByRole('heading', { name: 'First deal' }).waitFor()
  })

  it('takes a note down on the record it is about, and gives the keyboard back', async () => {
    await button('Add note').focus()
    await page.keyboard.press('Enter')
    await dialog('New note').getByText('About First deal.').waitFor()
    await dialog('New note').getByLabel('Body').fill('Called; wants an offer')
    await button('Create note').click()
    await page.getByRole('tabpanel').getByRole('link', { name: 'Called; wants an offer' }).waitFor()
    await holds('Add note')
    expect(await only('notes')).toMatchObject({ related_type: 'opportunity', related_id: (await only('opportunities')).id })
  })

  it('moves the deal with the keyboard, which goes along with the card', async () => {
    await page.goto(`${server.url}/opportunities?view=board`)
    await button('Move First deal').focus()
    await page.keyboard.press('Enter')
    await holds('Qualified')
    await page.keyboard.press('ArrowDown')
    await holds('Proposal')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Proposal' }).getByRole('button', { name: 'Move First deal' }).waitFor()
    await page.getByRole('region', { name: 'Negotiation' }).getByRole('button', { name: 'Move First deal' }).waitFor({ state: 'detached' })
    await holds('Move First deal')
    await button('Stages…').click()
    await dialog('Pipeline and stages').getByLabel('Stages').fill('Qualified\nProposal\nTrial')
    await button('Save stages').click()
    await page.getByRole('region', { name: 'Trial' }).waitFor()
    await holds('Stages…')
  })

  it('shows a deal that stands at no stage, until it is put to one', async () => {
    const made = await server.fetch('/api/crm/opportunities', { method: 'POST', body: JSON.stringify({ name: 'Came without a stage' }) })
    const { id } = (await made.json()) as { id: string }
    await page.goto(`${server.url}/opportunities?view=board`)
    const unplaced = page.getByRole('region', { name: 'No stage' })
    await unplaced.getByRole('link', { name: 'Came without a stage' }).waitFor()
    await unplaced.getByRole('button', { name: 'Move Came without a stage' }).click()
    await page.getByRole('menuitem', { name: 'Trial' }).click()
    await page.getByRole('region', { name: 'Trial' }).getByRole('link', { name: 'Came without a stage' }).waitFor()
    await unplaced.waitFor({ state: 'detached' })
    await button('Undo').click()
    await unplaced.getByRole('link', { name: 'Came without a stage' }).waitFor()
    expect((await server.fetch(`/api/crm/opportunities/${id}`, { method: 'DELETE' })).status).toBe(204)
  })

  it('is called what it is called, and counts in its own currency', async () => {
    await page.goto(`${server.url}/settings/workspace`)
    const own = page.getByRole('region', { name: 'Workspace', exact: true })
    await own.getByLabel('Name').fill('Mowbray Cranes')
    await own.getByLabel('Currency').selectOption('EUR')
    await own.getByLabel('Time zone').selectOption('Europe/Berlin')
    await own.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('navigation', { name: 'Main' }).getByText('Mowbray Cranes').waitFor()
    await page.goto(`${server.url}/products`)
    await button('New product').first().click()
    expect(await dialog('New product').getByLabel('Currency').getAttribute('placeholder')).toBe('EUR if left empty')
    await dialog('New product').getByLabel('SKU').fill('CRANE-1')
    await dialog('New product').getByLabel('Price').fill('250')
    await button('Create product').click()
    await page.getByRole('region', { name: 'Details' }).getByText('€250').waitFor()
  })

  it('writes the lines of an order down, which make its total', async () => {
    const order = { order_id: 'O-1', customer: 'Brand New Ltd', ordered_at: '2026-11-20', currency: 'EUR' }
    const made = await server.fetch('/api/crm/orders', { method: 'POST', body: JSON.stringify(order) })
    await page.goto(`${server.url}/orders/${((await made.json()) as { id: string }).id}`)
    await button('Add lines').click()
    await holds('SKU of line 1')
    await page.getByLabel('Description of line 1').fill('Pump')
    await page.getByLabel('Quantity of line 1').fill('3')
    await button('Save lines').click()
    expect(await textOf(dialog('Order lines').getByRole('alert'))).toMatch(/unit price/)
    await page.getByLabel('Unit price of line 1').fill('19.99')
    await button('Add line').click()
    await page.getByLabel('Description of line 2').fill('Hose')
    await page.getByLabel('Unit price of line 2').fill('5')
    await button('Save lines').click()
    await page.getByRole('region', { name: 'Details' }).getByText('€64.97').waitFor()
    await button('Edit lines').click()
    await button('Remove line 2').click()
    await button('Save lines').click()
    await page.getByRole('region', { name: 'Details' }).getByText('€59.97').waitFor()
    expect(await only('orders')).toMatchObject({ total: '59.97', line_count: 1 })
  })

  it('tells when an event is to the minute, and what is cut to whoever hovers over it', async () => {
    const attendees = 'someone.with.a.long.name@a-company-with-a-long-name.example'
    const event = { title: 'Kick-off', starts_at: '2027-01-12T09:30:00Z', ends_at: '2027-01-12T10:15:00Z', attendees: [attendees] }
    expect((await server.fetch('/api/crm/events', { method: 'POST', body: JSON.stringify(event) })).status).toBe(201)
    await page.goto(`${server.url}/calendar`)
    const row = page.getByRole('row').filter({ hasText: 'Kick-off' })
    expect(await textOf(row)).toMatch(/12 Jan 2027, 09:30\s+12 Jan 2027, 10:15/)
    expect(await row.getByRole('time').first().getAttribute('title')).toMatch(/GMT/)
    const cut = row.getByRole('cell', { name: attendees })
    expect(await cut.getAttribute('title')).toBeNull()
    await cut.hover()
    expect(await cut.getAttribute('title')).toBe(attendees)
  })

  it('empties no date that was only half typed', async () => {
    const task = { title: 'Half a date', due_at: '2026-12-01T09:00:00Z' }
    const made = await server.fetch('/api/crm/tasks', { method: 'POST', body: JSON.stringify(task) })
    const { id } = (await made.json()) as { id: string }
    await page.goto(`${server.url}/tasks/${id}`)
    await button('Edit due').focus()
    await page.keyboard.press('Enter')
    const due = page.getByLabel('Due', { exact: true })
    await due.focus()
    await page.keyboard.press('Delete')
    await page.keyboard.press('Enter')
    const stays = 'document.activeElement.type === "datetime-local" && document.activeElement.validity.badInput'
    expect(await page.evaluate<boolean>(stays)).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole('region', { name: 'Details' }).getByText('1 Dec 2026, 09:00').waitFor()
    expect(await (await server.fetch(`/api/crm/tasks/${id}`)).json()).toMatchObject({ due_at: '2026-12-01T09:00:00.000Z' })
  })

  it('ticks a task off by the keyboard, and takes that back', async () => {
    const made = await server.fetch('/api/crm/tasks', { method: 'POST', body: JSON.stringify({ title: 'Tick me off', status: 'Waiting' }) })
    const { id } = (await made.json()) as { id: string }
    const kept = async () => (await (await server.fetch(`/api/crm/tasks/${id}`)).json()) as { status: string; completed_at: string | null }
    await page.goto(`${server.url}/tasks/${id}`)
    await button('Complete').press('Enter')
    await page.getByRole('status').filter({ hasText: 'The task is completed.' }).waitFor()
    expect(await kept()).toMatchObject({ status: 'Completed', completed_at: expect.stringMatching(/^20/) })
    await holds('Reopen')
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'The task is open again.' }).waitFor()
    await holds('Complete')
    expect(await kept()).toMatchObject({ status: 'Waiting', completed_at: null })
  })

  it('keeps the keyboard where it was when what held it goes', async () => {
    await page.goto(`${server.url}/tasks`)
    await button('Remove filter: Not completed').press('Enter')
    await holds('Filter')
    await page.goto(`${server.url}/settings/people`)
    await button('New team').press('Enter')
    await page.keyboard.type('North')
    await page.keyboard.press('Enter')
    await holds('New team')
    await button('Rename North').press('Enter')
    await page.keyboard.type(' Sea')
    await page.keyboard.press('Enter')
    await holds('Rename North Sea')
    await page.goto(`${server.url}/memory`)
    await button('Remember something').press('Enter')
    await page.keyboard.type('I look after cranes')
    await button('Remember').press('Enter')
    await button('Edit: I look after cranes').press('Enter')
    await page.keyboard.press('Escape')
    await holds('Edit: I look after cranes')
  })

  it('leads from a record to all that is linked to it, where only the first are shown', async () => {
    const made = await server.fetch('/api/crm/organisations', { method: 'POST', body: JSON.stringify({ name: 'Many People Ltd' }) })
    const { id } = (await made.json()) as { id: string }
    for (let index = 10; index < 33; index++)
      expect(
        (await server.fetch('/api/crm/contacts', { method: 'POST', body: JSON.stringify({ last_name: `Person ${index}`, organisation_id: id }) })).status,
      ).toBe(201)
    await page.goto(`${server.url}/organisations/${id}`)
    await page.getByRole('tab', { name: 'Related' }).click()
    await page.getByRole('link', { name: 'Show all 23 contacts' }).click()
    await button('Remove filter: Of one organisation').waitFor()
    expect(await textOf(page.getByRole('main').getByRole('status').first())).toBe('23')
  })

  it('shows every tag and everybody who attends on the page of a record', async () => {
    const tags = Array.from({ length: 14 }, (_, index) => `segment ${index + 10}`)
    const made = await server.fetch('/api/crm/leads', { method: 'POST', body: JSON.stringify({ last_name: 'Tagged', tags }) })
    await page.goto(`${server.url}/leads/${((await made.json()) as { id: string }).id}`)
    const last = page.getByRole('region', { name: 'Details' }).getByText('segment 23')
    const [badge, details] = await Promise.all([last.boundingBox(), page.getByRole('region', { name: 'Details' }).boundingBox()])
    expect((badge?.x ?? 9999) + (badge?.width ?? 0)).toBeLessThan((details?.x ?? 0) + (details?.width ?? 0))
    expect((await server.fetch(`/api/crm/leads/${page.url().split('/').at(-1)}`, { method: 'DELETE' })).status).toBe(204)
  })

  it('comes back to the place in a list that was left, and begins anew at its top', async () => {
    const leads = Array.from({ length: 90 }, (_, index) => ({ last_name: `Lead ${String(index).padStart(2, '0')}` }))
    for (const lead of leads) expect((await server.fetch('/api/crm/leads', { method: 'POST', body: JSON.stringify(lead) })).status).toBe(201)
    await page.goto(`${server.url}/leads?sort=name`)
    const list = page.getByRole('region', { name: 'Leads' })
    await list.getByRole('link', { name: 'Lead 03' }).hover()
    await page.mouse.wheel(0, 1500)
    await list.getByRole('link', { name: 'Lead 50' }).click()
    await page.getByRole('heading', { name: 'Lead 50' }).waitFor()
    await page.goBack()
    await list.getByRole('link', { name: 'Lead 50' }).waitFor()
    expect(await list.getByRole('link', { name: 'Lead 03' }).count()).toBe(0)
    const navigation = page.getByRole('navigation', { name: 'Main' })
    await navigation.getByRole('link', { name: 'Tasks' }).click()
    await page.getByText('Half a date').waitFor()
    await navigation.getByRole('link', { name: 'Leads' }).click()
    // The newest first, and those further down not made yet.
    await list.getByRole('link', { name: 'Lead 89' }).waitFor()
    expect(await list.getByRole('link', { name: 'Lead 20' }).count()).toBe(0)
  })

  it('offers a viewer nothing that would be refused', async () => {
    const options = ['--email', vera.email, '--name', vera.name, '--password', vera.password, '--role', 'viewer', '--json']
    const made = spawnSync(process.execPath, ['backend/cli.js', 'users', 'create', ...options], {
      cwd: repositoryRoot,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', DATA_DIR: join(folder, 'data'), ADMIN_API_KEY: adminKey },
    })
    expect({ status: made.status, stderr: made.stderr }).toEqual({ status: 0, stderr: '' })
    const viewer = await openPage(browser)
    await viewer.page.goto(`${server.url}/sign-in`)
    await viewer.page.getByRole('textbox', { name: 'E-mail', exact: true }).fill(vera.email)
    await viewer.page.getByRole('textbox', { name: 'Password', exact: true }).fill(vera.password)
    await viewer.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await viewer.page.getByRole('navigation', { name: 'Main' }).waitFor()
    const writes = viewer.page.getByRole('main').getByRole('button', { name: /^(New|Edit|Delete|Move|Add|Stages|More actions)/ })
    await viewer.page.goto(`${server.url}/opportunities?view=board`)
    await viewer.page.getByRole('main').getByRole('link', { name: 'First deal' }).waitFor()
    expect(await writes.allInnerTexts()).toEqual([])
    await viewer.page.getByRole('main').getByRole('link', { name: 'First deal' }).click()
    await viewer.page.getByRole('tab', { name: 'Timeline' }).waitFor()
    expect(await writes.allInnerTexts()).toEqual([])
    await viewer.page.goto(`${server.url}/import`)
    await viewer.page.getByRole('heading', { name: 'Viewers do not import' }).waitFor()
    await viewer.page.context().close()
  })

  it('wrote nothing to the console', () => {
    expect(troubles).toEqual([])
  })
})
