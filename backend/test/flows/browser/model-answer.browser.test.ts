import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeModel, startFakeModel } from '../../fakes/model/server.ts'
import { requireProgram } from '../../requirements.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { launchBrowser, openPage, printedLink, signIn, textOf } from './browser.ts'

const chromium = requireProgram('chromium', 'Answers of a model in the browser')

/** Long enough that a person can do something meanwhile. */
const slowly = { text: Array.from({ length: 400 }, (_, index) => `Line ${index + 1} of a poem.`).join('\n\n'), pieceMs: 60 }

describe.skipIf(chromium === undefined)('answers of a model in the browser', { timeout: 120_000 }, () => {
  let folder: string
  let model: FakeModel
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    folder = await scratchFolder()
    model = await startFakeModel({ script: [{ text: 'A short poem about pipelines.' }] })
    server = await startServer(join(folder, 'data'), { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'any', OPENAI_MODEL: 'stand-in' })
    browser = await launchBrowser(chromium as string)
    ;({ page, troubles } = await openPage(browser))
    await signIn(page, await printedLink(server))
    await page.goto(`${server.url}/chat`)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await model?.close()
    await removeFolder(folder)
  })

  const send = async (question: string) => {
    await page.getByRole('textbox', { name: 'Message' }).fill(question)
    await page.keyboard.press('Enter')
  }
  const answers = () => page.getByRole('article', { name: /agent$/ })

  it('says that a model answered', async () => {
    await send('/creative write a poem about pipelines')
    await answers().last().getByText('by the language model').waitFor()
    expect(await textOf(answers().last())).toContain('A short poem about pipelines.')
  })

  it('goes on after a refresh, stops when told to, and keeps and marks what had arrived', async () => {
    model.play([slowly])
    await send('/creative write a long poem')
    await answers().last().getByText('Line 1 of a poem.').waitFor()
    await page.reload()
    await answers().last().getByText('Line 1 of a poem.').waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await answers().last().getByText('Stopped. What had arrived is kept.').waitFor()
    await page.reload()
    await answers().last().getByText('Stopped. What had arrived is kept.').waitFor()
    const kept = await textOf(answers().last())
    expect(kept).toContain('Line 1 of a poem.')
    expect(kept).not.toContain('Line 400 of a poem.')
    expect(kept.match(/Line 1 of a poem\./g)).toHaveLength(1)
  })

  it('asks again where it was stopped', async () => {
    model.play([{ text: 'Another poem.' }])
    await answers().last().getByRole('button', { name: 'Ask again' }).click()
    await answers().last().getByText('Another poem.').waitFor()
    await answers().last().getByRole('group', { name: 'Versions' }).getByText('2 of 2').waitFor()
  })

  it('counts what it took on the page of models', async () => {
    await page.goto(`${server.url}/settings/models`)
    expect(await textOf(page.getByRole('table', { name: 'Models of the agents' }))).toContain('stand-in')
    await expect.poll(async () => (await page.getByRole('table', { name: 'Usage of models' }).getByRole('row').count()) > 1).toBe(true)
    await page.getByRole('textbox', { name: 'Workspace, USD a day' }).fill('5')
    await page.getByRole('button', { name: 'Save budgets' }).click()
    await page.getByRole('list', { name: 'Budgets', exact: true }).getByText('of $5 today').waitFor()
  })

  it('keeps a field from models', async () => {
    await page.getByRole('combobox', { name: 'Kind of record' }).selectOption({ label: 'Contacts' })
    await page.getByRole('combobox', { name: 'Field' }).selectOption({ label: 'Phone' })
    await page.getByRole('button', { name: 'Keep from models' }).click()
    await page.getByRole('list', { name: 'Confidential fields' }).getByText('Phone').waitFor()
    const settings = await page.request.get(`${server.url}/api/settings/confidential-fields`)
    expect(await settings.json()).toMatchObject({ fields: [{ entity: 'contacts', field: 'phone' }] })
  })

  it('throws no script error on the way', () => {
    expect(troubles).toEqual([])
  })
})
