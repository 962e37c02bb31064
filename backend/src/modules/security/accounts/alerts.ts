import type { Mailer } from '../mail/mailer.ts'
import { accountAlertMail } from '../mail/templates.ts'
import { visibleEmail } from './accounts.repository.ts'
import type { Background } from './background.ts'

/** Tells people by mail what changed on their account. */
export function createAccountAlerts({ mailer, background, appUrl }: { mailer: Mailer | undefined; background: Background; appUrl: string }) {
  return (account: { name: string; email: string }, what: string): void => {
    const to = visibleEmail(account.email)
    if (mailer !== undefined && to !== null)
      background.run('Mailing an account alert', () => mailer.send({ to, ...accountAlertMail({ name: account.name, what, appUrl }) }))
  }
}

export type AccountAlerts = ReturnType<typeof createAccountAlerts>
