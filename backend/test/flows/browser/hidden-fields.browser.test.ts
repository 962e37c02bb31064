import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireProgram } from '../../requirements.ts'
import { adminKey, removeFolder, repositoryRoot, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { launchBrowser, openPage, printedLink, signIn } from './browser.ts'

const chromium = requireProgram('chromium', 'Hidden fields in the browser')
const rita = { email: 'rita@mowbray.example', name: 'Rita Rep', password: 'copper-kettle-on-monday' }

describe.skipIf(chromium === undefined)('hidden fields in the browser', { timeout: 90_000 }, () => {
  let folder: string
  let server: ServerProcess
  let browser: Browser
  let owner: Page
  let rep: Page
  let troubles: string[]
  let contact: string

  const create = async (entity: string, body: object) => {
    const response = await server.fetch(`/api/crm/${entity}`, { method: 'POST', body: JSON.stringify(body) })
    expect(response.status).toBe(201)
    return ((await response.json()) as { id: string }).id
  }

  beforeAll(async () => {
    folder = await scratchFolder()
    server = await startServer(join(folder, 'data'))
    contact = await create('contacts', { first_name: 'Ann', city: 'London', phone: '+442079460000' })
    await create('opportunities', { name: 'Big deal', value: '7654321', currency: 'EUR', pipeline: 'Sales', stage: 'Offer' })
    const options = ['--email', rita.email, '--name', rita.name, '--password', rita.password, '--role', 'rep', '--json']
    const made = spawnSync(process.execPath, ['backend/cli.js', 'users', 'create', ...options], {
      cwd: repositoryRoot,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', DATA_DIR: join(folder, 'data'), ADMIN_API_KEY: adminKey },
    })
    expect({ status: made.status, stderr: made.stderr }).toEqual({ status: 0, stderr: '' })
    browser = await launchBrowser(chromium as string)
    const [first, second] = [await openPage(browser), await openPage(browser)]
    owner = first.page
    rep = second.page
    troubles = second.troubles
    await signIn(owner, await printedLink(server))
    await rep.goto(`${server.url}/sign-in`)
    await rep.getByRole('textbox', { name: 'E-mail', exact: true }).fill(rita.email)
    await rep.getByRole('textbox', { name: 'Password', exact: true }).fill(rita.password)
    await rep.getByRole('button', { name: 'Sign in', exact: true }).click()
    await rep.getByRole('navigation', { name: 'Main' }).waitFor()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await removeFolder(folder)
  })

  async function hide(kind: string, field: string): Promise<void> {
    await owner.getByRole('combobox', { name: 'Kind of record' }).selectOption({ label: kind })
    await owner.getByRole('combobox', { name: 'Field' }).selectOption({ label: field })
    await owner.getByRole('button', { name: 'Hide', exact: true }).click()
    await owner.getByRole('list', { name: 'Hidden fields' }).getByText(field).waitFor()
  }

  it('are shown to a rep until an owner hides them on the page of people', async () => {
    await rep.goto(`${server.url}/contacts`)
    await rep.getByRole('columnheader', { name: 'Phone' }).waitFor()
    await owner.goto(`${server.url}/settings/people`)
    await hide('Contacts', 'Phone')
    await hide('Opportunities', 'Value')
    await rep.reload()
    await rep.getByRole('columnheader', { name: 'City' }).waitFor()
    await expect.poll(() => rep.getByRole('columnheader', { name: 'Phone' }).count()).toBe(0)
    await rep.goto(`${server.url}/contacts/${contact}`)
    await rep.getByText('London').first().waitFor()
    expect(await rep.getByText(/2079460000|7946 0000/).count()).toBe(0)
    await owner.goto(`${server.url}/contacts`)
    await owner.getByRole('columnheader', { name: 'Phone' }).waitFor()
  })

  it('leave the board its stages and deals', async () => {
    await rep.goto(`${server.url}/opportunities?view=board`)
    await rep.getByRole('region', { name: 'Offer' }).getByText('Big deal').waitFor()
    expect(await rep.getByText(/7,?654/).count()).toBe(0)
    await owner.goto(`${server.url}/opportunities?view=board`)
    await owner
      .getByRole('region', { name: 'Offer' })
      .getByText(/7,654,321/)
      .first()
      .waitFor()
  })

  it('are shown again when they are taken off the list', async () => {
    await owner.goto(`${server.url}/settings/people`)
    await owner.getByRole('button', { name: 'Show again: Phone of contacts' }).click()
    await expect.poll(() => owner.getByRole('list', { name: 'Hidden fields' }).getByText('Phone').count()).toBe(0)
    await rep.goto(`${server.url}/contacts`)
    await rep.getByRole('columnheader', { name: 'Phone' }).waitFor()
  })

  it('are hidden again from everybody they were hidden from, when that was a mistake', async () => {
    const hidden = owner.getByRole('list', { name: 'Hidden fields' }).getByRole('listitem')
    const before = await hidden.allTextContents()
    expect(before.join()).toContain('from reps and viewers')
    await owner.getByRole('button', { name: 'Show again: Value of opportunities' }).click()
    await owner.getByRole('status').filter({ hasText: 'Value of opportunities is shown' }).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => hidden.allTextContents()).toEqual(before)
  })

  it('throw no script error on the way', () => {
    expect(troubles).toEqual([])
  })
})
