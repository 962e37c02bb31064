import type { Transporter } from 'nodemailer'

export interface Mail {
  to: string
  subject: string
  text: string
}

/** Sends plain mail; resolves once the mail server has taken it. */
export interface Mailer {
  send(mail: Mail): Promise<void>
  /** Signs in to the mail server and sends nothing. @throws Error when that fails */
  verify(): Promise<void>
  close(): void
}

export interface MailerSettings {
  /** smtp:// (upgraded to TLS) or smtps://, with user and password in it. */
  url: string
  /** Address in From; the user of the mail server, or one at the web address, without it. */
  from?: string | undefined
  appUrl: string
}

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 10_000 }

/** A mail server reached by SMTP, with certificates verified; without TLS only on this machine. */
export function createMailer({ url, from, appUrl }: MailerSettings): Mailer {
  const { protocol, hostname, port, username, password } = new URL(url)
  const isSecure = protocol === 'smtps:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const settings = {
    host,
    port: port === '' ? (isSecure ? 465 : 587) : Number(port),
    secure: isSecure,
    requireTLS: !isSecure && !isThisMachine(host),
    tls: { rejectUnauthorized: !isThisMachine(host) || isSecure, minVersion: 'TLSv1.2' as const },
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    disableFileAccess: true,
    disableUrlAccess: true,
    ...timeouts,
  }
  // Loaded with the first mail: a start does not wait for it.
  let transport: Promise<Transporter> | undefined
  const connect = async () => (await import('nodemailer')).createTransport(settings)
  const user = decodeURIComponent(username)
  const sender = from ?? (user.includes('@') ? user : `chatsg@${new URL(appUrl).hostname}`)
  return {
    async send({ to, subject, text }) {
      transport ??= connect()
      await (await transport).sendMail({ from: sender, to, subject, text, disableFileAccess: true, disableUrlAccess: true })
    },
    async verify() {
      transport ??= connect()
      await (await transport).verify()
    },
    close() {
      void transport?.then((open) => open.close())
    },
  }
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}
