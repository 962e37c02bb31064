import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import type { Row } from '#contracts/query.ts'
import { stateValues } from './fields.ts'
import type { Lexis } from './lexis.ts'
import { nothing, what } from './record-actions.ts'
import { nameOf, resolve, shownOf } from './resolve.ts'
import { type ActionReader, cannot, step } from './step.ts'
import { readTarget } from './targets.ts'

/** What a contact takes over from the lead that it was. */
const kept = ['first_name', 'last_name', 'email', 'phone', 'title', 'organisation', 'city', 'state', 'country', 'source'] as const

/** "Convert the lead Noor Caldwell": it becomes a contact, and the lead says so. */
export const readConvert: ActionReader = (text, lexis) => {
  const said = /^(?:convert|turn(?= .+ into )|make(?= .+ into ))\s+(.+?)(?:\s+(?:in)?to\s+(?:an?\s+)?(?:new\s+)?(?:contact|customer|client|account)s?)?$/i.exec(
    text,
  )?.[1]
  const target = said === undefined ? undefined : readTarget(said, lexis)
  if (target === undefined || !target.entities.includes('leads')) return undefined
  return async (tx, known) => {
    const found = await resolve(tx, target, known, { only: ['leads'] })
    if (found.kind !== 'found') return found
    if (found.rows.length === 0) return nothing(found)
    const leads = await wholeLeads(tx, found.rows, known)
    const done = leads.find(({ converted_at }) => converted_at != null)
    if (done !== undefined) return cannot(`${nameOf('leads', done)} is converted already, so nothing would change.`)
    const twice = await contactLike(tx, leads, known)
    if (twice !== undefined)
      return cannot(
        `There is a contact ${nameOf('contacts', twice)} with that e-mail address already, so nothing would change. Merge the two, or change the address.`,
      )
    const state = stateValues('converted', 'leads', known)?.values ?? {}
    const calls = leads.flatMap((lead) => [
      { tool: 'records.create', input: { entity: 'contacts', values: contactOf(lead) } },
      { tool: 'records.update', input: { entity: 'leads', id: String(lead.id), values: { ...state, converted_at: known.now.toUTC().toISO() } } },
    ])
    return step(calls, `${what('leads', found.rows)} would become ${leads.length === 1 ? 'a contact' : 'contacts'}`, shownOf(found, found.rows))
  }
}

function contactOf(lead: Row): Record<string, unknown> {
  const values = Object.fromEntries(kept.flatMap((field) => (lead[field] == null || lead[field] === '' ? [] : [[field, lead[field]]])))
  return { ...values, ...(typeof lead.owner_id === 'string' ? { owner_id: lead.owner_id } : {}) }
}

async function wholeLeads(tx: Transaction, rows: readonly Row[], { context }: Lexis): Promise<readonly Row[]> {
  const filter = { field: 'id', op: 'in' as const, value: rows.map(({ id }) => String(id)) }
  const query = { entity: 'leads' as const, filter, select: ['name', ...kept, 'owner', 'converted_at'], limit: rows.length }
  return (await runQuery(tx, query, { now: context.now, timeZone: context.timeZone })).rows
}

async function contactLike(tx: Transaction, leads: readonly Row[], { context }: Lexis): Promise<Row | undefined> {
  const emails = leads.flatMap(({ email }) => (typeof email === 'string' && email !== '' ? [email] : []))
  if (emails.length === 0) return undefined
  const query = { entity: 'contacts' as const, filter: { field: 'email', op: 'in' as const, value: emails }, limit: 1 }
  return (await runQuery(tx, query, { now: context.now, timeZone: context.timeZone })).rows[0]
}
