import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireProgram } from '../../requirements.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { launchBrowser, openPage, printedLink, signIn, textOf } from './browser.ts'

const chromium = requireProgram('chromium', 'Security in the browser')

const attacker = '203.0.113.7'
const sections = ['profile', 'keys', 'people', 'security', 'security?view=addresses', 'security?view=checks', 'audit', 'privacy']

/** Runs in the page: controls without a name, and how far the page sticks out to the side. */
const inspect = `(() => {
  const named = (element) => (element.getAttribute('aria-label') ?? element.getAttribute('aria-labelledby') ?? element.labels?.[0]?.textContent ?? element.getAttribute('title') ?? element.textContent ?? '').trim() !== ''
  const nameless = [...document.querySelectorAll('button, a[href], input, select, textarea')].filter((element) => element.getClientRects().length > 0 && !named(element)).map((element) => element.outerHTML.slice(0, 120))
  return { nameless, overflow: document.documentElement.scrollWidth - window.innerWidth, headings: document.querySelectorAll('h1').length }
})()`

/** As the owner of the tables, whom no application role can become. */
async function asDatabaseOwner(dataDir: string, statement: string): Promise<void> {
  const { ownerPassword } = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as { ownerPassword: string }
  const port = Number((await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[3])
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'chatsg_owner', password: ownerPassword, database: 'postgres' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

describe.skipIf(chromium === undefined)('security in the browser', { timeout: 60_000 }, () => {
  let folder: string
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    folder = await scratchFolder()
    // The test speaks for other addresses as a proxy in front would.
    server = await startServer(join(folder, 'data'), { TRUSTED_PROXIES: '127.0.0.1' })
    browser = await launchBrowser(chromium as string)
    ;({ page, troubles } = await openPage(browser))
    await signIn(page, await printedLink(server))
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await removeFolder(folder)
  })

  const go = (path: string) => page.goto(server.url + path)
  const box = (name: string) => page.getByRole('textbox', { name, exact: true })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const said = (words: string) => page.getByRole('status').filter({ hasText: words }).waitFor()
  const from = (ip: string) => fetch(`${server.url}/api/auth/ways`, { headers: { 'x-forwarded-for': ip } })

  it('makes a key that is shown once, works, and stops working when it is revoked', async () => {
    await go('/settings/keys')
    await button('New key').click()
    await box('Name').fill('Nightly export')
    await button('Make key').click()
    const key = await box('API key').inputValue()
    await button('Done').click()
    const table = page.getByRole('table', { name: 'API keys' })
    await table.getByText('Nightly export').waitFor()
    expect(await page.content()).not.toContain(key)

    const call = (path: string, method = 'GET') => fetch(server.url + path, { method, headers: { authorization: `Bearer ${key}` } })
    expect((await call('/api/crm/contacts')).status).toBe(200)
    expect((await call('/api/people')).status).toBe(403)
    await page.reload()
    await table.getByRole('row').filter({ hasText: 'Nightly export' }).getByRole('button', { name: 'Revoke Nightly export' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke key' }).click()
    await said('is revoked')
    await table.getByText('Revoked').waitFor()
    await expect.poll(async () => (await call('/api/crm/contacts')).status, { timeout: 15_000 }).toBe(401)
  })

  it('shows a failed sign-in among the events, by its type, with its details', async () => {
    const refused = await fetch(`${server.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': attacker },
      body: JSON.stringify({ email: 'somebody@else.example', password: 'a wrong password' }),
    })
    expect(refused.status).toBe(401)
    await go('/settings/security')
    await page.getByRole('combobox', { name: 'Type' }).selectOption('authentication')
    expect(new URL(page.url()).search).toContain('type=authentication')
    const row = page.getByRole('table', { name: 'Security events' }).getByRole('row').filter({ hasText: attacker })
    await expect
      .poll(async () => {
        await button('Read the events again').click()
        return row.count()
      })
      .toBeGreaterThan(0)
    await row.first().getByRole('button').click()
    const sheet = page.getByRole('dialog')
    expect(await textOf(sheet.locator('pre'))).toContain('sign_in_failed')
    await sheet.getByRole('button', { name: `Block ${attacker}` }).waitFor()
  })

  it('blocks that address, lists it, and lets it in again', async () => {
    expect((await from(attacker)).status).toBe(200)
    await button(`Block ${attacker}`).click()
    await box('Reason').fill('Tries passwords')
    await button('Block address').click()
    await said(`${attacker} is blocked.`)
    await page.getByRole('tab', { name: 'Addresses' }).click()
    const row = page.getByRole('table', { name: 'Blocked addresses' }).getByRole('row').filter({ hasText: attacker })
    expect(await textOf(row)).toMatch(/Tries passwords[\s\S]*A person/)
    expect((await from(attacker)).status).toBe(403)
    expect((await from('203.0.113.8')).status).toBe(200)
    await button(`Unblock ${attacker}`).click()
    await page.getByText('No address is blocked.').waitFor()
    expect((await from(attacker)).status).toBe(200)

    await button('Block an address').click()
    await box('Address').fill('not an address')
    await box('Reason').fill('A typing mistake')
    await button('Block address').click()
    await page.getByRole('dialog').getByRole('alert').waitFor()
    await button('Cancel').click()
  })

  it('keeps a list of addresses that are never blocked automatically', async () => {
    await go('/settings/security?view=addresses')
    await box('Address or network').fill('192.0.2.0/24')
    await box('What it is').fill('The office')
    await button('Add').click()
    const list = page.getByRole('list', { name: 'Never blocked automatically' })
    await list.getByText('The office').waitFor()
    await button('Remove 192.0.2.0/24').click()
    await page.getByText('The list is empty.').waitFor()
  })

  it('looks at the installation, and tests its encryption', async () => {
    await go('/settings/security')
    await page.getByRole('tab', { name: 'Checks' }).click()
    await page.getByText('Row-level security guards').waitFor()
    await button('Test encryption').click()
    await page.getByText('It works: the text came back as it was, and changed copies were refused.').waitFor()
  })

  it('exports and erases a person, with a certificate', async () => {
    const made = await server.fetch('/api/crm/contacts', {
      method: 'POST',
      body: JSON.stringify({ first_name: 'Zelda', last_name: 'Quist', email: 'zelda@quist.example' }),
    })
    const { id } = (await made.json()) as { id: string }
    await go('/settings/privacy')
    const subject = box('E-mail, or the address of the record')
    await subject.fill('zelda@quist.example')
    const download = page.waitForEvent('download')
    await button('Export everything').click()
    const file = await (await download).path()
    expect(await readFile(file, 'utf8')).toContain('Quist')

    await button('Erase…').click()
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Erase for good' })
    await page.getByRole('dialog').getByRole('textbox').fill('zelda@quist')
    expect(await confirm.isDisabled()).toBe(true)
    await page.getByRole('dialog').getByRole('textbox').fill('zelda@quist.example')
    await confirm.click()
    await page.getByRole('table', { name: 'Certificates' }).getByRole('row').nth(1).waitFor()
    expect((await server.fetch(`/api/crm/contacts/${id}`)).status).toBe(404)
  })

  it('shows who did what, and proves the chain until somebody changes an entry', async () => {
    await go('/settings/audit')
    const table = page.getByRole('table', { name: 'Audit trail' })
    await table.getByRole('row').nth(1).waitFor()
    await page.getByRole('combobox', { name: 'Event' }).selectOption('KEY_CHANGE')
    await expect.poll(async () => (await table.getByRole('row').allInnerTexts()).slice(1).every((row) => row.includes('Key change'))).toBe(true)
    await table.getByRole('row').nth(1).getByRole('button').click()
    const sheet = page.getByRole('dialog')
    expect(await textOf(sheet)).toMatch(/Its hash\s+[0-9a-f]{64}/)
    const sequence = Number(/Entry ([\d,]+)/.exec(await textOf(sheet))?.[1]?.replaceAll(',', ''))
    await page.keyboard.press('Escape')

    await button('Verify the chain').click()
    await said('The chain is whole')
    // A space that nobody would see, by somebody whom the database cannot refuse.
    await asDatabaseOwner(join(folder, 'data'), `update chatsg.audit_entries set line = replace(line, '"event":', '"event": ') where sequence = ${sequence}`)
    await button('Verify the chain').click()
    await said(`The chain is broken at entry ${sequence}`)
  })

  it('fits a phone, with a name for every control', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    for (const section of sections) {
      await go(`/settings/${section}`)
      await page
        .getByRole('heading', { level: 2 })
        .or(page.getByRole('list', { name: 'Security events' }))
        .first()
        .waitFor()
      await page.waitForLoadState('networkidle')
      expect(await page.evaluate(inspect), section).toEqual({ nameless: [], overflow: 0, headings: 1 })
    }
  })

  it('breaks no rule of the content security policy on the way', () => {
    expect(troubles).toEqual([])
  })
})
