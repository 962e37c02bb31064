import type { CustomFieldDefinition, EntityName } from '#contracts/entities.ts'
import { parseBody } from '../client/parse-body.ts'
import type { InsightlyRow } from '../client/records.ts'
import type { InsightlyFieldDefinition } from '../client/reference-records.ts'
import { type ListKind, type Lookup, type OutgoingLookup, toCustomField } from './index.ts'

/** The id here of every record that Insightly names. */
export function idHere(entity: EntityName, insightlyId: number): string {
  return `${entity}:${insightlyId}`
}

export interface KnownWorld {
  lists?: Partial<Record<ListKind, Readonly<Record<number, string>>>>
  /** By FIELD_NAME. */
  customFields?: Readonly<Record<string, CustomFieldDefinition>>
  /** Records that are not here. */
  unknown?: readonly string[]
  chosen?: Lookup['chosen']
}

/** Both lookups over a world in which every record is known, unless it is said not to be. */
export function lookups({ lists = {}, customFields = {}, unknown = [], chosen }: KnownWorld = {}): { incoming: Lookup; outgoing: OutgoingLookup } {
  const isKnown = (id: string) => !unknown.includes(id)
  return {
    incoming: {
      record: (entity, id) => (isKnown(idHere(entity, id)) ? idHere(entity, id) : undefined),
      label: (entity, id) => (isKnown(idHere(entity, id)) ? `label of ${idHere(entity, id)}` : undefined),
      listName: (kind, id) => lists[kind]?.[id],
      customField: (entity, name) => {
        const field = Object.hasOwn(customFields, name) ? customFields[name] : undefined
        return field?.entity === entity ? field : undefined
      },
      ...(chosen === undefined ? {} : { chosen }),
    },
    outgoing: {
      insightlyId: (entity, recordId) => (recordId.startsWith(`${entity}:`) && isKnown(recordId) ? Number(recordId.slice(entity.length + 1)) : undefined),
      listId: (kind, name) => {
        const found = Object.entries(lists[kind] ?? {}).find(([, known]) => known.toLowerCase() === name.toLowerCase())
        return found === undefined ? undefined : Number(found[0])
      },
      defaultListId: (kind) => {
        const [first] = Object.keys(lists[kind] ?? {})
        return first === undefined ? undefined : Number(first)
      },
      fieldName: (entity, key) => Object.entries(customFields).find(([, field]) => field.entity === entity && field.key === key)?.[0],
      ownUserId: () => 77,
    },
  }
}

const addressesOfLists: Readonly<Record<ListKind, readonly [path: string, id: string, name: string]>> = {
  leadStatuses: ['/LeadStatuses?include_converted=true', 'LEAD_STATUS_ID', 'LEAD_STATUS'],
  leadSources: ['/LeadSources', 'LEAD_SOURCE_ID', 'LEAD_SOURCE'],
  opportunityCategories: ['/OpportunityCategories', 'CATEGORY_ID', 'CATEGORY_NAME'],
  taskCategories: ['/TaskCategories', 'CATEGORY_ID', 'CATEGORY_NAME'],
}

/** What the mirror would know of an Insightly. */
export async function worldOf(get: (path: string) => Promise<{ text: string }>): Promise<KnownWorld> {
  const rows = async (path: string) => parseBody((await get(path)).text) as InsightlyRow[]
  const lists: Partial<Record<ListKind, Record<number, string>>> = {}
  for (const [kind, [path, id, name]] of Object.entries(addressesOfLists))
    lists[kind as ListKind] = Object.fromEntries((await rows(path)).map((row) => [Number(row[id]), String(row[name])]))
  const customFields: Record<string, CustomFieldDefinition> = {}
  for (const entity of ['organisations', 'contacts', 'leads', 'opportunities'] as const)
    for (const definition of (await rows(`/CustomFields/${entity}`)) as InsightlyFieldDefinition[])
      customFields[definition.FIELD_NAME] = toCustomField(entity, definition, new Set())
  return { lists, customFields }
}
