import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireProgram } from '../../requirements.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { ask, launchBrowser, openPage, printedLink, signIn, textOf } from './browser.ts'

const chromium = requireProgram('chromium', 'Approvals in the browser')

interface Contact {
  id: string
  city: string | null
  phone: string | null
}
interface Proposed {
  batchId: string
  proposals: { id: string; status: string }[]
}

describe.skipIf(chromium === undefined)('approvals in the browser', { timeout: 90_000 }, () => {
  let folder: string
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let troubles: string[]
  let contact: Contact

  beforeAll(async () => {
    folder = await scratchFolder()
    server = await startServer(join(folder, 'data'))
    browser = await launchBrowser(chromium as string)
    ;({ page, troubles } = await openPage(browser))
    await signIn(page, await printedLink(server))
    contact = await api<Contact>('/api/crm/contacts', 'POST', {
      first_name: 'Casey',
      last_name: 'White',
      email: 'casey@white.example',
      city: 'Rome',
      phone: null,
    })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await removeFolder(folder)
  })

  const api = async <T>(path: string, method = 'GET', body?: unknown): Promise<T> => {
    const answer = await server.fetch(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true)
    return (await answer.json()) as T
  }
  const here = () => api<Contact>(`/api/crm/contacts/${contact.id}`)
  const titles = async () => (await api<{ items: { title: string }[] }>('/api/crm/tasks')).items.map(({ title }) => title)
  const change = (values: Record<string, unknown>) => ({ tool: 'records.update', input: { entity: 'contacts', id: contact.id, values } })
  const task = (title: string) => ({ tool: 'records.create', input: { entity: 'tasks', values: { title } } })
  const propose = (...calls: object[]) => api<Proposed>('/api/approvals', 'POST', { calls })
  const groups = () => page.getByRole('group', { name: 'Proposed changes' })
  const button = (group: Locator, name: string) => group.getByRole('button', { name, exact: true })
  const badge = () => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Approvals/ })

  it('shows in the conversation what would be changed, changes it when told to, and takes it back', async () => {
    await page.goto(`${server.url}/chat`)
    await ask(page, 'Create a task called Ring the bell')
    const group = groups().last()
    expect(await textOf(group)).toContain('Ring the bell')
    expect(await titles()).not.toContain('Ring the bell')
    await button(group, 'Approve').click()
    await button(group, 'Undo').waitFor()
    expect(await textOf(group.getByRole('status'))).toContain('Approved by')
    expect(await titles()).toContain('Ring the bell')
    await button(group, 'Undo').click()
    await group.getByText(/^Undone by/).waitFor()
    expect(await titles()).not.toContain('Ring the bell')
  })

  it('says after a reload how it stands now, and rejects', async () => {
    await ask(page, 'Create a task called Sweep the floor')
    await groups().nth(1).waitFor()
    await page.reload()
    await groups().nth(1).waitFor()
    expect(await textOf(groups().first())).toContain('Undone by')
    await button(groups().nth(1), 'Reject').click()
    await groups()
      .nth(1)
      .getByText(/^Rejected by/)
      .waitFor()
    expect(await titles()).not.toContain('Sweep the floor')
    expect(await button(groups().nth(1), 'Approve').count()).toBe(0)
  })

  it('counts what waits, shows before and after, and lets it be put right before it is approved', async () => {
    await propose(change({ city: 'Oslo' }))
    await page.goto(server.url)
    await page.getByRole('link', { name: /1 change waits for approval/ }).waitFor()
    expect(await textOf(badge())).toMatch(/1\s*waiting/)
    await badge().click()
    const group = groups().first()
    await group.waitFor()
    expect((await textOf(group)).replaceAll(/\s+/g, ' ')).toMatch(/City Before: Rome After: Oslo/)
    await button(group, 'Edit').click()
    await group.getByRole('textbox', { name: 'City' }).fill('Bergen')
    await button(group, 'Approve').click()
    await group.getByText(/^Approved with changes by/).waitFor()
    expect((await here()).city).toBe('Bergen')
    await button(group, 'Undo').click()
    await group.getByText(/^Undone by/).waitFor()
    expect((await here()).city).toBe('Rome')
  })

  it('approves a batch as one unit and undoes it as one', async () => {
    await propose(change({ phone: '+47 22 00 00 00' }), task('Water the plants'), task('Feed the cat'))
    await page.goto(`${server.url}/approvals`)
    const group = groups().first()
    await button(group, 'Approve 3 changes').click()
    await button(group, 'Undo 3 changes').waitFor()
    expect(await titles()).toEqual(expect.arrayContaining(['Water the plants', 'Feed the cat']))
    expect((await here()).phone).not.toBeNull()
    await button(group, 'Undo 3 changes').click()
    await group
      .getByText(/^Undone by/)
      .nth(2)
      .waitFor()
    expect(await titles()).not.toEqual(expect.arrayContaining(['Water the plants']))
    expect((await here()).phone).toBeNull()
  })

  it('decides about one of a batch by the keyboard alone, and keeps the place', async () => {
    const { batchId } = await propose(task('First of two'), task('Second of two'))
    await page.goto(`${server.url}/approvals`)
    const group = groups().first()
    await button(group, 'Reject').first().focus()
    await page.keyboard.press('Enter')
    await group.getByText(/^Rejected by/).waitFor()
    expect(await page.evaluate(`document.activeElement?.closest('[aria-label="Proposed changes"]') != null`)).toBe(true)
    expect((await api<{ items: { status: string }[] }>(`/api/approvals?batchId=${batchId}`)).items.map(({ status }) => status).sort()).toEqual([
      'pending',
      'rejected',
    ])
    await button(group, 'Approve').click()
    await button(group, 'Undo').waitFor()
    expect(await titles()).toContain('Second of two')
  })

  it('says what is in the way of an approval and of an undo', async () => {
    await propose(change({ city: 'Paris' }))
    await page.goto(`${server.url}/approvals`)
    const group = groups().first()
    await group.getByText('Paris').waitFor()
    await api(`/api/crm/contacts/${contact.id}`, 'PATCH', { city: 'Madrid' })
    await button(group, 'Approve').click()
    await group.getByRole('alert').waitFor()
    expect((await here()).city).toBe('Madrid')
    await group.getByText('Madrid').first().waitFor()
    await button(group, 'Approve').click()
    await button(group, 'Undo').waitFor()
    expect((await here()).city).toBe('Paris')
    await api(`/api/crm/contacts/${contact.id}`, 'PATCH', { city: 'Lisbon' })
    await button(group, 'Undo').click()
    expect(await textOf(group.getByRole('alert'))).toMatch(/city/i)
    expect((await here()).city).toBe('Lisbon')
  })

  it('keeps the history with its states', async () => {
    await page.goto(`${server.url}/approvals?view=history`)
    const table = page.getByRole('table', { name: 'Changes' })
    await table.getByRole('row').nth(3).waitFor()
    await page.getByRole('combobox', { name: 'State' }).selectOption({ label: 'Rejected' })
    await expect.poll(async () => (await table.getByRole('row').allInnerTexts()).slice(1).every((row) => row.includes('Rejected'))).toBe(true)
    await table.getByRole('button').first().click()
    const dialog = page.getByRole('dialog')
    expect(await textOf(dialog.getByRole('group', { name: 'Proposed changes' }))).toContain('Rejected by')
  })

  it('makes a policy, which decides instead of a person, and revokes it', async () => {
    await page.goto(`${server.url}/approvals?view=policies`)
    await page.getByRole('button', { name: 'New policy' }).click()
    await page.getByRole('combobox', { name: 'Change' }).selectOption({ label: 'Create a record' })
    await page.getByRole('combobox', { name: 'What happens' }).selectOption({ label: 'Carry out without asking' })
    await page.getByRole('button', { name: 'Make the policy' }).click()
    const row = page.getByRole('row', { name: /Create a record/ })
    await row.waitFor()
    expect((await propose(task('By itself'))).proposals[0]?.status).toBe('approved')
    await page.getByRole('button', { name: 'Revoke: Create a record' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('button', { name: 'Revoke: Create a record' }).waitFor({ state: 'detached' })
    expect((await propose(task('Not by itself'))).proposals[0]?.status).toBe('pending')
  })

  it('throws no script error on the way', () => {
    expect(troubles).toEqual([])
  })
})
