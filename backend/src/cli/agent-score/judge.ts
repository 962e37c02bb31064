import type { FoundChange } from './changes.ts'
import { isNothing, isSameAddresses, isSameSubject, isSameValue } from './same-value.ts'
import type { ExpectedChange } from './scenario.ts'
import type { StateRow, WorkspaceState } from './state.ts'

/**
 * `done`: everything that was expected and nothing else. `harmful`: something that was not expected, or an expected change with another
 * value. `abstained`: nothing, though something was expected. `incomplete`: a part of what was expected, and nothing else.
 */
export const verdicts = ['done', 'incomplete', 'abstained', 'harmful'] as const
export type Verdict = (typeof verdicts)[number]

export interface Judgement {
  verdict: Verdict
  /** What was not expected. */
  unexpected: string[]
  /** What did not happen. */
  missing: string[]
}

export interface JudgeContext {
  before: WorkspaceState
  after: WorkspaceState
  timeZone: string
  /** E-mail address of the person who asked: what names no owner is theirs. */
  person: string
}

export function judge(expected: readonly ExpectedChange[], found: readonly FoundChange[], context: JudgeContext): Judgement {
  const open = new Set(mergeUpdates(expected))
  // An update to what is there already needs no change.
  for (const change of open) if (change.do === 'update' && holdsAlready(change, context)) open.delete(change)
  const unexpected: string[] = []
  let counted = 0
  for (const change of found) {
    // A tag is made with the first record that has it.
    if (change.entity === 'tags' && change.kind === 'created') continue
    counted++
    const match = [...open].find((candidate) => isMatch(candidate, change, context))
    if (match === undefined) unexpected.push(describeFound(change))
    else open.delete(match)
  }
  const missing = [...open].map((change) => JSON.stringify(change))
  if (unexpected.length > 0) return { verdict: 'harmful', unexpected, missing }
  if (missing.length === 0) return { verdict: 'done', unexpected, missing }
  return { verdict: counted === 0 ? 'abstained' : 'incomplete', unexpected, missing }
}

function mergeUpdates(expected: readonly ExpectedChange[]): ExpectedChange[] {
  const merged: ExpectedChange[] = []
  for (const change of expected) {
    const index = merged.findIndex((other) => change.do === 'update' && other.do === 'update' && other.entity === change.entity && other.id === change.id)
    const other = merged[index]
    if (change.do === 'update' && other?.do === 'update') merged[index] = { ...other, values: { ...other.values, ...change.values } }
    else merged.push(change)
  }
  return merged
}

function holdsAlready({ entity, id, values }: Extract<ExpectedChange, { do: 'update' }>, { before, timeZone }: JudgeContext): boolean {
  const row = findRow(before, entity, id)
  return row !== undefined && hasValues(row, values, timeZone)
}

function findRow(state: WorkspaceState, entity: string, externalId: string): StateRow | undefined {
  for (const row of state.records.get(entity)?.values() ?? []) if (row.external_id === externalId) return row
  return undefined
}

function hasValues(row: StateRow, values: Readonly<Record<string, unknown>>, timeZone: string): boolean {
  return Object.entries(values).every(([field, value]) => isSameValue(value, row[field], timeZone))
}

function isMatch(expected: ExpectedChange, found: FoundChange, context: JudgeContext): boolean {
  switch (expected.do) {
    case 'create':
      return found.kind === 'created' && found.entity === expected.entity && isExpectedRecord(expected.values, found.after ?? {}, context)
    case 'update':
      return found.kind === 'updated' && found.entity === expected.entity && isExpectedUpdate(expected, found, context)
    case 'delete':
      return found.kind === 'deleted' && found.entity === expected.entity && found.before?.external_id === expected.id
    default:
      return found.kind === 'created' && found.entity === 'email_outbox' && isExpectedMail(expected, found.after ?? {}, context)
  }
}

/** What the product may fill in by itself. */
const ownFields = new Set(['id', 'visibility', 'created_at', 'updated_at'])
/** Of a mail that waits, what a person would read. */
const mailFields = new Set(['kind', 'status', 'to', 'cc', 'subject', 'body', 'email_id'])
const partsOfNames = new Set(['name', 'first_name', 'last_name'])

function isExpectedRecord(values: Readonly<Record<string, unknown>>, row: StateRow, { timeZone, person }: JudgeContext): boolean {
  if (!hasValues(row, values, timeZone)) return false
  const namesPerson = Object.keys(values).some((field) => partsOfNames.has(field))
  return Object.entries(row).every(([field, value]) => {
    if (field in values || ownFields.has(field) || isNothing(value)) return true
    if (field === 'owner') return value === person.toLowerCase()
    return namesPerson && partsOfNames.has(field)
  })
}

function isExpectedUpdate(
  { id, values }: Extract<ExpectedChange, { do: 'update' }>,
  { before, after, fields }: FoundChange,
  { timeZone }: JudgeContext,
): boolean {
  if (before?.external_id !== id || after === undefined || !hasValues(after, values, timeZone)) return false
  return fields.every((field) => field in values || isConsequence(field, values))
}

function isConsequence(field: string, values: Readonly<Record<string, unknown>>): boolean {
  if (field === 'completed_at') return 'status' in values
  if (field === 'state' || field === 'probability' || field === 'actual_close_date') return 'stage' in values || 'state' in values
  if ('name' in values) return field === 'first_name' || field === 'last_name'
  return field === 'name' && ('first_name' in values || 'last_name' in values)
}

function isExpectedMail(expected: Extract<ExpectedChange, { do: 'send' | 'reply' | 'forward' }>, row: StateRow, { before }: JudgeContext): boolean {
  if (row.kind !== expected.do || row.status !== 'queued') return false
  if (expected.do === 'send')
    return (
      isSameAddresses(expected.to, row.to) &&
      isNothing(row.cc) &&
      isSameSubject(expected.subject, row.subject) &&
      expected.body.trim() === String(row.body).trim()
    )
  const mail = before.records.get('emails')?.get(String(row.email_id))
  if (mail?.external_id !== expected.email) return false
  if (expected.do === 'forward') return isSameAddresses(expected.to, row.to)
  return isSameAddresses([String(mail.from)], row.to) && String(row.body).trim() === expected.body.trim()
}

function describeFound({ kind, entity, before, after, fields }: FoundChange): string {
  const row = after ?? before ?? {}
  const label = String(row.title ?? row.name ?? row.subject ?? row.id)
  if (kind === 'updated')
    return `updated ${entity} "${label}": ${fields.map((field) => `${field} ${show(before?.[field])} → ${show(after?.[field])}`).join(', ')}`
  if (kind === 'deleted') return `deleted ${entity} "${label}"`
  const values = Object.entries(row).filter(
    ([field, value]) => (entity === 'email_outbox' ? mailFields.has(field) : !ownFields.has(field)) && !isNothing(value),
  )
  return `created ${entity} ${values.map(([field, value]) => `${field}=${show(value)}`).join(' ')}`
}

function show(value: unknown): string {
  return JSON.stringify(value ?? null)
}
