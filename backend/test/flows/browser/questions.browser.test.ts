import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireProgram } from '../../requirements.ts'
import { removeFolder, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { ask, launchBrowser, openPage, printedLink, signIn, textOf } from './browser.ts'

const chromium = requireProgram('chromium', 'Questions in the browser')

describe.skipIf(chromium === undefined)('questions in the browser', { timeout: 90_000 }, () => {
  let folder: string
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let troubles: string[]

  const create = async (path: string, body: object): Promise<{ id: string }> => {
    const answer = await server.fetch(path, { method: 'POST', body: JSON.stringify(body) })
    expect(answer.status, path).toBe(201)
    return (await answer.json()) as { id: string }
  }

  beforeAll(async () => {
    folder = await scratchFolder()
    server = await startServer(join(folder, 'data'))
    await create('/api/crm/pipelines', { name: 'Sales', stages: ['Talks', 'Offer'] })
    for (const [lastName, deal, value, stage] of [
      ['Bradridge', 'Harbour crane', '12000', 'Talks'],
      ['Salward', 'Night ferry', '34000', 'Offer'],
      ['Silberburg', 'Rope works', '5000', 'Offer'],
    ] as const) {
      const contact = await create('/api/crm/contacts', { first_name: 'Anna', last_name: lastName, email: `${lastName}@anna.example` })
      await create('/api/crm/opportunities', { name: deal, value, pipeline: 'Sales', stage, contact_id: contact.id })
    }
    browser = await launchBrowser(chromium as string)
    ;({ page, troubles } = await openPage(browser))
    await signIn(page, await printedLink(server))
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await removeFolder(folder)
  })

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
  const answers = () => page.getByRole('log', { name: 'Conversation' }).getByRole('article', { name: /agent$/ })
  const lastAnswer = () => textOf(answers().last())
  const answered = (count: number) => button('How was this found?').nth(count).waitFor()
  const questions = () => page.getByRole('article', { name: 'You' }).allInnerTexts()

  it('that name three people ask back, and a key chooses', async () => {
    await page.goto(`${server.url}/chat`)
    await ask(page, 'deals of anna')
    const choices = answers()
      .last()
      .getByRole('button', { name: /^Anna / })
    const named = await choices.allInnerTexts()
    expect(named).toHaveLength(3)
    const place = named.findIndex((name) => name.includes('Salward'))
    await page.getByRole('textbox', { name: 'Message' }).blur()
    await page.keyboard.press(String(place + 1))
    await answered(1)
    expect((await questions()).at(-1)).toBe('deals of Anna Salward')
    expect(await lastAnswer()).toContain('Night ferry')
    expect(await lastAnswer()).not.toContain('Harbour crane')
    expect(
      await answers()
        .first()
        .getByRole('button', { name: /^Anna / })
        .first()
        .isDisabled(),
    ).toBe(true)
  })

  it('that ask back are answered by a number sent as well, and no digit is taken from what somebody writes', async () => {
    await page.goto(`${server.url}/chat`)
    await ask(page, 'deals of anna')
    const named = await answers()
      .last()
      .getByRole('button', { name: /^Anna / })
      .allInnerTexts()
    const place = named.findIndex((name) => name.includes('Silberburg'))
    await page.getByRole('textbox', { name: 'Message' }).focus()
    await page.keyboard.press(String(place + 1))
    expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe(String(place + 1))
    await page.keyboard.press('Enter')
    await answered(1)
    expect(await lastAnswer()).toContain('Rope works')
  })

  it('go on with a follow-up that is offered', async () => {
    await page.goto(`${server.url}/chat`)
    await ask(page, 'open opportunities over 10k')
    expect(await lastAnswer()).toContain('Harbour crane')
    expect(await lastAnswer()).not.toContain('Rope works')
    await page.getByRole('navigation', { name: 'Ask next' }).getByRole('button', { name: 'How many are there?' }).press('Enter')
    await answered(1)
    const holder = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent')
    expect(await holder()).toBe('Message')
    await button('How was this found?').last().press('Enter')
    await page.getByRole('complementary', { name: 'Context' }).getByRole('button', { name: 'Close' }).press('Enter')
    await expect.poll(holder).toMatch(/How was this found/)
    expect(await lastAnswer()).toMatch(/\b2 open opportunities/)
  })

  it('whose answer is not right are kept once that is allowed, and stand in the settings', async () => {
    await page.goto(`${server.url}/settings/questions`)
    await page.getByText('No question is kept.').waitFor()
    await page.goto(`${server.url}/chat`)
    await ask(page, 'how many contacts are there?')
    const notice = page.getByText('May questions without a right answer be kept')
    await notice.waitFor()
    await button('Not right?').click()
    await page.getByText('Keep this question on this server').waitFor()
    // One request at a time.
    expect(await notice.isVisible()).toBe(false)
    await page.getByRole('article').getByRole('button', { name: 'Allow' }).click()
    await page.getByRole('status').filter({ hasText: 'Kept, with your questions' }).waitFor()
    expect(await notice.count()).toBe(0)
    await page.getByRole('link', { name: 'your questions' }).click()
    const kept = page.getByRole('region', { name: 'Kept questions' })
    await kept.getByText('how many contacts are there?').waitFor()
    expect(await textOf(kept)).toContain('Not right')
    expect(await page.getByRole('checkbox').isChecked()).toBe(true)
    await button('Delete: how many contacts are there?').click()
    const asked = page.getByRole('alertdialog', { name: 'Delete this kept question?' })
    expect(await textOf(asked)).toContain('“how many contacts are there?” is deleted from this list for good')
    await asked.getByRole('button', { name: 'Cancel' }).click()
    await asked.waitFor({ state: 'hidden' })
    expect(await kept.getByText('how many contacts are there?').isVisible()).toBe(true)
    await button('Delete: how many contacts are there?').click()
    await asked.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('No question is kept.').waitFor()
    await page.getByRole('status').filter({ hasText: 'The question is deleted.' }).waitFor()
  })

  it('that are declined lead to the page of what can be asked, whose examples are asked by a click', async () => {
    await page.goto(`${server.url}/chat`)
    await ask(page, 'what is the weather in Paris?')
    await answers().last().getByRole('link', { name: 'What you can ask' }).click()
    await page.getByRole('heading', { name: 'What you can ask' }).waitFor()
    await button('How many contacts do we have?').click()
    await answered(0)
    expect(await questions()).toEqual(['How many contacts do we have?'])
    expect(await lastAnswer()).toContain('3 contacts')
  })

  it('of stalled deals count as the settings of the workspace say', async () => {
    await page.goto(`${server.url}/settings/workspace`)
    await page.getByLabel('A deal is stalled after, in days').fill('0')
    expect(await textOf(page.getByRole('alert'))).toContain('from 1 to 3,650')
    const save = page.getByRole('region', { name: 'How figures are counted' }).getByRole('button', { name: 'Save' })
    expect(await save.isDisabled()).toBe(true)
    await page.getByLabel('A deal is stalled after, in days').fill('21')
    await page.getByLabel('Fiscal year starts in').selectOption({ label: 'April' })
    await save.click()
    await page.getByRole('status').filter({ hasText: 'Saved.' }).waitFor()
    await page.goto(`${server.url}/chat`)
    await ask(page, 'which deals are stalled?')
    expect(await lastAnswer()).toContain('21 days')
    await page.goto(`${server.url}/settings/workspace`)
    expect(await page.getByLabel('Fiscal year starts in').inputValue()).toBe('4')
  })

  it('leave no error in the console', () => {
    expect(troubles).toEqual([])
  })
})
