import type {
  InsightlyOpportunityLineItem,
  InsightlyPricebook,
  InsightlyPricebookEntry,
  InsightlyProduct,
  InsightlyQuotation,
  InsightlyQuotationLineItem,
} from './catalogue-records.ts'
import type {
  InsightlyContact,
  InsightlyEmail,
  InsightlyEvent,
  InsightlyLead,
  InsightlyMilestone,
  InsightlyNote,
  InsightlyOpportunity,
  InsightlyOrganisation,
  InsightlyProject,
  InsightlyTask,
} from './records.ts'
import type {
  InsightlyCategory,
  InsightlyLeadSource,
  InsightlyLeadStatus,
  InsightlyPipeline,
  InsightlyPipelineStage,
  InsightlyRelationship,
  InsightlyStateReason,
  InsightlyTeam,
  InsightlyUser,
} from './reference-records.ts'

/** The type of the rows of each kind of record. */
export interface InsightlyRecords {
  contacts: InsightlyContact
  organisations: InsightlyOrganisation
  leads: InsightlyLead
  opportunities: InsightlyOpportunity
  projects: InsightlyProject
  tasks: InsightlyTask
  events: InsightlyEvent
  notes: InsightlyNote
  emails: InsightlyEmail
  milestones: InsightlyMilestone
  products: InsightlyProduct
  pricebooks: InsightlyPricebook
  pricebookEntries: InsightlyPricebookEntry
  opportunityLineItems: InsightlyOpportunityLineItem
  quotations: InsightlyQuotation
  quotationLineItems: InsightlyQuotationLineItem
  pipelines: InsightlyPipeline
  pipelineStages: InsightlyPipelineStage
  users: InsightlyUser
  teams: InsightlyTeam
  leadStatuses: InsightlyLeadStatus
  leadSources: InsightlyLeadSource
  opportunityCategories: InsightlyCategory
  opportunityStateReasons: InsightlyStateReason
  taskCategories: InsightlyCategory
  relationships: InsightlyRelationship
}
