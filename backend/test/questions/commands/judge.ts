import type { PlannerOutcome } from '#backend/modules/planner/index.ts'
import { fold } from '#contracts/fold.ts'
import type { GoldChange, GoldCommand } from './gold.ts'

/** Right: what was meant, all of it. Harmful: a change that was not meant. Missed: less than was meant. */
export type Verdict = 'right' | 'harmful' | 'missed'

/** Looks things up past every right and past the code that is judged. */
export interface Looks {
  /** What a record is called. */
  nameOf(id: string): string
  select(sql: string, params: readonly unknown[]): Promise<{ id: string }[]>
  /** The person who asks: whoever makes something may have it. */
  asker: { name: string; email: string }
}

interface Change {
  do: string
  kind?: string
  id?: string
  to?: string[]
  values: Record<string, unknown>
}

export async function judge({ ask, expect, changes }: GoldCommand, outcome: PlannerOutcome, looks: Looks): Promise<Verdict> {
  const made = (outcome.changes ?? []).map((call) => toChange(call, looks))
  if (expect !== undefined) {
    if (made.length > 0) return 'harmful'
    const isTold = expect === 'none' || (expect === 'asks' ? outcome.kind === 'clarify' : outcome.text.includes('Undo'))
    return isTold ? 'right' : 'missed'
  }
  const ways = await Promise.all(changes.map((change) => Promise.all(('or' in change ? change.or : [change]).map((one) => wanted(one, looks)))))
  const open = ways.flatMap((alternatives) => (alternatives.length === 1 ? (alternatives[0] ?? []).map((one) => [one]) : [alternatives.flat()]))
  for (const one of made) {
    const at = open.findIndex((alternatives) => alternatives.some((gold) => isMeant(one, gold, ask, looks)))
    if (at === -1) return 'harmful'
    open.splice(at, 1)
  }
  return open.length === 0 ? 'right' : 'missed'
}

function toChange({ tool, input }: { tool: string; input: Record<string, unknown> }, { nameOf, asker }: Looks): Change {
  const { owner_id, related_id, related_type: _, organisation_id, attendees, ...others } = { ...((input.values ?? {}) as Record<string, unknown>) }
  const values: Record<string, unknown> = { ...others }
  if (owner_id !== undefined) values.owner = nameOf(String(owner_id))
  if (related_id !== undefined) values.related = nameOf(String(related_id))
  if (organisation_id !== undefined) values.organisation = nameOf(String(organisation_id))
  if (Array.isArray(attendees)) values.attendees = attendees.filter((one) => one !== asker.email)
  const told = (texts: readonly string[]) => Object.fromEntries(texts.flatMap((key) => (input[key] === undefined ? [] : [[key, input[key]]])))
  const to = Array.isArray(input.to) ? { to: input.to.map(String) } : {}
  if (tool === 'records.create') return { do: 'create', kind: String(input.entity), values }
  if (tool === 'records.update' || tool === 'records.delete')
    return { do: tool.slice('records.'.length), kind: String(input.entity), id: String(input.id), values }
  return {
    do: tool.slice('emails.'.length),
    ...(input.emailId === undefined ? {} : { id: String(input.emailId) }),
    ...to,
    values: told(['subject', 'body', 'cc']),
  }
}

type Wanted = GoldChange & { id?: string }

/** A gold change for each record that it means. */
async function wanted(gold: GoldChange, looks: Looks): Promise<Wanted[]> {
  if (gold.do === 'reply' || gold.do === 'forward') {
    const mails = await looks.select(
      'select id from emails where workspace_id = $1 and deleted_at is null and from_address = $2 order by sent_at desc limit 1',
      [gold.from],
    )
    return mails.map(({ id }) => ({ ...gold, id }))
  }
  if (gold.do !== 'update' && gold.do !== 'delete') return [gold]
  if (gold.sql !== undefined) return (await looks.select(gold.sql, [])).map(({ id }) => ({ ...gold, id }))
  const label = { contacts: "first_name || ' ' || last_name", leads: "first_name || ' ' || last_name", tasks: 'title', events: 'title' }[gold.kind] ?? 'name'
  const found = await looks.select(`select id from ${gold.kind} where workspace_id = $1 and deleted_at is null and ${label} = $2`, [gold.record])
  if (found.length !== 1) throw new Error(`“${gold.record}” is ${found.length} ${gold.kind}.`)
  return [{ ...gold, id: found[0]?.id ?? '' }]
}

function isMeant(made: Change, gold: Wanted, ask: string, { asker }: Looks): boolean {
  if (made.do !== gold.do || ('kind' in gold && made.kind !== gold.kind) || (gold.id !== undefined && made.id !== gold.id)) return false
  if ('to' in gold && !same(made.to, gold.to)) return false
  const { values, any } = 'values' in gold ? gold : { values: {}, any: [] as string[] }
  const isRight = Object.entries(values).every(([key, value]) => fits(made.values[key], value))
  const others = Object.entries(made.values).filter(([key]) => !(key in values))
  return (
    isRight &&
    others.every(([key, value]) => {
      if (key === 'owner' && gold.do === 'create' && value === asker.name) return true
      // What a new record is said to be about must have been named.
      if (key === 'related') return any.includes(key) && fold(ask).includes(fold(String(value)))
      return any.includes(key)
    })
  )
}

function fits(made: unknown, gold: unknown): boolean {
  if (gold !== null && typeof gold === 'object' && 'or' in gold) return (gold.or as unknown[]).some((one) => same(made, one))
  return same(made, gold)
}

function same(made: unknown, gold: unknown): boolean {
  if (Array.isArray(made) && Array.isArray(gold)) return JSON.stringify([...made].map(plain).sort()) === JSON.stringify([...gold].map(plain).sort())
  return plain(made) === plain(gold)
}

/** Texts are the same but for capitals at their beginning and a full stop; instants but for how they are written. */
function plain(value: unknown): string {
  const text = String(value ?? '')
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? new Date(text).toISOString() : fold(text).replace(/[.!]+$/, '')
}
