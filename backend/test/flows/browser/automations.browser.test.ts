import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Schedule } from '#contracts/automations.ts'
import { requireProgram } from '../../requirements.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { launchBrowser, openPage, printedLink, signIn, textOf } from './browser.ts'

const chromium = requireProgram('chromium', 'Automations in the browser')

describe.skipIf(chromium === undefined)('automations in the browser', { timeout: 90_000 }, () => {
  let folder: string
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let troubles: string[]
  let receiver: Server
  const received: { type: string; id: string }[] = []

  beforeAll(async () => {
    folder = await scratchFolder()
    receiver = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        received.push({ type: JSON.parse(body).type, id: String(request.headers['webhook-id']) })
        response.writeHead(204).end()
      })
    })
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
    server = await startServer(join(folder, 'data'), { WEBHOOK_ALLOW_PRIVATE: 'true' })
    browser = await launchBrowser(chromium as string)
    ;({ page, troubles } = await openPage(browser))
    await signIn(page, await printedLink(server))
    await page.goto(`${server.url}/automations`)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    receiver?.close()
    await removeFolder(folder)
  })

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const kept = async (): Promise<Schedule[]> =>
    ((await (await page.request.get(`${server.url}/api/automations/schedules`)).json()) as { items: Schedule[] }).items
  const entry = () => page.getByRole('list', { name: 'Schedules' }).getByRole('listitem').first()
  const more = async (item: string) => {
    await button('More about: How many contacts are there?').click()
    await page.getByRole('menuitem', { name: item }).click()
  }

  it('schedules a question in plain words and says when it is asked next', async () => {
    await button('New schedule').click()
    await page.getByRole('textbox', { name: 'Question' }).fill('How many contacts are there?')
    await page.getByRole('textbox', { name: 'When' }).fill('every blue moon')
    await button('Schedule it').click()
    await page.getByRole('dialog').getByRole('alert').waitFor()
    expect(await kept()).toEqual([])
    await page.getByRole('textbox', { name: 'When' }).fill('every Monday 8:00')
    await button('Schedule it').click()
    expect(await textOf(entry())).toMatch(/every Monday 8:00 \(Europe\/London\)[\s\S]*Next: .*08:00.*08:00.*08:00/)
    expect(await kept()).toMatchObject([{ cron: '0 8 * * 1', timeZone: 'Europe/London', enabled: true, deliver: 'chat' }])
  })

  it('runs it now and leads to the answer', async () => {
    await button('Run now').click()
    const runs = page.getByRole('table', { name: 'Runs of How many contacts are there?' })
    await runs.getByText('Answered').waitFor({ timeout: 30_000 })
    await runs.getByRole('link', { name: 'Conversation' }).click()
    await page.getByRole('log', { name: 'Conversation' }).getByText('How many contacts are there?').first().waitFor()
    await page.goBack()
  })

  it('pauses it, goes on, and deletes it', async () => {
    await more('Pause')
    await entry().getByText('Paused').waitFor()
    expect(await kept()).toMatchObject([{ enabled: false }])
    await more('Go on')
    await entry()
      .getByText(/^Next:/)
      .waitFor()
    await more('Delete')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('heading', { name: 'Nothing is scheduled' }).waitFor()
    expect(await kept()).toEqual([])
  })

  it('shows the secret of a webhook once', async () => {
    await page.getByRole('tab', { name: 'Webhooks' }).click()
    await button('New webhook').click()
    await page.getByRole('textbox', { name: 'Address' }).fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`)
    await page.getByRole('checkbox', { name: 'A change is rejected' }).check()
    await button('Make the webhook').click()
    const secret = await page.getByRole('textbox', { name: 'Signing secret' }).inputValue()
    expect(secret.length).toBeGreaterThan(20)
    await button('I have copied it').click()
    expect(await textOf(page.getByRole('list', { name: 'Webhooks' }))).toContain('/hook')
    await page.reload()
    await page.getByRole('list', { name: 'Webhooks' }).waitFor()
    expect(await page.content()).not.toContain(secret)
  })

  it('shows what was delivered, and sends it again under the same id', async () => {
    const proposed = await server.fetch('/api/approvals', {
      method: 'POST',
      body: JSON.stringify({ calls: [{ tool: 'records.create', input: { entity: 'tasks', values: { title: 'Not wanted' } } }] }),
    })
    const { proposals } = (await proposed.json()) as { proposals: { id: string }[] }
    await server.fetch(`/api/approvals/${proposals[0]?.id}`, { method: 'POST', body: JSON.stringify({ decision: 'reject' }) })
    await expect.poll(() => received.length, { timeout: 20_000 }).toBe(1)
    await button('Deliveries').click()
    const deliveries = page.getByRole('table', { name: 'Deliveries' })
    await deliveries.getByText('Delivered').waitFor({ timeout: 20_000 })
    expect(await textOf(deliveries)).toMatch(/proposal\.rejected\s+Delivered\s+204/)
    await button('Send proposal.rejected again').click()
    await expect.poll(() => received.length, { timeout: 20_000 }).toBe(2)
    expect(received[1]).toEqual(received[0])
  })

  it('throws no script error on the way', () => {
    expect(troubles).toEqual([])
  })
})
