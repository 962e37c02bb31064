import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import type { ServerProcess } from '../../server-process.ts'

/** What Chromium needs to run as root, silently and without a word to the outside. */
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags })
}

export interface WatchedPage {
  page: Page
  /** Errors of scripts and violations of the content security policy; refused requests are not among them. */
  troubles: string[]
}

/** A page of its own browser session; the language and time zone are fixed, so that texts are. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    colorScheme: 'light',
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) troubles.push(message.text())
  })
  return { page, troubles }
}

/** The one-time link that the server printed when it started. */
export async function printedLink(server: ServerProcess): Promise<string> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    const link = /http\S+\/sign-in\?token=\S+/.exec(server.output())?.[0]
    if (link !== undefined) return link
    await sleep(50)
  }
  throw new Error(`The server printed no sign-in link:\n${server.output()}`)
}

/** Signs in and waits for the navigation. */
export async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}

const mostLooks = 100

/** What a person reads there; what is being drawn anew, and empty meanwhile, is waited for. */
export async function textOf(locator: Locator): Promise<string> {
  for (let looks = 0; ; looks++) {
    await locator.first().waitFor()
    const text = (await locator.allInnerTexts()).join('\n')
    if (text.trim() !== '' || looks === mostLooks) return text
    await sleep(50)
  }
}

/** Asks in the open conversation and waits for the end of the answer. */
export async function ask(page: Page, question: string): Promise<void> {
  const before = await page.getByRole('button', { name: 'How was this found?' }).count()
  await page.getByRole('textbox', { name: 'Message' }).fill(question)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'How was this found?' }).nth(before).waitFor()
}
