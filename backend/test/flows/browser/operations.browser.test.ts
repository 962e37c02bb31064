import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deployment } from '#contracts/deployment.ts'
import type { SelfTestRuns } from '#contracts/self-test.ts'
import { requireProgram } from '../../requirements.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { launchBrowser, openPage, printedLink, signIn, textOf } from './browser.ts'

const chromium = requireProgram('chromium', 'Operations in the browser')

describe.skipIf(chromium === undefined)('operations in the browser', { timeout: 90_000 }, () => {
  let folder: string
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    folder = await scratchFolder()
    // Any memory at all is too much here, so that an alert is raised.
    server = await startServer(join(folder, 'data'), { ALERT_MEMORY_USAGE: '0.0001', HEALTH_CHECK_INTERVAL: '1000', FEATURE_FLAGS: 'betaForecast=false' })
    browser = await launchBrowser(chromium as string)
    ;({ page, troubles } = await openPage(browser))
    await signIn(page, await printedLink(server))
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await removeFolder(folder)
  })

  const api = async <T>(path: string, body?: unknown): Promise<T> =>
    (await (await server.fetch(path, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) })).json()) as T
  const button = (name: string, within: Page | Locator = page) => within.getByRole('button', { name, exact: true })
  /** How far the page as a whole could be moved, to the side or down; its parts scroll by themselves. */
  const overflow = () =>
    page.evaluate<number>('Math.max(document.documentElement.scrollWidth - window.innerWidth, document.documentElement.scrollHeight - window.innerHeight)')

  it('shows each part, the figures, the release, and an alert that somebody takes on', async () => {
    await page.goto(`${server.url}/settings/health`)
    const parts = page.getByRole('table', { name: 'Parts' })
    expect(await textOf(parts)).toMatch(/Database\s+Works[\s\S]*Redis\s+Not set up[\s\S]*Disk\s+Works/)
    expect(await page.getByRole('meter', { name: 'Memory' }).getAttribute('aria-valuenow')).toMatch(/^\d+$/)
    const release = await api<Deployment>('/api/deployment')
    expect(await textOf(page.getByRole('table', { name: 'The release that runs' }))).toContain(release.version)
    const raised = page.getByRole('list', { name: /raised alert/ })
    expect(await textOf(raised.getByText(/ChatSG occupies/))).toContain('ALERT_MEMORY_USAGE')
    await button('I look after it', raised).first().click()
    await raised.getByText(/Owner looks after it since/).waitFor()
  })

  it('switches a flag, takes it back, and keeps who did it', async () => {
    const flags = async () => (await api<Deployment>('/api/deployment')).flagRules
    await page.goto(`${server.url}/settings/flags`)
    const flag = page.getByRole('switch', { name: 'betaForecast' })
    await flag.click()
    await button('Undo').waitFor()
    expect((await flags()).betaForecast).toMatchObject({ enabled: true, source: 'switched' })
    await button('Undo').click()
    await page.getByText('betaForecast is as before.').waitFor()
    expect((await flags()).betaForecast).toMatchObject({ enabled: false, source: 'configuration' })
    await button('More about: betaForecast').click()
    await page.getByRole('menuitem', { name: 'For whom it is on' }).click()
    await page.getByRole('spinbutton', { name: 'Share of people, in percent' }).fill('101')
    await button('Switch it on').click()
    await page.getByRole('dialog').getByRole('alert').waitFor()
    await page.getByRole('spinbutton', { name: 'Share of people, in percent' }).fill('25')
    await page.getByRole('checkbox', { name: 'Everybody with the role manager' }).check()
    await button('Switch it on').click()
    const list = page.getByRole('list', { name: 'Flags' })
    await list.getByText(/^On for 25 % of people and those named/).waitFor()
    expect((await flags()).betaForecast).toMatchObject({ enabled: true, percentage: 25, targets: ['manager'] })
    const history = page.getByRole('table', { name: 'Changes of flags' })
    await history.getByRole('row').nth(3).waitFor()
    await history
      .getByRole('row')
      .nth(1)
      .getByRole('button', { name: /^Put betaForecast back/ })
      .click()
    await list.getByText('Off', { exact: true }).waitFor()
    expect((await flags()).betaForecast).toMatchObject({ enabled: false, source: 'configuration' })
  })

  it('runs a suite of the self-test, shows how far it is, and hands out the report', async () => {
    await page.goto(`${server.url}/settings/self-test`)
    await page.getByRole('combobox', { name: 'What to run' }).selectOption({ label: 'Security Manager' })
    await button('Run').click()
    await page.getByRole('progressbar', { name: 'Progress of the self-test' }).waitFor()
    const tests = page.getByRole('table', { name: 'Tests of Security Manager' })
    expect((await textOf(tests)).match(/Passed/g)?.length).toBeGreaterThan(2)
    const [download] = await Promise.all([page.waitForEvent('download'), button('JSON').click()])
    const { items } = await api<SelfTestRuns>('/api/test/runs')
    const { report } = await api<{ report: unknown }>(`/api/test/runs/${items[0]?.id}`)
    expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toEqual(report)
    const [document] = await Promise.all([page.waitForEvent('download'), button('Markdown').click()])
    expect(await readFile(await document.path(), 'utf8')).toContain('## Security Manager')
  })

  it('asks what is configured whether it answers', async () => {
    await button('All runs').click()
    await page.getByRole('combobox', { name: 'What to run' }).selectOption({ label: 'Check what is configured' })
    await button('Run').click()
    expect(await textOf(page.getByRole('table', { name: 'What is configured' }))).toMatch(/Database\s+Good[\s\S]*Redis\s+Not set up/)
    await button('All runs').click()
    expect(await page.getByRole('table', { name: 'Runs' }).getByRole('row').count()).toBe(3)
  })

  it('shows what a workflow found and proposed, and leads there from an approval', async () => {
    const mail = { from: 'jane.doe@newco.example', to: ['sales@my.example'], subject: 'Price of the pump', body: 'What does it cost?', direction: 'inbound' }
    const { id } = await api<{ id: string }>('/api/crm/emails', { ...mail, sent_at: '2026-11-20T10:00:00.000Z' })
    await page.goto(`${server.url}/inbox/${id}`)
    await button('Make a lead of it').click()
    const steps = page.getByRole('list', { name: 'Steps' })
    await steps.getByText(/^Proposed a lead for jane\.doe@newco\.example/).waitFor()
    expect(await textOf(steps)).toMatch(/Read the mail[\s\S]*Email agent[\s\S]*is not known[\s\S]*See what it is about[\s\S]*Sales agent/)
    await page.goto(`${server.url}/approvals`)
    await page.getByRole('group', { name: 'Proposed changes' }).getByRole('link', { name: 'workflow' }).click()
    await button('Approve 2 changes', page.getByRole('group', { name: 'Proposed changes' })).click()
    await button('Undo 2 changes').waitFor()
    expect((await api<{ items: { email: string }[] }>('/api/crm/leads?limit=5')).items.map(({ email }) => email)).toEqual([mail.from])
  })

  it('says when a schedule asks while one writes it', async () => {
    await page.goto(`${server.url}/automations`)
    await button('New schedule').click()
    await page.getByRole('textbox', { name: 'When' }).fill('every Monday 9:00')
    await page.getByText(/^Next: .*09:00.*09:00.*09:00/).waitFor()
    await page.getByRole('textbox', { name: 'When' }).fill('every blue moon')
    await page.getByText(/"every blue moon" is no time/).waitFor()
    await button('Cancel').click()
  })

  it.each([
    ['a phone', { width: 390, height: 844 }],
    ['a desk', { width: 1440, height: 900 }],
  ])('fits %s', async (_, size) => {
    await page.setViewportSize(size)
    for (const path of ['/settings/health', '/settings/people', '/settings/flags', '/settings/self-test', '/automations?view=workflows']) {
      await page.goto(`${server.url}${path}`)
      await page.getByRole('main').getByRole('heading').first().waitFor()
      await page.waitForLoadState('networkidle')
      expect(await overflow(), path).toBe(0)
    }
  })

  it('throws no script error on the way', () => {
    expect(troubles).toEqual([])
  })
})
