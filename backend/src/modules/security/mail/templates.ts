import type { Mail } from './mailer.ts'

type Letter = Omit<Mail, 'to'>

export function invitationMail(invitation: { invitedBy: string; workspace: string; link: string; days: number }): Letter {
  const { invitedBy, workspace, link, days } = plain(invitation)
  return {
    subject: `${invitedBy} invites you to ${workspace}`,
    text: `Hello,

${invitedBy} invites you to work in ${workspace} on ChatSG.

Open this link within ${days} days to join:
${link}

If you do not know ${invitedBy}, you need not do anything.
`,
  }
}

export function passwordResetMail(reset: { name: string; link: string }): Letter {
  const { name, link } = plain(reset)
  return {
    subject: 'Reset your password for ChatSG',
    text: `Hello ${name},

somebody asked to reset the password of your account on ChatSG. If it was you, open this link within the hour:
${link}

If it was not you, your password stays as it is and you need not do anything.
`,
  }
}

/** Said whenever something that protects an account changed, so that its owner hears of it if it was somebody else. */
export function accountAlertMail(alert: { name: string; what: string; appUrl: string }): Letter {
  const { name, what, appUrl } = plain(alert)
  return {
    subject: `ChatSG: ${what}`,
    text: `Hello ${name},

on your account: ${what}.

If it was you, all is well. If it was not, reset your password and tell your administrator:
${appUrl}
`,
  }
}

/** Names are written by people: none of them may begin a line of its own. */
function plain<T extends Record<string, string | number>>(values: T): T {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 2000) : value]),
  ) as T
}
