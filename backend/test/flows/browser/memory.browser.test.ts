import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Memory } from '#contracts/memory.ts'
import { requireProgram } from '../../requirements.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { launchBrowser, openPage, printedLink, signIn, textOf } from './browser.ts'

const chromium = requireProgram('chromium', 'Memory in the browser')

describe.skipIf(chromium === undefined)('memory in the browser', { timeout: 90_000 }, () => {
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
    await page.goto(`${server.url}/memory`)
    await button('Remember something').waitFor()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await removeFolder(folder)
  })

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  /** As the page itself asks, signed in. */
  const kept = async (history = false): Promise<Memory[]> => {
    const answer = await page.request.get(`${server.url}/api/memory?history=${history}`)
    return ((await answer.json()) as { items: Memory[] }).items
  }
  const remember = async (text: string) => {
    await button('Remember something').click()
    await page.getByRole('textbox', { name: 'What to remember' }).fill(text)
    await button('Remember').click()
    await page.getByRole('listitem').filter({ hasText: text }).first().waitFor()
  }

  it('remembers what one writes, and finds it by its words', async () => {
    await page.getByRole('heading', { name: 'Nothing is remembered' }).waitFor()
    await remember('I look after Acme')
    await remember('always show amounts in EUR')
    await page.getByRole('searchbox', { name: 'Search memory' }).fill('acme')
    await page.getByRole('listitem').filter({ hasText: 'amounts in EUR' }).waitFor({ state: 'detached' })
    expect(await textOf(page.getByRole('region', { name: 'About you' }))).toContain('I look after Acme')
    await button('Clear search').click()
    await page.getByRole('listitem').filter({ hasText: 'amounts in EUR' }).waitFor()
  })

  it('keeps what was contradicted as history', async () => {
    await remember('always show amounts in GBP')
    await page.getByRole('listitem').filter({ hasText: 'amounts in EUR' }).waitFor({ state: 'detached' })
    await page.getByRole('checkbox', { name: 'With history' }).check()
    const past = page.getByRole('listitem').filter({ hasText: 'amounts in EUR' }).filter({ hasText: 'history' })
    expect(await textOf(past)).toMatch(/show amounts in GBP” took its place/)
    await page.getByRole('checkbox', { name: 'With history' }).uncheck()
  })

  it('writes one anew, and deletes one for good', async () => {
    await button('Edit: I look after Acme').click()
    await page.getByRole('textbox', { name: 'What to remember' }).fill('I look after Birch')
    await page.keyboard.press('Enter')
    await button('Edit: I look after Birch').waitFor()
    expect((await kept()).map(({ text }) => text)).toContain('I look after Birch')
    await button('Delete: I look after Birch').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await button('Edit: I look after Birch').waitFor({ state: 'detached' })
    expect((await kept(true)).map(({ text }) => text)).not.toContain('I look after Birch')
  })

  it('is really off when it is turned off', async () => {
    await page.getByRole('checkbox', { name: /^Remember how I work/ }).uncheck()
    await page.getByRole('status').filter({ hasText: 'Memory is off' }).waitFor()
    const before = await kept()
    const answer = await page.request.get(`${server.url}/api/memory/settings`)
    expect(await answer.json()).toMatchObject({ enabled: false })
    await page.goto(`${server.url}/chat`)
    await page.getByRole('textbox', { name: 'Message' }).fill('remember that my quarter starts in April')
    await page.keyboard.press('Enter')
    await page
      .getByRole('article', { name: /agent$/ })
      .getByRole('button', { name: 'Copy answer' })
      .waitFor()
    expect(await kept()).toEqual(before)
    await page.goto(`${server.url}/memory`)
    const own = page.getByRole('checkbox', { name: /^Remember how I work/ })
    await own.waitFor()
    expect(await own.isChecked()).toBe(false)
    expect(await button('Remember something').isDisabled()).toBe(true)
  })

  it('deletes everything about one, with a proof', async () => {
    await button('Delete everything about me').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete everything' }).click()
    expect(await textOf(page.getByRole('status').filter({ hasText: 'deleted on' }))).toMatch(/[0-9a-f]{64}/)
    expect(await kept(true)).toEqual([])
    await page.getByRole('heading', { name: 'Nothing is remembered' }).waitFor()
  })

  it('throws no script error on the way', () => {
    expect(troubles).toEqual([])
  })
})
