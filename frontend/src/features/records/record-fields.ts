import { type CustomFieldDefinition, type EntityName, entities, type FieldDefinition } from '#contracts/entities.ts'
import type { PageEntity } from '@/lib/record-links.ts'
import type { CrmRecord } from '@/lib/records.ts'

/** A field as the pages use it, built in or custom. */
export interface RecordField {
  key: string
  label: string
  type: FieldDefinition['type']
  choices: readonly string[] | undefined
  /** The entity that a reference names, and the key of the record that holds its id. */
  reference: { entity: EntityName; idKey: string } | undefined
  editable: boolean
  vocabulary: boolean
}

const customType: Record<CustomFieldDefinition['type'], FieldDefinition['type']> = {
  text: 'text',
  number: 'number',
  date: 'date',
  boolean: 'boolean',
  choice: 'choice',
  multiChoice: 'multiChoice',
}

export function fieldsOf(entity: PageEntity, customFields: readonly CustomFieldDefinition[] = []): RecordField[] {
  const own = Object.entries(entities[entity].fields)
    .filter(([key, field]) => field.type !== 'id' && key !== 'related_type')
    .map(
      ([key, field]): RecordField => ({
        key,
        label: field.label,
        type: field.type,
        choices: field.choices,
        reference: field.entity === undefined || field.column === undefined ? undefined : { entity: field.entity, idKey: field.column },
        // A deal is in the pipeline of its stage.
        editable: field.computed !== true && key !== 'pipeline' && key !== 'created_at' && key !== 'updated_at' && key !== 'contact_email',
        vocabulary: field.vocabulary === true,
      }),
    )
  const custom = customFields.map(
    (field): RecordField => ({
      key: `custom.${field.key}`,
      label: field.label,
      type: customType[field.type],
      choices: field.choices.length > 0 ? field.choices : undefined,
      reference: undefined,
      editable: true,
      vocabulary: false,
    }),
  )
  return [...own, ...custom]
}

/** A record's value of a field; custom ones stand under `custom`, or flat. */
export function fieldValueOf(record: CrmRecord, key: string): unknown {
  if (!key.startsWith('custom.')) return record[key]
  if (key in record) return record[key]
  const custom = record.custom
  return typeof custom === 'object' && custom !== null ? (custom as Record<string, unknown>)[key.slice(7)] : undefined
}

/** The body of a change of one field. */
export function changeOf(field: RecordField, value: unknown): Record<string, unknown> {
  if (field.key.startsWith('custom.')) return { custom: { [field.key.slice(7)]: value } }
  return { [field.key]: value }
}

/** The column that leads to the record's page. */
export const linkColumnOf = (entity: PageEntity): string => ({ products: 'sku', emails: 'subject' })[entity as string] ?? entities[entity].labelField
