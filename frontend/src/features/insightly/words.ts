import { type EntityName, entities, entityNames, type FieldDefinition } from '#contracts/entities.ts'
import type { OutboxItem } from '#contracts/outbox.ts'
import { countOf, formatNumber } from '../../lib/format.ts'
import type { RunMode, SyncRun } from './api/sync-types.ts'

const entityOf = (name: string) => (name in entities ? entities[name as EntityName] : undefined)
const sentence = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const plain = (key: string): string => sentence(key.replaceAll('_', ' '))

/** "Contacts"; kinds that only Insightly has by their own name. */
export const kindLabel = (name: string): string => entityOf(name)?.labelPlural ?? plain(name)
/** "Contact". */
export const oneLabel = (name: string): string => entityOf(name)?.label ?? plain(name)

const places = new Map<string, number>(entityNames.map((name, place) => [name, place]))
/** What is told by kind, in the order that kinds have everywhere. */
export const byKind = <T>(told: Readonly<Record<string, T>>): [kind: string, value: T][] =>
  Object.entries(told).sort(([a], [b]) => (places.get(a) ?? places.size) - (places.get(b) ?? places.size))

export interface KnownField extends FieldDefinition {
  key: string
}

/** The field behind a column of the database; undefined for a custom one. */
export function fieldOf(entity: string, column: string): KnownField | undefined {
  const fields = entityOf(entity)?.fields ?? {}
  const own = fields[column]
  if (own !== undefined) return { key: column, ...own }
  const [key, definition] = Object.entries(fields).find(([, one]) => one.column === column) ?? []
  return key === undefined || definition === undefined ? undefined : { key, ...definition }
}

export function fieldLabel(entity: string, column: string): string {
  if (column === 'custom') return 'Custom fields'
  if (column === 'related_id' || column === 'related_type') return 'Related record'
  return fieldOf(entity, column)?.label ?? plain(column.replace(/^custom\./, ''))
}

/** What a run does, as tables and titles name it. */
export const modeNames: Readonly<Record<RunMode, string>> = {
  incremental: 'Fetch changes',
  full: 'Copy everything',
  reconcile: 'Look for deletions',
}
/** The same with a sentence, in the order they are offered. */
export const modes: readonly { mode: RunMode; label: string; detail: string }[] = [
  { mode: 'incremental', label: 'Fetch changes', detail: 'What was added or changed there since the last run. A few calls.' },
  { mode: 'full', label: 'Copy everything again', detail: 'Reads every record there and mends what differs here. Many calls.' },
  { mode: 'reconcile', label: 'Look for deletions', detail: 'Compares the lists of both sides and removes here what was deleted there.' },
]

const schedules = new Set(['schedule'])
export const requester = (run: SyncRun): string => (schedules.has(run.requestedBy) ? 'Schedule' : run.requestedBy)

/** "3 created, 12 updated"; kinds of change that did not happen are left out. */
export function changesOf(run: SyncRun): string {
  const total = { created: 0, updated: 0, deleted: 0 }
  for (const counts of Object.values(run.counts)) for (const kind of ['created', 'updated', 'deleted'] as const) total[kind] += counts[kind]
  const parts = Object.entries(total).flatMap(([kind, count]) => (count > 0 ? [`${formatNumber(count)} ${kind}`] : []))
  return parts.length === 0 ? 'No changes' : parts.join(', ')
}

/** "Changed phone, job title", "Created". */
export function changeWords({ entity, operation, fields }: Pick<OutboxItem, 'entity' | 'operation' | 'fields'>): string {
  const labels = [...new Set(fields.map((field) => fieldLabel(entity, field).toLowerCase()))]
  switch (operation) {
    case 'create':
      return 'Created'
    case 'delete':
      return 'Deleted'
    case 'restore':
      return 'Restored'
    case 'link':
      return 'Linked'
    case 'unlink':
      return 'Link removed'
    default:
      return labels.length === 0 ? 'Changed' : `Changed ${labels.slice(0, 3).join(', ')}${labels.length > 3 ? ` and ${labels.length - 3} more` : ''}`
  }
}

export const callsOf = (count: number): string => countOf(count, 'call')
