import { type EntityName, entities } from '#contracts/entities.ts'
import type { RecordJson } from '../records/record-reader.ts'

const longest = 80

/** What people call a record: its name, else the e-mail address, else how its text begins. */
export function labelOf(entity: EntityName, record: Readonly<Record<string, unknown>>): string {
  const candidates = [record[entities[entity].labelField], record.name, record.title, record.subject, record.email, record.body]
  const label = candidates.find((value): value is string => typeof value === 'string' && value.trim() !== '') ?? ''
  const line = label.replace(/\s+/g, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}

/** "the contact Casey White" */
export function named(entity: EntityName, record: RecordJson | Readonly<Record<string, unknown>>): string {
  return `the ${entities[entity].singular} ${labelOf(entity, record)}`.trim()
}

/** A reference may be given by its column, and is still called what it is: "owner", not "owner_id". */
function fieldName(entity: EntityName, key: string): string {
  const { fields } = entities[entity]
  const field = fields[key] ?? Object.values(fields).find(({ column }) => column === key)
  return (field?.label ?? key.replace(/^custom\./, '')).toLowerCase()
}

/** "due and priority", "phone, title and 2 more" */
export function listFields(entity: EntityName, keys: readonly string[]): string {
  const labels = [...new Set(keys.map((key) => fieldName(entity, key)))]
  const shown = labels.slice(0, 3)
  const rest = labels.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
