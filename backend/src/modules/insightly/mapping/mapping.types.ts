import type { RecordValues } from '#backend/modules/crm/index.ts'
import type { CustomFieldDefinition, EntityName } from '#contracts/entities.ts'
import type { InsightlyState } from '../client/states.ts'

/** The kinds of records that are mirrored, under the names that both sides have here. */
export const mirroredEntities = [
  'organisations',
  'contacts',
  'leads',
  'opportunities',
  'products',
  'quotes',
  'quote_lines',
  'tasks',
  'events',
  'notes',
  'emails',
] as const
export type MirroredEntity = (typeof mirroredEntities)[number]

/** Those that only come from there: e-mails and quotes are not written back. */
export const readOnlyEntities: readonly string[] = ['quotes', 'quote_lines', 'emails'] satisfies MirroredEntity[]

/** Short lists that records refer to by number. */
export type ListKind = 'leadStatuses' | 'leadSources' | 'opportunityCategories' | 'taskCategories'

/** What the mirror knows of Insightly's ids. */
export interface Lookup {
  /** Our id of that record. */
  record(entity: EntityName, insightlyId: number): string | undefined
  /** What names the record to a person. */
  label(entity: EntityName, insightlyId: number): string | undefined
  listName(kind: ListKind, id: number): string | undefined
  /** Our product that an entry of a price book there is about. */
  productOf?(entryId: number): string | undefined
  /** The definition here of what Insightly calls FIELD_NAME. */
  customField(entity: EntityName, fieldName: string): CustomFieldDefinition | undefined
  /** Of a record that is here: its contact, or what it is about, which stays so for as long as it is among several links. */
  chosen?(entity: MirroredEntity, insightlyId: number): { entity: EntityName; insightlyId: number } | undefined
}

export interface MirroredLink {
  entity: EntityName
  insightlyId: number
  role: string | null
}

/** A row of Insightly as a record of ours. */
export interface MirroredRecord {
  insightlyId: number
  remoteUpdatedAt: string | null
  /** Every mapped column, null where it is empty there, with `organisation` by name beside organisation_id. */
  values: RecordValues
  /** Custom fields of `values` that come from standard fields which have no column here. */
  extraFields: CustomFieldDefinition[]
  /** Links that no column says already. */
  links: MirroredLink[]
}

/** What the outbox knows of our ids. */
export interface OutgoingLookup {
  insightlyId(entity: EntityName, recordId: string): number | undefined
  /** Without regard to case. */
  listId(kind: ListKind, name: string): number | undefined
  defaultListId(kind: ListKind): number | undefined
  /** FIELD_NAME of a custom field; undefined when it is ours alone. */
  fieldName(entity: EntityName, customKey: string): string | undefined
  /** Whose key it is, for what requires an owner. */
  ownUserId(): number
}

export interface OutgoingCustomField {
  FIELD_NAME: string
  FIELD_VALUE: string | number | boolean | null
}

/** A change made here as what is to be sent. */
export interface OutgoingWrite {
  /** Body of the POST or PUT of the record itself. */
  fields: Record<string, unknown>
  /** To be merged with those the record has there. */
  customFields: OutgoingCustomField[]
  /** In a call of their own. */
  tags?: string[]
  /** In a call of its own; both null leaves the pipeline. */
  pipeline?: { pipelineId: number | null; stageId: number | null }
  /** In a call of its own. */
  state?: InsightlyState
  /** The domain that comes first among an organisation's. */
  emailDomain?: string | null
  /** What a task, an event or a note is about. */
  related?: { entity: EntityName; insightlyId: number } | null
  /** An opportunity's contact, which is a link there. */
  contact?: number | null
  /** Our fields that have no place there. */
  keptHere: string[]
  /** Records it refers to that are not there yet. */
  waitsFor: { entity: EntityName; recordId: string }[]
}
