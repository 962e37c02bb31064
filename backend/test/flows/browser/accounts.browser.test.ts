import { spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireProgram } from '../../requirements.ts'
import { adminKey, removeFolder, repositoryRoot, type ServerProcess, scratchFolder, startServer } from '../../server-process.ts'
import { launchBrowser, openPage, printedLink, signIn, textOf } from './browser.ts'

const chromium = requireProgram('chromium', 'Accounts in the browser')

const ada = { email: 'ada@mowbray.example', password: 'violet-harbour-ledger-41' }
const bruno = { email: 'bruno@keller.example', name: 'Bruno Keller', password: 'quiet-otter-paints-roofs' }
const gus = { email: 'gus@new.example', name: 'Gus Newcomer', password: 'seven-lanterns-over-kale' }

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The six digits an authenticator app shows (RFC 6238), `ahead` periods of 30 s from now. */
function totp(secret: string, ahead = 0): string {
  const bits = [...secret].map((letter) => base32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = digest.readUInt8(digest.length - 1) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

// Passwords are hashed slowly on purpose, and one journey starts the command line.
describe.skipIf(chromium === undefined)('accounts in the browser', { timeout: 90_000 }, () => {
  let folder: string
  let server: ServerProcess
  let browser: Browser
  let page: Page
  let troubles: string[]
  let backupCodes: string[]

  beforeAll(async () => {
    folder = await scratchFolder()
    server = await startServer(join(folder, 'data'))
    browser = await launchBrowser(chromium as string)
    ;({ page, troubles } = await openPage(browser))
    await signIn(page, await printedLink(server))
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await removeFolder(folder)
  })

  const go = (path: string) => page.goto(server.url + path)
  const box = (name: string, on = page) => on.getByRole('textbox', { name, exact: true })
  const button = (name: string, on = page) => on.getByRole('button', { name, exact: true })
  const inside = (on = page) => on.getByRole('navigation', { name: 'Main' }).waitFor()

  /** Gives address and password, and returns once they were answered: the refusal of an attempt before is gone by then. */
  async function giveCredentials({ email, password }: { email: string; password: string }, on = page): Promise<void> {
    await box('E-mail', on).fill(email)
    await box('Password', on).fill(password)
    const answer = on.waitForResponse((response) => response.url().endsWith('/api/auth/sign-in/email'))
    await button('Sign in', on).click()
    await answer
  }

  async function signOut(on = page): Promise<void> {
    await button('Account and theme', on).click()
    await on.getByRole('menuitem', { name: 'Sign out' }).click()
    await button('Sign in', on).waitFor()
  }

  function createUser(options: readonly string[]): void {
    const made = spawnSync(process.execPath, ['backend/cli.js', 'users', 'create', ...options, '--json'], {
      cwd: repositoryRoot,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', DATA_DIR: join(folder, 'data'), ADMIN_API_KEY: adminKey },
    })
    expect({ status: made.status, stderr: made.stderr }).toEqual({ status: 0, stderr: '' })
  }

  it('lets the owner choose an address and a password after coming by the printed link', async () => {
    await go('/settings/profile')
    await box('E-mail').fill(ada.email)
    await button('Save profile').click()
    await page.getByRole('status').filter({ hasText: 'Your profile is saved.' }).waitFor()
    await box('New password').fill('password1234')
    await button('Set password').click()
    expect(await textOf(page.getByRole('alert'))).toMatch(/guessed first/)
    await box('New password').fill(ada.password)
    await button('Set password').click()
    await page.getByRole('status').filter({ hasText: 'You have a password now.' }).waitFor()
    await box('Current password').waitFor()
    await signOut()
  })

  it('refuses a wrong password in one sentence, and lets the right one in', async () => {
    await giveCredentials({ ...ada, password: 'something else entirely' })
    const refusal = await textOf(page.getByRole('alert'))
    expect(refusal).toMatch(/wrong/)
    await giveCredentials({ email: 'nobody@mowbray.example', password: 'something else entirely' })
    expect(await textOf(page.getByRole('alert'))).toBe(refusal)
    await giveCredentials(ada)
    await inside()
    await button('Account and theme').click()
    await page.getByText(`Signed in as ${ada.email}`).waitFor()
    await page.keyboard.press('Escape')
  })

  it('asks for a code once two-factor sign-in is on', async () => {
    await go('/settings/profile')
    await button('Set up').click()
    await box('Your password').fill(ada.password)
    await button('Continue').click()
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
    const secret = (await textOf(page.getByRole('dialog').locator('code'))).replace(/\s+/g, '')
    await box('Code').fill('000000' === totp(secret) ? '000001' : '000000')
    await button('Turn on').click()
    expect(await textOf(page.getByRole('alert'))).toMatch(/code/i)
    await box('Code').fill(totp(secret))
    await button('Turn on').click()
    const codes = page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem')
    await codes.first().waitFor()
    backupCodes = await codes.allInnerTexts()
    expect(backupCodes.length).toBeGreaterThanOrEqual(8)
    await button('I have kept them').click()
    await button('Turn off').waitFor()

    await signOut()
    await giveCredentials(ada)
    await box('Code').fill('000000' === totp(secret, 1) ? '000001' : '000000')
    await button('Sign in').click()
    expect(await textOf(page.getByRole('alert'))).toMatch(/code/i)
    expect((await page.context().request.get(`${server.url}/api/auth/session`)).status()).toBe(401)
    // The next period's code, because one of this period may have been spent on setting up.
    await box('Code').fill(totp(secret, 1))
    await button('Sign in').click()
    await inside()
  })

  it('takes a backup code once, and the second factor away with the password', async () => {
    const code = backupCodes[0] as string
    await signOut()
    await giveCredentials(ada)
    await box('Code').fill(code)
    await button('Sign in').click()
    await inside()
    await signOut()
    await giveCredentials(ada)
    await box('Code').fill(code)
    await button('Sign in').click()
    expect(await textOf(page.getByRole('alert'))).toMatch(/code/i)
    await box('Code').fill(backupCodes[1] as string)
    await button('Sign in').click()
    await inside()

    await go('/settings/profile')
    await button('Turn off').click()
    await box('Your password').fill(ada.password)
    await page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click()
    await button('Set up').waitFor()
  })

  it('invites somebody, who joins in a browser of their own and sees what their role sees', async () => {
    await go('/settings/people')
    await button('Invite').click()
    await box('E-mail').fill(gus.email)
    await page.getByRole('combobox', { name: 'Role' }).selectOption('rep')
    await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click()
    const link = await box('Invitation link').inputValue()
    await button('Done').click()
    await page.getByRole('table', { name: 'Pending invitations' }).getByText(gus.email).waitFor()

    const guest = await openPage(browser)
    await guest.page.goto(link)
    await box('Your name', guest.page).fill(gus.name)
    await box('Password', guest.page).fill(gus.password)
    await guest.page.getByRole('button', { name: /^Join / }).click()
    await inside(guest.page)
    await guest.page.goto(`${server.url}/settings/people`)
    await guest.page.getByRole('heading', { name: 'People is for owners and admins' }).waitFor()
    expect(await guest.page.getByRole('navigation', { name: 'Settings' }).getByRole('link').allInnerTexts()).toEqual([
      'Profile',
      'API keys',
      'Questions',
      'Models',
    ])
    const stranger = await openPage(browser)
    await stranger.page.goto(link)
    await stranger.page.getByRole('heading', { name: 'This invitation did not work' }).waitFor()
    await stranger.page.context().close()

    await page.reload()
    const row = page.getByRole('table', { name: 'People' }).getByRole('row').filter({ hasText: gus.email })
    expect(await textOf(row)).toMatch(/Gus Newcomer[\s\S]*Rep/)
    await page.getByText('No invitation is open.').waitFor()
    await row.getByRole('button', { name: `Actions for ${gus.name}` }).click()
    await page.getByRole('menuitem', { name: 'Deactivate…' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate' }).click()
    await row.getByText('Inactive').waitFor()
    await expect.poll(async () => (await guest.page.context().request.get(`${server.url}/api/auth/session`)).status(), { timeout: 15_000 }).toBe(401)
    await guest.page.reload()
    await button('Sign in', guest.page).waitFor()
    expect(guest.troubles).toEqual([])
    await guest.page.context().close()
  })

  it('says that an invitation is revoked, although its row is gone', async () => {
    await button('Invite').click()
    await box('E-mail').fill('late@new.example')
    await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click()
    await button('Done').click()
    await page
      .getByRole('table', { name: 'Pending invitations' })
      .getByRole('button', { name: /Revoke/ })
      .click()
    await button('Revoke invitation').click()
    await page.getByRole('status').filter({ hasText: 'late@new.example can no longer join with it.' }).waitFor()
    await page.getByText('No invitation is open.').waitFor()
  })

  it('puts people into a team', async () => {
    await button('New team').click()
    await box('Team name').fill('Field sales')
    await button('Create team').click()
    const teams = page.getByRole('list', { name: 'Teams' })
    await teams.getByText('Field sales').waitFor()
    const row = page.getByRole('table', { name: 'People' }).getByRole('row').filter({ hasText: ada.email })
    await row.getByRole('button', { name: /^Actions for/ }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await page.getByRole('combobox', { name: 'Team' }).selectOption({ label: 'Field sales' })
    await button('Save').click()
    await teams.getByText('1 member').waitFor()
    expect(await textOf(row)).toContain('Field sales')
  })

  it('signs in an account of the command line, whose owner ends it from another session', async () => {
    createUser(['--email', bruno.email, '--name', bruno.name, '--password', bruno.password, '--role', 'admin'])
    const laptop = await openPage(browser)
    await laptop.page.goto(`${server.url}/sign-in`)
    await giveCredentials(bruno, laptop.page)
    await inside(laptop.page)
    expect(new URL(laptop.page.url()).pathname).toBe('/')
    const phone = await openPage(browser, { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1' })
    await phone.page.goto(`${server.url}/settings/profile`)
    await giveCredentials(bruno, phone.page)
    await phone.page.getByRole('list', { name: 'Sessions' }).getByText('This one').waitFor()

    await laptop.page.goto(`${server.url}/settings/profile`)
    const sessions = laptop.page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
    await sessions.nth(1).waitFor()
    await button('Sign out Safari on iOS', laptop.page).click()
    await laptop.page.getByRole('status').filter({ hasText: 'Safari on iOS is signed out.' }).waitFor()
    await expect.poll(() => sessions.count()).toBe(1)
    await expect.poll(async () => (await phone.page.context().request.get(`${server.url}/api/auth/session`)).status(), { timeout: 15_000 }).toBe(401)
    expect([...laptop.troubles, ...phone.troubles]).toEqual([])
    await laptop.page.context().close()
    await phone.page.context().close()
  })

  it('tells who has forgotten the password whom to ask, and an admin hands over a link that works once', async () => {
    await go('/settings/people')
    const row = page.getByRole('table', { name: 'People' }).getByRole('row').filter({ hasText: bruno.email })
    await row.getByRole('button', { name: `Actions for ${bruno.name}` }).click()
    await page.getByRole('menuitem', { name: 'Reset password…' }).click()
    await button('Make the link').click()
    const link = await box('Reset link').inputValue()
    await button('Done').click()

    const other = await openPage(browser)
    await other.page.goto(`${server.url}/sign-in`)
    await button('Forgot password?', other.page).click()
    await other.page.getByText('ask an owner or admin of your workspace').waitFor()
    const next = { ...bruno, password: 'nine-windows-facing-north' }
    await other.page.goto(link)
    await box('New password', other.page).fill(next.password)
    await button('Change password', other.page).click()
    await other.page.getByRole('heading', { name: 'Your password is changed' }).waitFor()
    await other.page.goto(link)
    await box('New password', other.page).fill('eight-windows-facing-south')
    await button('Change password', other.page).click()
    expect(await textOf(other.page.getByRole('alert'))).toMatch(/used already|too old/)
    await other.page.goto(`${server.url}/sign-in`)
    await giveCredentials(next, other.page)
    await inside(other.page)
    await other.page.context().close()
  })

  it('switches between the workspaces of one account', async () => {
    createUser(['--email', ada.email, '--name', 'Ada Mowbray', '--role', 'owner', '--workspace', 'Second house'])
    await go('/')
    const nav = page.getByRole('navigation', { name: 'Main' })
    const switchTo = async (workspace: string) => {
      await button('Account and theme').click()
      await page.getByRole('menuitemcheckbox', { name: new RegExp(workspace) }).click()
      await nav.getByText(workspace).waitFor()
    }
    await switchTo('Second house')
    await go('/settings/people')
    const rows = page.getByRole('table', { name: 'People' }).getByRole('row')
    await rows.nth(1).waitFor()
    expect(await rows.count()).toBe(2)
    expect(await page.getByText(gus.email).count()).toBe(0)
    await switchTo('My company')
  })

  it('says when to try again after too many wrong passwords, to whomever they were', async () => {
    const stranger = await openPage(browser)
    await stranger.page.goto(`${server.url}/sign-in`)
    const alert = stranger.page.getByRole('alert')
    for (let attempt = 0; attempt < 6; attempt++) {
      await giveCredentials({ email: 'nobody@at-all.example', password: `guess number ${attempt}` }, stranger.page)
      await button('Sign in', stranger.page).waitFor()
    }
    await expect.poll(() => textOf(alert)).toMatch(/Try again in \d+ minutes\./)
    await stranger.page.context().close()
  })

  it('breaks no rule of the content security policy on the way', () => {
    expect(troubles).toEqual([])
  })
})
