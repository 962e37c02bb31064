import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeClient, openFake, testKey } from '../../fakes/insightly/fake-client.ts'
import { requireProgram } from '../../requirements.ts'
import { adminKey, removeFolder, repositoryRoot, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { launchBrowser, openPage, printedLink, signIn, textOf } from './browser.ts'

const chromium = requireProgram('chromium', 'The mirror of Insightly in the browser')

/** Runs in the page: controls without a name, and how far the page sticks out to the side. */
const inspect = `(() => {
  const named = (element) => (element.getAttribute('aria-label') ?? element.getAttribute('aria-labelledby') ?? element.labels?.[0]?.textContent ?? element.getAttribute('title') ?? element.textContent ?? '').trim() !== ''
  const nameless = [...document.querySelectorAll('button, a[href], input, select, textarea')].filter((element) => element.getClientRects().length > 0 && !named(element)).map((element) => element.outerHTML.slice(0, 120))
  return { nameless, overflow: document.documentElement.scrollWidth - window.innerWidth, headings: document.querySelectorAll('h1').length }
})()`

interface Contact {
  id: string
  name: string
  phone: string | null
  title: string | null
  city: string | null
  external_id: string
}

describe.skipIf(chromium === undefined)('the mirror of Insightly in the browser', { timeout: 90_000 }, () => {
  let folder: string
  let insightly: FakeClient
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let troubles: string[]
  let contact: Contact

  beforeAll(async () => {
    folder = await scratchFolder()
    insightly = await openFake({ records: 60 })
    // Nothing runs but what the page asks for.
    server = await startServer(join(folder, 'data'), {
      CRM_RATE_LIMIT_MAX_REQUESTS: '200',
      CRM_RATE_LIMIT_WINDOW_MS: '1000',
      CRM_SYNC_INTERVAL: '3600000',
    })
    browser = await launchBrowser(chromium as string)
    ;({ page, troubles } = await openPage(browser))
    await signIn(page, await printedLink(server))
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await insightly?.close()
    await removeFolder(folder)
  })

  const go = () => page.goto(`${server.url}/settings/insightly`)
  const box = (name: string) => page.getByRole('textbox', { name, exact: true })
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
  const said = (words: string) => page.getByRole('status').filter({ hasText: words }).first().waitFor()
  const attention = () => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /to decide/ })
  const api = async <T>(path: string, method = 'GET', body?: unknown): Promise<T> => {
    const answer = await server.fetch(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true)
    return (await answer.json()) as T
  }
  const here = () => api<Contact>(`/api/crm/contacts/${contact.id}`)
  const there = async () => (await insightly.admin('GET', `/v3.1/Contacts/${contact.external_id}`)).row

  it('says what is wrong with a key before anything is kept', async () => {
    await go()
    const steps = page.getByRole('list', { name: 'Connection steps' })
    expect(await textOf(steps.getByRole('listitem').and(page.locator('[aria-current=step]')))).toContain('Address and key')
    await page.getByRole('combobox', { name: 'Pod' }).selectOption({ label: 'Another address…' })
    await box('Address').fill(insightly.fake.url)
    await box('API key').fill('a-key-that-nobody-has')
    expect(await box('API key').getAttribute('type')).toBe('password')
    await button('Test connection').click()
    expect(await textOf(page.getByRole('alert'))).toContain('key')
    expect(await api<object>('/api/crm/sync')).toMatchObject({ mode: 'builtin', connection: null, lastRun: null })
  })

  it('tells whose key it is and what will be copied, with counts', async () => {
    await box('API key').fill(testKey)
    await button('Test connection').click()
    await button(/^Copy [\d,]+ records$/).waitFor()
    const counts = (await insightly.admin('GET', '/counts')).row as Record<string, number>
    const table = page.getByRole('table', { name: 'What will be copied' })
    const shown = await table.getByRole('row').allInnerTexts()
    for (const [label, collection] of [
      ['Contacts', 'Contacts'],
      ['Organisations', 'Organisations'],
      ['Opportunities', 'Opportunities'],
    ] as const)
      expect(shown.map((row) => row.split(/\s+/).filter(Boolean))).toContainEqual([label, String(counts[collection])])
    const me = (await insightly.get('/Users/Me')).row
    expect(await textOf(page.getByRole('status').first())).toContain(`${me.FIRST_NAME} ${me.LAST_NAME}`)
    expect((await api<{ total: number | null; items: unknown[] }>('/api/crm/contacts')).items).toEqual([])
  })

  it('copies everything and shows its progress to the end', async () => {
    await button(/^Copy [\d,]+ records$/).click()
    await page
      .getByRole('main')
      .getByText(/^Copied with/)
      .waitFor({ timeout: 60_000 })
    await page.getByRole('link', { name: 'Show contacts' }).waitFor()
    await button('Show the connection').click()
    await page.getByRole('heading', { name: 'Connection', exact: true }).waitFor()
    const page1 = await api<{ items: Contact[] }>('/api/crm/contacts?limit=200')
    expect(page1.items).toHaveLength(60)
    contact = page1.items.find(({ title, city }) => title !== null && city !== null) as Contact
    expect(await textOf(page.getByRole('table', { name: 'Last runs' }))).toMatch(/Copy everything\s+Done/)
    // The key is nowhere on its way back.
    expect(await page.content()).not.toContain(testKey)
    for (const path of ['/api/crm/sync', '/api/crm/sync/runs']) expect(await (await server.fetch(path)).text()).not.toContain(testKey)
  })

  it('shows a field that was changed on both sides, and keeps the version that is chosen', async () => {
    await insightly.admin('PUT', '/v3.1/Contacts', { CONTACT_ID: Number(contact.external_id), PHONE: '+44 20 7946 0990', TITLE: 'Head of theirs' })
    await api(`/api/crm/contacts/${contact.id}`, 'PATCH', { phone: '+44 20 7946 0018', title: 'Head of ours' })
    const phone = page.getByRole('group', { name: `Phone of ${contact.name}` })
    const title = page.getByRole('group', { name: `Job title of ${contact.name}` })
    await phone.waitFor({ timeout: 30_000 })
    await expect.poll(() => textOf(phone), { timeout: 15_000 }).toMatch(/Here by[\s\S]*\+44 20 7946 0018[\s\S]*In Insightly[\s\S]*\+44 20 7946 0990/)
    expect(await textOf(attention())).toContain('2')
    await phone.getByRole('button', { name: 'Keep ours' }).click()
    await said('ours is kept')
    // What stands below moves up when it goes, and a click meanwhile hits neither.
    await phone.waitFor({ state: 'detached' })
    await title.getByRole('button', { name: 'Keep Insightly’s' }).click()
    await said('Insightly’s is kept')
    await page.getByText('There is nothing to decide.').waitFor()
    await attention().waitFor({ state: 'detached' })
    // Neither version is lost.
    await page.getByText('Decided lately').first().click()
    const decided = page.getByRole('table', { name: 'Decided lately' }).getByRole('row')
    await decided.nth(2).waitFor()
    expect(await textOf(decided.filter({ hasText: 'Phone' }))).toMatch(/\+44 20 7946 0018[\s\S]*\+44 20 7946 0990[\s\S]*Ours/)
    expect(await textOf(decided.filter({ hasText: 'Job title' }))).toMatch(/Head of ours[\s\S]*Head of theirs[\s\S]*Insightly’s/)
    await expect.poll(async () => (await there()).PHONE, { timeout: 30_000 }).toBe('+44 20 7946 0018')
    expect(await here()).toMatchObject({ phone: '+44 20 7946 0018', title: 'Head of theirs' })
    expect((await there()).TITLE).toBe('Head of theirs')
  })

  it('shows why a change was refused, and lets it be dropped', async () => {
    await insightly.admin('POST', '/faults', {
      kind: 'status',
      method: 'PUT',
      path: '/Contacts',
      status: 400,
      body: '{"message":"No such town."}',
      contentType: 'application/json',
    })
    const townThere = (await there()).ADDRESS_MAIL_CITY
    await api(`/api/crm/contacts/${contact.id}`, 'PATCH', { city: 'Nowhere at all' })
    const row = page.getByRole('table', { name: 'Waiting to be sent' }).getByRole('row').filter({ hasText: contact.name })
    await row.getByText('Not sent', { exact: true }).waitFor({ timeout: 30_000 })
    expect(await textOf(row)).toMatch(/Changed city[\s\S]*No such town\./)
    expect(await textOf(attention())).toContain('1')
    await row.getByRole('button', { name: `Drop the change of ${contact.name}` }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Drop the change' }).click()
    await said('The change stays here and is not sent.')
    await page.getByText('Nothing waits to be sent.').waitFor()
    expect((await here()).city).toBe('Nowhere at all')
    expect((await there()).ADDRESS_MAIL_CITY).toBe(townThere)
  })

  it('runs again on request, in the way that is chosen', async () => {
    await button('Choose how to sync').click()
    await page.getByRole('menuitem', { name: /^Look for deletions/ }).click()
    await said('The run has started.')
    await page
      .getByRole('table', { name: 'Last runs' })
      .getByRole('row', { name: /Look for deletions\s+Done/ })
      .waitFor({ timeout: 60_000 })
    await button('Sync now').click()
    await page
      .getByRole('table', { name: 'Last runs' })
      .getByRole('row', { name: /Fetch changes\s+Done/ })
      .waitFor({ timeout: 60_000 })
  })

  it('fits a phone, with a name for every control', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await go()
    await page.getByRole('list', { name: 'Last runs' }).waitFor()
    expect(await page.evaluate(inspect)).toEqual({ nameless: [], overflow: 0, headings: 1 })
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it('tells a member who looks after it', async () => {
    const rep = { email: 'rep@mirror.example', password: 'a long enough password' }
    const made = spawnSync(
      process.execPath,
      ['backend/cli.js', 'users', 'create', '--email', rep.email, '--name', 'Rea Parr', '--password', rep.password, '--role', 'rep', '--json'],
      { cwd: repositoryRoot, encoding: 'utf8', env: { PATH: process.env.PATH ?? '', DATA_DIR: join(folder, 'data'), ADMIN_API_KEY: adminKey } },
    )
    expect({ status: made.status, stderr: made.stderr }).toEqual({ status: 0, stderr: '' })
    const member = await openPage(browser)
    await member.page.goto(`${server.url}/settings/insightly`)
    await member.page.getByRole('textbox', { name: 'E-mail' }).fill(rep.email)
    await member.page.getByRole('textbox', { name: 'Password' }).fill(rep.password)
    await member.page.getByRole('button', { name: 'Sign in' }).click()
    await member.page.getByRole('heading', { name: 'Owners and admins look after Insightly' }).waitFor()
    expect(member.troubles).toEqual([])
    await member.page.context().close()
  })

  it('leaves and keeps every record', async () => {
    await go()
    await button('Leave Insightly…').click()
    const dialog = page.getByRole('dialog')
    expect(await textOf(dialog)).toMatch(/every record[\s\S]*Forgotten: the API key/)
    const download = page.waitForEvent('download')
    await dialog.getByRole('list', { name: 'Exports' }).getByRole('link', { name: 'Contacts' }).click()
    expect((await download).suggestedFilename()).toMatch(/contacts/i)
    await dialog.getByRole('button', { name: 'Leave Insightly' }).click()
    await said('Insightly is left.')
    await page.getByRole('list', { name: 'Connection steps' }).waitFor()
    expect((await api<{ items: Contact[] }>('/api/crm/contacts?limit=200')).items).toHaveLength(60)
    const calls = insightly.fake.calls().length
    await api(`/api/crm/contacts/${contact.id}`, 'PATCH', { city: 'Somewhere of ours' })
    expect(await api<object>('/api/crm/sync')).toMatchObject({ mode: 'builtin', outbox: { pending: 0, failed: 0 } })
    expect(insightly.fake.calls()).toHaveLength(calls)
  })

  it('asks for neither address nor key where the server has them', { timeout: 180_000 }, async () => {
    const second = await startServer(join(folder, 'second'), {
      INSIGHTLY_API_URL: insightly.fake.url,
      INSIGHTLY_API_KEY: testKey,
      CRM_RATE_LIMIT_MAX_REQUESTS: '200',
      CRM_RATE_LIMIT_WINDOW_MS: '1000',
    })
    const operator = await openPage(browser)
    try {
      await signIn(operator.page, await printedLink(second))
      await operator.page.goto(`${second.url}/settings/insightly`)
      await operator.page.getByText('In the server’s environment').waitFor()
      // The first copy has begun by itself.
      await operator.page
        .getByRole('table', { name: 'Last runs' })
        .getByRole('row', { name: /Copy everything\s+Done/ })
        .waitFor({ timeout: 60_000 })
      await operator.page.getByRole('button', { name: 'Leave Insightly…' }).click()
      await operator.page.getByRole('dialog').getByRole('button', { name: 'Leave Insightly' }).click()
      await operator.page.getByText('Address and key are in the server’s environment').waitFor()
      expect(await operator.page.getByRole('textbox').count()).toBe(0)
      await operator.page.getByRole('button', { name: 'Test connection' }).click()
      await operator.page.getByRole('button', { name: /^Copy [\d,]+ records$/ }).click()
      await operator.page
        .getByRole('main')
        .getByText(/^Copied with/)
        .waitFor({ timeout: 60_000 })
      const items = ((await (await second.fetch('/api/crm/contacts?limit=200')).json()) as { items: unknown[] }).items
      expect(items).toHaveLength(60)
      expect(operator.troubles).toEqual([])
    } finally {
      await operator.page.context().close()
      await second.stop()
    }
  })

  it('breaks no rule of the content security policy on the way', () => {
    expect(troubles).toEqual([])
  })
})
