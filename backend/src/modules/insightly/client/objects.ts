/** What Insightly calls a kind of record, and where it is. */
export interface InsightlyObject {
  /** Path below the API's address. */
  readonly path: string
  /** Name of the field that holds a record's id. */
  readonly id: string
  /** For sentences. */
  readonly one: string
  readonly many: string
  /** Whether every plan has it: then a missing list means a wrong address, not a smaller plan. */
  readonly inEveryPlan: boolean
}

function object(path: string, id: string, one: string, many: string, { inEveryPlan = true } = {}): InsightlyObject {
  return { path, id, one, many, inEveryPlan }
}

const optional = { inEveryPlan: false }

/** Every kind of record the client reads, under our name for it. Insightly's spelling is singular for some. */
export const insightlyObjects = {
  contacts: object('Contacts', 'CONTACT_ID', 'contact', 'contacts'),
  organisations: object('Organisations', 'ORGANISATION_ID', 'organisation', 'organisations'),
  leads: object('Leads', 'LEAD_ID', 'lead', 'leads', optional),
  opportunities: object('Opportunities', 'OPPORTUNITY_ID', 'opportunity', 'opportunities'),
  projects: object('Projects', 'PROJECT_ID', 'project', 'projects'),
  tasks: object('Tasks', 'TASK_ID', 'task', 'tasks'),
  events: object('Events', 'EVENT_ID', 'event', 'events'),
  notes: object('Notes', 'NOTE_ID', 'note', 'notes'),
  emails: object('Emails', 'EMAIL_ID', 'e-mail', 'e-mails'),
  milestones: object('Milestones', 'MILESTONE_ID', 'milestone', 'milestones'),
  products: object('Product', 'PRODUCT_ID', 'product', 'products', optional),
  pricebooks: object('Pricebook', 'PRICEBOOK_ID', 'price book', 'price books', optional),
  pricebookEntries: object('PricebookEntry', 'PRICEBOOK_ENTRY_ID', 'price book entry', 'price book entries', optional),
  opportunityLineItems: object('OpportunityLineItem', 'OPPORTUNITY_ITEM_ID', 'opportunity line', 'opportunity lines', optional),
  quotations: object('Quotation', 'QUOTE_ID', 'quote', 'quotes', optional),
  quotationLineItems: object('QuotationLineItem', 'QUOTATION_ITEM_ID', 'quote line', 'quote lines', optional),
  pipelines: object('Pipelines', 'PIPELINE_ID', 'pipeline', 'pipelines'),
  pipelineStages: object('PipelineStages', 'STAGE_ID', 'stage', 'stages'),
  users: object('Users', 'USER_ID', 'user', 'users'),
  teams: object('Teams', 'TEAM_ID', 'team', 'teams', optional),
  leadStatuses: object('LeadStatuses', 'LEAD_STATUS_ID', 'lead status', 'lead statuses', optional),
  leadSources: object('LeadSources', 'LEAD_SOURCE_ID', 'lead source', 'lead sources', optional),
  opportunityCategories: object('OpportunityCategories', 'CATEGORY_ID', 'opportunity category', 'opportunity categories', optional),
  opportunityStateReasons: object('OpportunityStateReasons', 'STATE_REASON_ID', 'reason of a state', 'reasons of states', optional),
  taskCategories: object('TaskCategories', 'CATEGORY_ID', 'task category', 'task categories', optional),
  relationships: object('Relationships', 'RELATIONSHIP_ID', 'relationship', 'relationships', optional),
} as const satisfies Record<string, InsightlyObject>

export type ObjectName = keyof typeof insightlyObjects

/** Kinds of records that are found by a field or by when they were changed. */
export type SearchableObject =
  | 'contacts'
  | 'organisations'
  | 'leads'
  | 'opportunities'
  | 'projects'
  | 'tasks'
  | 'events'
  | 'notes'
  | 'emails'
  | 'milestones'
  | 'products'
  | 'pricebooks'
  | 'pricebookEntries'
  | 'opportunityLineItems'
  | 'quotations'
  | 'quotationLineItems'
  | 'users'

export type CreatableObject =
  | 'contacts'
  | 'organisations'
  | 'leads'
  | 'opportunities'
  | 'projects'
  | 'tasks'
  | 'events'
  | 'products'
  | 'pricebooks'
  | 'quotations'
/** A note is made below its parent. */
export type UpdatableObject = CreatableObject | 'notes'
export type DeletableObject = Exclude<UpdatableObject, 'pricebooks'> | 'emails'

/** What a record has below its own path. */
export type ChildName =
  | 'Notes'
  | 'Tasks'
  | 'Events'
  | 'Emails'
  | 'Links'
  | 'Tags'
  | 'Dates'
  | 'EmailDomains'
  | 'Comments'
  | 'StateHistory'
  | 'Milestones'
  | 'PricebookEntry'
  | 'OpportunityLineItem'
  | 'QuotationLineItem'
