import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireProgram } from '../../requirements.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { ask, launchBrowser, openPage, printedLink, signIn } from './browser.ts'

const chromium = requireProgram('chromium', 'Branches of a conversation in the browser')

describe.skipIf(chromium === undefined)('branches of a conversation in the browser', { timeout: 90_000 }, () => {
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
    await page.goto(`${server.url}/chat`)
    await ask(page, 'How many contacts are there?')
    await page.waitForURL(/\/chat\/[0-9a-f-]{36}$/)
    await ask(page, 'How many tasks are there?')
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await removeFolder(folder)
  })

  const questions = () => page.getByRole('article', { name: 'You' }).allInnerTexts()
  const versions = () => page.getByRole('group', { name: 'Versions' })

  it('asks a question in other words, and keeps what was there as another branch', async () => {
    const first = page.getByRole('article', { name: 'You' }).first()
    await first.hover()
    await first.getByRole('button', { name: 'Edit the question' }).click()
    await page.getByRole('textbox', { name: 'Your question' }).fill('How many leads are there?')
    await page.keyboard.press('Enter')
    await versions().first().getByText('2 of 2').waitFor()
    expect((await questions()).join('\n')).toContain('How many leads are there?')
    expect((await questions()).join('\n')).not.toContain('tasks')
  })

  it('goes back to the other branch with all that follows on it, also after a reload', async () => {
    await versions().first().getByRole('button', { name: 'Previous version' }).click()
    await versions().first().getByText('1 of 2').waitFor()
    await page.getByText('How many tasks are there?', { exact: true }).last().waitFor()
    await page.reload()
    await versions().first().getByText('1 of 2').waitFor()
    expect((await questions()).map((text) => text.split('\n')[0])).toEqual(['How many contacts are there?', 'How many tasks are there?'])
  })

  it('has a question answered once more', async () => {
    const last = page.getByRole('article', { name: /agent$/ }).last()
    await last.getByRole('button', { name: 'Answer again' }).click()
    await last.getByRole('group', { name: 'Versions' }).getByText('2 of 2').waitFor()
    expect(await page.getByRole('article', { name: 'You' }).count()).toBe(2)
  })

  it('throws no script error on the way', () => {
    expect(troubles).toEqual([])
  })
})
