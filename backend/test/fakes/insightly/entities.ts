import { emailsFields, eventsFields, notesFields, tasksFields } from './fields/activities.ts'
import { contactsFields, leadsFields, milestonesFields, opportunitiesFields, organisationsFields, projectsFields } from './fields/crm.ts'
import type { Field } from './fields/notation.ts'
import { opportunityLineItemFields, pricebookEntryFields, pricebookFields, productFields, quotationFields, quotationLineItemFields } from './fields/products.ts'
import {
  activitySetsFields,
  leadSourcesFields,
  leadStatusesFields,
  opportunityCategoriesFields,
  opportunityStateReasonsFields,
  pipelineStagesFields,
  pipelinesFields,
  relationshipsFields,
  taskCategoriesFields,
  teamMembersFields,
  teamsFields,
  usersFields,
} from './fields/reference.ts'

export type Verb = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Sub-resources of one record; the API answers them by the same rules wherever they stand. */
export type Child =
  | 'Dates'
  | 'EmailDomains'
  | 'Emails'
  | 'Events'
  | 'Links'
  | 'Links without PUT'
  | 'Milestones'
  | 'Notes'
  | 'OpportunityLineItem'
  | 'Pipeline'
  | 'Pricebook'
  | 'PricebookEntry'
  | 'QuotationLineItem'
  | 'StateChange'
  | 'StateHistory'
  | 'Tags'
  | 'Tasks'
  | 'TeamMembers'

export interface Entity {
  /** As the path has it. */
  name: string
  /** As LINK_OBJECT_NAME, FIELD_FOR and errors have it. */
  singular: string
  idField: string
  fields: readonly Field[]
  /** Verbs of the collection. */
  collection: readonly Verb[]
  /** Verbs of one record by its id in the path; none for reference lists without ids. */
  record: readonly Verb[]
  search: boolean
  searchByTag: boolean
  children: readonly Child[]
  /** Products and quotations are no part of the smaller plans. */
  needsProducts: boolean
}

type Options = Partial<Pick<Entity, 'collection' | 'record' | 'search' | 'searchByTag' | 'children' | 'needsProducts'>>

function entity(name: string, singular: string, fields: readonly Field[], options: Options = {}): Entity {
  const idField = fields[0]?.name
  if (idField === undefined) throw new Error(`${name} has no fields`)
  return {
    name,
    singular,
    idField,
    fields,
    collection: ['GET'],
    record: ['GET'],
    search: false,
    searchByTag: false,
    children: [],
    needsProducts: false,
    ...options,
  }
}

const written: Options = { collection: ['GET', 'POST', 'PUT'], record: ['GET', 'PUT', 'DELETE'], search: true }
const tagged: Options = { ...written, searchByTag: true }
const product: Options = { ...written, needsProducts: true }
const readOnlyProduct: Options = { search: true, needsProducts: true }
const category: Options = { collection: ['GET', 'POST', 'PUT'], record: ['GET', 'PUT', 'DELETE'] }
const listOnly: Options = { record: [] }
const activity: readonly Child[] = ['Emails', 'Events', 'Notes', 'Tasks', 'Tags']

/** Every collection this stand-in serves. */
export const entities: readonly Entity[] = [
  entity('Contacts', 'Contact', contactsFields, { ...tagged, children: [...activity, 'Links', 'Dates'] }),
  entity('Organisations', 'Organisation', organisationsFields, { ...tagged, children: [...activity, 'Links', 'Dates', 'EmailDomains'] }),
  entity('Leads', 'Lead', leadsFields, { ...tagged, children: activity }),
  entity('Opportunities', 'Opportunity', opportunitiesFields, {
    ...tagged,
    children: [...activity, 'Links', 'Pipeline', 'StateChange', 'StateHistory', 'OpportunityLineItem', 'Pricebook'],
  }),
  entity('Projects', 'Project', projectsFields, { ...tagged, children: [...activity, 'Links', 'Pipeline', 'Milestones'] }),
  entity('Milestones', 'Milestone', milestonesFields, { search: true }),
  entity('Tasks', 'Task', tasksFields, { ...written, children: ['Links without PUT'] }),
  entity('Events', 'Event', eventsFields, { ...written, children: ['Links without PUT'] }),
  entity('Notes', 'Note', notesFields, { ...written, collection: ['GET', 'PUT'], children: ['Links without PUT'] }),
  entity('Emails', 'Email', emailsFields, {
    record: ['GET', 'DELETE'],
    search: true,
    searchByTag: true,
    children: ['Links without PUT', 'Tags'],
  }),
  entity('Product', 'Product', productFields, { ...product, children: ['PricebookEntry'] }),
  entity('Pricebook', 'Pricebook', pricebookFields, { ...product, record: ['GET', 'PUT'], children: ['PricebookEntry'] }),
  entity('PricebookEntry', 'PricebookEntry', pricebookEntryFields, readOnlyProduct),
  entity('OpportunityLineItem', 'OpportunityLineItem', opportunityLineItemFields, readOnlyProduct),
  entity('Quotation', 'Quotation', quotationFields, { ...product, children: ['QuotationLineItem'] }),
  entity('QuotationLineItem', 'QuotationLineItem', quotationLineItemFields, readOnlyProduct),
  entity('Pipelines', 'Pipeline', pipelinesFields),
  entity('PipelineStages', 'PipelineStage', pipelineStagesFields),
  entity('Users', 'User', usersFields, { search: true }),
  entity('Teams', 'Team', teamsFields, { ...category, children: ['TeamMembers'] }),
  entity('TeamMembers', 'TeamMember', teamMembersFields, { collection: ['GET', 'POST'], record: ['GET', 'DELETE'] }),
  entity('LeadStatuses', 'LeadStatus', leadStatusesFields, { collection: ['GET', 'POST', 'PUT', 'DELETE'], record: [] }),
  entity('LeadSources', 'LeadSource', leadSourcesFields, { collection: ['GET', 'POST', 'PUT', 'DELETE'], record: [] }),
  entity('OpportunityCategories', 'OpportunityCategory', opportunityCategoriesFields, category),
  entity('OpportunityStateReasons', 'OpportunityStateReason', opportunityStateReasonsFields, listOnly),
  entity('TaskCategories', 'TaskCategory', taskCategoriesFields, category),
  entity('Relationships', 'Relationship', relationshipsFields, listOnly),
  entity('ActivitySets', 'ActivitySet', activitySetsFields),
]

const byName = new Map(entities.map((one) => [one.name.toLowerCase(), one]))
const bySingular = new Map(entities.map((one) => [one.singular.toLowerCase(), one]))

/** By the name of its path, in any case. */
export function findEntity(name: string): Entity | undefined {
  return byName.get(name.toLowerCase())
}

/** The entity of a name this stand-in itself relies on. */
export function entityNamed(name: string): Entity {
  const found = findEntity(name)
  if (found === undefined) throw new Error(`there is no entity ${name}`)
  return found
}

/** By `Contact` or `Contacts`, in any case; `Organization` is taken for `Organisation`. */
export function findByObjectName(name: string): Entity | undefined {
  const plain = name.toLowerCase().replace('organization', 'organisation')
  return bySingular.get(plain) ?? byName.get(plain)
}
