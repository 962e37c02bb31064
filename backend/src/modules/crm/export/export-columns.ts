import { type CustomFieldDefinition, type EntityName, entities, importColumns } from '#contracts/entities.ts'
import type { Column } from '#contracts/query.ts'

/** A column of an exported file. */
export interface ExportColumn {
  key: string
  heading: string
  type: Column['type']
}

const lineTypes: Readonly<Record<string, Column['type']>> = { quantity: 'number', unit_price: 'money' }
const plainTypes = new Set(['money', 'integer', 'number', 'date', 'datetime', 'boolean'])

/** Every column of an entity under the name by which an import knows it. */
export function recordColumns(entity: EntityName, customFields: readonly CustomFieldDefinition[]): ExportColumn[] {
  const typeOf = (type: string | undefined): Column['type'] => (type !== undefined && plainTypes.has(type) ? (type as Column['type']) : 'text')
  return [
    ...importColumns(entity).map((key) => ({
      key,
      heading: key,
      type: typeOf(entities[entity].fields[key]?.type ?? (entity === 'orders' ? lineTypes[key] : undefined)),
    })),
    ...customFields.map(({ key, type }) => ({ key: `custom.${key}`, heading: `custom.${key}`, type: typeOf(type) })),
    { key: 'id', heading: 'id', type: 'id' as const },
  ]
}

/** The columns of a query's result under their labels, each heading once; amounts never without their currency. */
export function resultColumns(columns: readonly Column[], rows: readonly Readonly<Record<string, unknown>>[]): ExportColumn[] {
  const all: { key: string; label: string; type: Column['type'] }[] = columns.map(({ key, label, type }) => ({ key, label, type }))
  const lacksCurrency = all.some(({ type }) => type === 'money') && !all.some(({ key, type }) => key === 'currency' || type === 'currency')
  if (lacksCurrency && rows.some((row) => 'currency' in row)) all.push({ key: 'currency', label: 'Currency', type: 'currency' })
  const seen = new Map<string, number>()
  return all.map(({ key, label, type }) => {
    const times = (seen.get(label) ?? 0) + 1
    seen.set(label, times)
    return { key, heading: times === 1 ? label : `${label} (${times})`, type }
  })
}
