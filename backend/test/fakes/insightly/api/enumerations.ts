import type { Value } from '../json.ts'
import { badRequest } from './refusal.ts'

export const opportunityStates = ['Open', 'Won', 'Lost', 'Abandoned', 'Suspended']

/** Values as answers have them; any case is accepted. */
const enumerations: Readonly<Record<string, readonly string[]>> = {
  'Opportunities.OPPORTUNITY_STATE': opportunityStates,
  'Opportunities.BID_TYPE': ['Fixed Bid', 'Per Hour', 'Per Day', 'Per Week', 'Per Month', 'Per Year'],
  'Tasks.STATUS': ['NOT STARTED', 'IN PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED'],
  'Projects.STATUS': ['Not Started', 'In Progress', 'Deferred', 'Cancelled', 'Abandoned', 'Completed'],
  'Quotation.QUOTE_STATUS': ['Draft', 'Awaiting Approval', 'Approved', 'Sent', 'Accepted', 'Declined'],
  'Contacts.VISIBLE_TO': ['EVERYONE', 'OWNER', 'TEAM', 'INDIVIDUALS'],
  'Leads.VISIBLE_TO': ['EVERYONE', 'OWNER', 'TEAM', 'INDIVIDUALS'],
}

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  'Opportunities.PROBABILITY': [0, 100],
  'Tasks.PRIORITY': [1, 3],
  'Tasks.PERCENT_COMPLETE': [0, 100],
}

/** The value in the server's own spelling. Refuses one that is not on the list, or not in the range, of its field. */
export function readEnumeration(entityName: string, field: string, value: Value): Value {
  const key = `${entityName}.${field}`
  const options = enumerations[key]
  if (options !== undefined && typeof value === 'string') {
    const known = options.find((option) => option.toLowerCase() === value.toLowerCase())
    if (known === undefined) throw badRequest(`The value '${value}' is not valid for ${field}.`)
    return known
  }
  const range = ranges[key]
  if (range !== undefined && typeof value === 'number' && (value < range[0] || value > range[1])) {
    throw badRequest(`The field ${field} must be between ${range[0]} and ${range[1]}.`)
  }
  return value
}
