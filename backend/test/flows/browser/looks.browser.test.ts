import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireProgram } from '../../requirements.ts'
import { removeFolder, repositoryRoot, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { ask, launchBrowser, openPage, printedLink, signIn } from './browser.ts'

const chromium = requireProgram('chromium', 'The looks of the first page')
const keep = process.env.UPDATE_SCREENSHOTS === '1'

const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
const people =
  'Full name,E-mail Address,Company,Town,Joined,Remark\nZelda Quist,zelda@quist.example,Quist Ltd,Oslo,2024-02-03,likes tea\nAnn Petrov,ann@petrov.example,Petrov AG,Basel,2025-01-09,vip\n'

/** Runs in the page: what a screen reader could not name, and how far the page sticks out to the side. */
const inspect = `(() => {
  const named = (element) => (element.getAttribute('aria-label') ?? element.getAttribute('aria-labelledby') ?? element.labels?.[0]?.textContent ?? element.getAttribute('title') ?? element.textContent ?? '').trim() !== ''
  const visible = (element) => element.getClientRects().length > 0
  const nameless = [...document.querySelectorAll('button, a[href], input, select, textarea, [role=button], [role=option]')].filter((element) => visible(element) && !named(element)).map((element) => element.outerHTML.slice(0, 120))
  return { nameless, overflow: document.documentElement.scrollWidth - window.innerWidth, headings: document.querySelectorAll('h1').length, mains: document.querySelectorAll('main').length }
})()`

interface Inspection {
  nameless: string[]
  overflow: number
  headings: number
  mains: number
}

const screens: Record<string, (page: Page, url: string) => Promise<void>> = {
  async home(page, url) {
    await page.goto(url)
    await page.getByRole('list', { name: 'Example questions' }).waitFor()
  },
  async chat(page, url) {
    await page.goto(`${url}/chat`)
    await ask(page, 'Revenue by month this year')
    await page.locator('.recharts-surface').first().waitFor()
    await ask(page, 'Top 8 open opportunities by value')
    if ((page.viewportSize()?.width ?? 0) > 1000) {
      await page.getByRole('button', { name: 'How was this found?' }).last().click()
      await page.getByRole('complementary', { name: 'Context' }).waitFor()
    }
  },
  async contacts(page, url) {
    await page.goto(`${url}/contacts?sort=name`)
    await page.getByRole('main').getByRole('link').nth(8).waitFor()
  },
  async record(page, url) {
    await page.goto(`${url}/organisations?q=silver+birch`)
    await page
      .getByRole('link', { name: /Silver Birch/ })
      .first()
      .click()
    await page.getByRole('tab', { name: 'Timeline' }).waitFor()
    await page.getByRole('main').getByText('Industry').waitFor()
  },
  async board(page, url) {
    await page.goto(`${url}/opportunities?view=board`)
    await page.getByRole('main').getByRole('listitem').nth(5).waitFor()
  },
  async import(page, url) {
    await page.goto(`${url}/import`)
    await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(people) })
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('combobox', { name: 'Field for Town' }).waitFor()
  },
}

describe.skipIf(chromium === undefined)('the looks of the first page', () => {
  let folder: string
  let pictures: string
  let server: ServerProcess
  let browser: Browser
  let state: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>

  beforeAll(async () => {
    folder = await scratchFolder()
    pictures = keep ? join(repositoryRoot, 'docs/screenshots') : folder
    await mkdir(pictures, { recursive: true })
    server = await startServer(join(folder, 'data'), { DEMO_DATA: 'auto' })
    browser = await launchBrowser(chromium as string)
    const { page } = await openPage(browser)
    await signIn(page, await printedLink(server))
    state = await page.context().storageState()
    await page.context().close()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await removeFolder(folder)
  })

  for (const [size, viewport] of Object.entries(sizes)) {
    // What is looked at does not depend on the colours; pictures are taken of both.
    for (const colorScheme of keep ? (['light', 'dark'] as const) : ([size === 'wide' ? 'light' : 'dark'] as const)) {
      it(`fits a ${size} screen in ${colorScheme}, with a name for every control`, async () => {
        const { page, troubles } = await openPage(browser, { viewport, colorScheme, storageState: state })
        for (const [name, show] of Object.entries(screens)) {
          await show(page, server.url)
          await page.waitForLoadState('networkidle')
          await page.evaluate('document.fonts.ready')
          await page.screenshot({ path: join(pictures, `${name}-${size}-${colorScheme}.png`), animations: 'disabled' })
          expect(await page.evaluate<Inspection>(inspect), name).toEqual({ nameless: [], overflow: 0, headings: 1, mains: 1 })
        }
        expect(troubles).toEqual([])
        await page.context().close()
      }, 120_000)
    }
  }
})
