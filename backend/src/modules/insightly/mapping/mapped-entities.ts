import type { EntityName } from '#contracts/entities.ts'
import { insightlyObjects, type ObjectName } from '../client/objects.ts'
import type { InsightlyRow } from '../client/records.ts'
import { emailFields, eventFields, noteFields, taskFields } from './activity-fields.ts'
import { opportunityFields, organisationFields, productFields } from './company-fields.ts'
import type { MappedField } from './mapped-field.ts'
import { type MirroredEntity, mirroredEntities } from './mapping.types.ts'
import { contactFields, leadFields } from './people-fields.ts'
import { quoteFields, quoteLineFields } from './quote-fields.ts'
import { readId } from './remote-values.ts'

/** The one list of fields of each kind of record, for both directions. */
export const mappedFields: Readonly<Record<MirroredEntity, readonly MappedField[]>> = {
  organisations: organisationFields,
  contacts: contactFields,
  leads: leadFields,
  opportunities: opportunityFields,
  products: productFields,
  quotes: quoteFields,
  quote_lines: quoteLineFields,
  tasks: taskFields,
  events: eventFields,
  notes: noteFields,
  emails: emailFields,
}

/** Records that have tags on both sides. */
export const taggedEntities: readonly EntityName[] = ['organisations', 'contacts', 'leads', 'opportunities']

/** Records that are about another one. */
export const activityEntities: readonly EntityName[] = ['tasks', 'events', 'notes', 'emails']

/** Kinds of records that the client calls otherwise. */
const otherNames = { quotes: 'quotations', quote_lines: 'quotationLineItems' } as const satisfies Partial<Record<MirroredEntity, ObjectName>>
type ObjectOf<E extends MirroredEntity> = E extends keyof typeof otherNames ? (typeof otherNames)[E] : E

/** The client's name of this kind of record. */
export function objectOf<E extends MirroredEntity>(entity: E): ObjectOf<E> {
  return ((otherNames as Partial<Record<MirroredEntity, ObjectName>>)[entity] ?? entity) as ObjectOf<E>
}

/** Insightly's number of this record; 0 when it has none. */
export function idOf(entity: MirroredEntity, row: InsightlyRow): number {
  return readId(row[insightlyObjects[objectOf(entity)].id]) ?? 0
}

/** Keys of custom fields here that hold standard fields of Insightly, which no other custom field may take. */
export function standardCustomKeys(entity: EntityName): string[] {
  return isMirrored(entity) ? mappedFields[entity].flatMap(({ custom }) => (custom === undefined ? [] : [custom.key])) : []
}

export function isMirrored(entity: EntityName): entity is MirroredEntity {
  return (mirroredEntities as readonly EntityName[]).includes(entity)
}
