import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { registerAuthorisation } from '#backend/http/authorisation.ts'
import { registerErrors } from '#backend/http/errors.ts'
import { registerIdentity } from '#backend/http/identity.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createSite, sitePassword, siteUrl } from '../accounts/accounts.testing.ts'
import { createMailer, type Mailer } from './mailer.ts'
import { invitationMail } from './templates.ts'

const http = { registerErrors, registerIdentity, registerAuthorisation }

interface Received {
  from: string
  to: string[]
  user: string | undefined
  text: string
}

/** A mail server that keeps what it takes. */
async function createPostOffice(options: { secure?: boolean } = {}) {
  const letters: Received[] = []
  let arrived = () => undefined as unknown
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    secure: options.secure ?? false,
    disabledCommands: options.secure === true ? [] : ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      password === 'mail-password' ? done(null, { user: username ?? '' }) : done(new Error('Wrong mail password')),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        letters.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          user: session.user === undefined ? undefined : String(session.user),
          text: Buffer.concat(chunks).toString().replace(/=\r\n/g, '').replaceAll('=3D', '='),
        })
        arrived()
        done()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())))
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    letters,
    async next(count: number): Promise<Received> {
      while (letters.length < count)
        await new Promise<void>((done) => {
          arrived = () => done()
        })
      return letters[count - 1] as Received
    },
  }
}

function mailerAt(url: string): Mailer {
  const mailer = createMailer({ url, from: 'crm@example.com', appUrl: siteUrl })
  onTestFinished(() => mailer.close())
  return mailer
}

describe('the mailer', () => {
  it('hands a mail to the server with its user and password, and fails when they are wrong', async () => {
    const office = await createPostOffice()
    await mailerAt(`smtp://robot:mail-password@127.0.0.1:${office.port}`).send({ to: 'a@example.org', subject: 'Hello', text: 'Good day' })
    expect(office.letters).toMatchObject([{ from: 'crm@example.com', to: ['a@example.org'], user: 'robot', text: expect.stringContaining('Good day') }])
    await expect(mailerAt(`smtp://robot:wrong@127.0.0.1:${office.port}`).send({ to: 'a@example.org', subject: 'x', text: 'x' })).rejects.toThrow(
      /Wrong mail password/,
    )
  })

  it('does not believe a certificate that nobody vouches for', async () => {
    const office = await createPostOffice({ secure: true })
    await expect(mailerAt(`smtps://127.0.0.1:${office.port}`).send({ to: 'a@example.org', subject: 'x', text: 'x' })).rejects.toThrow(/certificate/i)
    expect(office.letters).toEqual([])
  })

  it('lets no name begin a line of its own', () => {
    const { subject, text } = invitationMail({ invitedBy: 'Eve\r\nBcc: all@example.com', workspace: 'Co\nhttps://evil.example', link: 'https://x', days: 7 })
    expect(subject).not.toMatch(/[\r\n]/)
    expect(text).not.toMatch(/^(Bcc|https:\/\/evil)/m)
  })
})

describe('mail from accounts', () => {
  it('carries an invitation, whose link is then shown to nobody, and which proves the address', async () => {
    const office = await createPostOffice()
    const site = await createSite(http, { mailer: mailerAt(`smtp://127.0.0.1:${office.port}`) })
    const admin = await site.signedIn((await site.person('admin', { name: 'Ada Admin' })).email)
    const email = `${newId()}@example.com`
    const made = await admin.send('POST', '/api/people/invitations', { email, role: 'rep' })
    expect(made.body).toMatchObject({ mailed: true })
    expect(made.body).not.toHaveProperty('link')
    const letter = await office.next(1)
    expect(letter).toMatchObject({ to: [email], text: expect.stringContaining('Ada Admin invites you') })
    const token = /invitation\?token=([\w-]+)/.exec(letter.text)?.[1]
    const accepted = await site.browser().send('POST', '/api/auth/invitation/accept', { token, name: 'Nina', password: 'orange-lake-pencil-31' })
    expect(accepted.status).toBe(200)
    expect(await site.accounts.query('select email_verified from "user" where email = $1', [email])).toEqual([{ email_verified: true }])
  })

  it('shows the link after all when the mail server does not answer', async () => {
    const site = await createSite(http, { mailer: mailerAt('smtp://127.0.0.1:9') })
    const admin = await site.signedIn((await site.person('admin')).email)
    const made = await admin.send('POST', '/api/people/invitations', { email: `${newId()}@example.com`, role: 'rep' })
    expect(made.body).toMatchObject({ mailed: false, link: expect.stringContaining('/invitation?token=') })
  })

  it('resets a password once and ends every session; the answer tells nothing about who has an account', async () => {
    const office = await createPostOffice()
    const site = await createSite(http, { mailer: mailerAt(`smtp://127.0.0.1:${office.port}`) })
    const { email } = await site.person('rep')
    const browser = await site.signedIn(email)
    const ask = (address: string) => site.browser().send('POST', '/api/auth/request-password-reset', { email: address, redirectTo: '/reset-password' })
    const [known, unknown] = [await ask(email), await ask('nobody@example.com')]
    expect(known.status).toBe(200)
    expect(known.body).toEqual(unknown.body)
    const letter = await office.next(1)
    expect(letter.to).toEqual([email])
    const token = /reset-password\?token=([\w-]+)/.exec(letter.text)?.[1] ?? ''
    expect(await site.accounts.query('select 1 from verification where identifier like $1', [`%${token}%`])).toEqual([])
    const reset = (newPassword: string, value = token) => site.browser().send('POST', '/api/auth/reset-password', { token: value, newPassword })
    expect((await reset('orange-lake-pencil-31', `${token.slice(0, -1)}_`)).status).toBe(400)
    expect((await reset('orange-lake-pencil-31')).status).toBe(200)
    expect((await reset('orange-lake-pencil-32')).status).toBe(400)
    expect((await browser.send('GET', '/api/crm/probe')).status).toBe(401)
    expect((await site.browser().send('POST', '/api/auth/sign-in/email', { email, password: sitePassword })).status).toBe(401)
    expect((await site.browser().send('POST', '/api/auth/sign-in/email', { email, password: 'orange-lake-pencil-31' })).status).toBe(200)
    expect((await office.next(2)).text).toContain('its password was reset')
  })

  it('sends at most three resets an hour to one person', async () => {
    const office = await createPostOffice()
    const site = await createSite(http, { mailer: mailerAt(`smtp://127.0.0.1:${office.port}`) })
    const { email } = await site.person('rep')
    for (let n = 1; n <= 3; n++) {
      await site.browser().send('POST', '/api/auth/request-password-reset', { email })
      await office.next(n)
    }
    expect((await site.browser().send('POST', '/api/auth/request-password-reset', { email })).status).toBe(200)
    await site.access.close()
    expect(office.letters).toHaveLength(3)
  })

  it('is offered only where a mail server is set up', async () => {
    const without = await createSite(http)
    expect((await without.browser().send('GET', '/api/auth/ways')).body).toEqual({ password: true, providers: [], mail: false })
    for (const email of ['nobody@example.com', (await without.person('rep')).email]) {
      const answer = await without.browser().send('POST', '/api/auth/request-password-reset', { email })
      expect(answer.status).toBe(409)
      expect(answer.body).toMatchObject({ error: { code: 'CONFLICT', message: expect.stringContaining('administrator') } })
    }
  })
})
