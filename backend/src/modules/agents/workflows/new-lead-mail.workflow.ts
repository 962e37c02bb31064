import { findPhoneNumbersInText } from 'libphonenumber-js'
import { DateTime } from 'luxon'
import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { readRecords, runQuery } from '#backend/modules/crm/index.ts'
import { fold } from '#contracts/fold.ts'
import type { StepContext, WorkflowDefinition } from './workflow.ts'

/** Addresses there say nothing of a company. */
const freeMail = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'yahoo.com',
  'icloud.com',
  'aol.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  'proton.me',
])
const mostProducts = 500
const excerptLength = 300

interface Mail {
  from: string
  subject: string
  body: string
}

async function readMail({ tx, source }: StepContext): Promise<Mail> {
  const [record] = await readRecords(tx, 'emails', [source.recordId])
  if (record === undefined) throw new AppError('NOT_FOUND', 'The mail is not there any more.')
  const text = (key: string) => (typeof record[key] === 'string' ? (record[key] as string) : '')
  return { from: text('from').trim().toLowerCase(), subject: text('subject').trim(), body: text('body') }
}

/** Who has this address already. */
async function findKnown(tx: Transaction, address: string): Promise<{ what: string; id: string; name: string } | undefined> {
  const [row] = await tx.query<{ what: string; id: string; name: string }>(sql`
    select 'contact' as what, id, concat_ws(' ', first_name, last_name) as name from contacts where workspace_id = ${tx.workspaceId} and lower(email) = ${address} and deleted_at is null
    union all
    select 'lead', id, concat_ws(' ', first_name, last_name) from leads where workspace_id = ${tx.workspaceId} and lower(email) = ${address} and deleted_at is null
    limit 1`)
  return row
}

/** `jane.doe@…` says what somebody is called; `info@…` does not. */
function nameFrom(address: string): { first_name?: string; last_name?: string } {
  const parts = (address.split('@')[0] ?? '').split(/[._-]+/).filter((part) => /^\p{L}{2,}$/u.test(part))
  if (parts.length !== 2) return {}
  const [first, last] = parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1))
  return { ...(first === undefined ? {} : { first_name: first }), ...(last === undefined ? {} : { last_name: last }) }
}

/** A mail of somebody unknown: who writes, what they ask about, and a lead with a task to answer, for a person to approve. */
export const newLeadMail: WorkflowDefinition = {
  name: 'new_lead_mail',
  steps: [
    {
      agent: 'email',
      title: 'Read the mail',
      async run(context) {
        const mail = await readMail(context)
        if (!/^[^\s@]+@[^\s@]+$/.test(mail.from)) return { said: 'The mail has no sender’s address, so there is nobody to make a lead of.', isLast: true }
        const known = await findKnown(context.tx, mail.from)
        if (known !== undefined)
          return { said: `${mail.from} is known already, as the ${known.what} ${known.name || known.id}; nothing is to be made.`, isLast: true }
        const [phone] = findPhoneNumbersInText(mail.body.slice(-2000))
        const person = nameFrom(mail.from)
        const named = person.last_name === undefined ? 'The address does not say a name' : `By the address the name is ${person.first_name} ${person.last_name}`
        return {
          said: `${mail.from} is not known. ${named}${phone === undefined ? '' : `; the mail ends with the phone number ${phone.number.number}`}.`,
          state: { address: mail.from, subject: mail.subject, person, phone: phone?.number.number ?? null },
        }
      },
    },
    {
      agent: 'sales',
      title: 'See what it is about',
      async run(context) {
        const { tx, now, timeZone, state } = context
        const mail = await readMail(context)
        const { rows } = await runQuery(tx, { entity: 'products', select: ['name'], limit: mostProducts }, { now, timeZone })
        const text = fold(`${mail.subject} ${mail.body}`)
        const products = rows.flatMap(({ name }) => (typeof name === 'string' && name.length > 3 && text.includes(fold(name)) ? [name] : [])).slice(0, 5)
        const domain = String(state.address).split('@')[1] ?? ''
        const company = freeMail.has(domain)
          ? undefined
          : (
              await tx.query<{ name: string }>(
                sql`select name from organisations where workspace_id = ${tx.workspaceId} and domain = ${domain} and deleted_at is null limit 1`,
              )
            )[0]?.name
        const about = products.length === 0 ? 'No product of ours is named' : `It names ${products.join(', ')}`
        return {
          said: `${about}; ${company === undefined ? 'no organisation here has the sender’s domain' : `the sender’s domain is that of ${company}`}.`,
          state: { products, company: company ?? null },
        }
      },
    },
    {
      agent: 'crm',
      title: 'Propose the lead and a task',
      async run({ now, timeZone, state, person }) {
        const { address, subject, phone, company, products } = state
        const name = state.person as { first_name?: string; last_name?: string }
        const due = nextWorkday(DateTime.fromJSDate(now, { zone: timeZone })).set({ hour: 17, minute: 0, second: 0, millisecond: 0 })
        const interest = Array.isArray(products) && products.length > 0 ? ` (${products.join(', ')})` : ''
        return {
          said: `Proposed a lead for ${address} and a task to answer by ${due.toFormat('cccc, d LLLL')}.`,
          calls: [
            {
              tool: 'records.create',
              input: {
                entity: 'leads',
                values: {
                  ...name,
                  email: address,
                  source: 'E-mail',
                  owner: person.name,
                  ...(typeof phone === 'string' ? { phone } : {}),
                  ...(typeof company === 'string' ? { organisation: company } : {}),
                },
              },
            },
            {
              tool: 'records.create',
              input: {
                entity: 'tasks',
                values: { title: `Answer ${address}: ${String(subject)}${interest}`.slice(0, excerptLength), due_at: due.toUTC().toISO(), owner: person.name },
              },
            },
          ],
        }
      },
    },
  ],
}

function nextWorkday(from: DateTime): DateTime {
  let day = from.plus({ days: 1 })
  while (day.weekday > 5) day = day.plus({ days: 1 })
  return day
}
