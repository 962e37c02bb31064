import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeModel, startFakeModel } from '../../fakes/model/server.ts'
import { requireProgram } from '../../requirements.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { type BreakableDoor, openBreakableDoor } from './breakable-door.ts'
import { launchBrowser, openPage, printedLink, signIn, textOf } from './browser.ts'

const chromium = requireProgram('chromium', 'Interrupted answers in the browser')

/** Long enough that it is under way when something breaks. */
const slowly = { text: Array.from({ length: 40 }, (_, index) => `Line ${index + 1} of a poem.`).join('\n\n'), pieceMs: 25 }
const endless = { text: Array.from({ length: 4000 }, (_, index) => `Verse ${index + 1} of a ballad.`).join('\n\n'), pieceMs: 40 }

describe.skipIf(chromium === undefined)('interrupted answers in the browser', { timeout: 90_000 }, () => {
  let folder: string
  let model: FakeModel
  let door: BreakableDoor
  let server: ServerProcess
  let browser: Browser
  let page: Page

  async function start(): Promise<ServerProcess> {
    const models = { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'any', OPENAI_MODEL: 'stand-in' }
    const started = await startServer(join(folder, 'data'), { ...models, APP_URL: `http://127.0.0.1:${door.port}` })
    door.leadTo(Number(new URL(started.url).port))
    return started
  }

  beforeAll(async () => {
    folder = await scratchFolder()
    model = await startFakeModel({ script: [slowly] })
    door = await openBreakableDoor()
    server = await start()
    browser = await launchBrowser(chromium as string)
    ;({ page } = await openPage(browser))
    await signIn(page, await printedLink(server))
    await page.goto(`http://127.0.0.1:${door.port}/chat`)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    door?.close()
    await model?.close()
    await removeFolder(folder)
  })

  const send = async (question: string) => {
    await page.getByRole('textbox', { name: 'Message' }).fill(question)
    await page.keyboard.press('Enter')
  }
  const answer = () => page.getByRole('article', { name: /agent$/ }).last()
  const button = (name: string) => answer().getByRole('button', { name, exact: true })

  it('goes on by itself when the connection breaks, with every word once', async () => {
    await send('/creative write a poem')
    await answer().getByText('Line 1 of a poem.').waitFor()
    door.breakAll()
    await answer().getByText('by the language model').waitFor({ timeout: 30_000 })
    const words = await textOf(answer())
    expect(words).toContain('Line 40 of a poem.')
    expect(words.match(/Line 1 of a poem\./g)).toHaveLength(1)
    expect(await button('Ask again').count()).toBe(0)
  })

  it('marks an answer whose server was killed, keeps what had arrived, and offers to go on', async () => {
    model.play([endless])
    await send('/creative write a ballad')
    // What the last tenth of a second brought may be lost, the first verse is older by then.
    await answer().getByText('Verse 20 of a ballad.').waitFor()
    await server.stop('SIGKILL')
    server = await start()
    await page.reload()
    await answer().getByText('Interrupted before it was finished. What had arrived is kept.').waitFor({ timeout: 30_000 })
    const kept = await textOf(answer())
    expect(kept).toContain('Verse 1 of a ballad.')
    expect(kept).not.toContain('This answer was interrupted')
    model.play([{ text: 'And that is the end of it.' }])
    await button('Continue').click()
    await answer().getByText('And that is the end of it.').waitFor()
    expect(await page.getByRole('article', { name: 'You' }).last().innerText()).toContain('/creative Go on where your answer broke off.')
  })

  it('asks the question again as another version of the answer', async () => {
    const broken = page.getByRole('article', { name: /agent$/ }).nth(1)
    model.play([{ text: 'A short ballad.' }])
    await broken.getByRole('button', { name: 'Ask again' }).click()
    await answer().getByText('A short ballad.').waitFor()
    await answer().getByRole('group', { name: 'Versions' }).getByText('2 of 2').waitFor()
  })
})
