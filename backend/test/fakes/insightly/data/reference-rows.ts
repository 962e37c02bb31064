import { pipelines, team } from '../../../../seeds/demo/team.ts'
import { sentinelDate, writeDate } from '../dates.ts'
import type { Row } from '../json.ts'
import { firstInstant } from './world.ts'

export const firstUserId = 1_402_101
export const instanceId = 870_214
export const userIds: readonly number[] = team.map((_, index) => firstUserId + index * 13)

const created = writeDate(firstInstant)

const users: readonly Row[] = team.map(({ name, email, role }, index) => {
  const [first = '', ...rest] = name.split(' ')
  return {
    USER_ID: userIds[index] ?? 0,
    CONTACT_ID: null,
    FIRST_NAME: first,
    LAST_NAME: rest.join(' '),
    TIMEZONE_ID: index % 3 === 0 ? 'GMT Standard Time' : 'Eastern Standard Time',
    EMAIL_ADDRESS: email,
    EMAIL_DROPBOX_IDENTIFIER: `box${index}`,
    EMAIL_DROPBOX_ADDRESS: `box${index}@mailbox.example`,
    ADMINISTRATOR: index === 0 || role === 'manager',
    ACCOUNT_OWNER: index === 0,
    // One who has left still owns records.
    ACTIVE: index !== team.length - 1,
    DATE_CREATED_UTC: created,
    DATE_UPDATED_UTC: created,
    USER_CURRENCY: 'USD',
    CONTACT_DISPLAY: 'FIRST',
    CONTACT_ORDER: 'FIRST',
    TASK_WEEK_START: 1,
    INSTANCE_ID: instanceId,
    PROFILE_ID: null,
    ROLE_ID: null,
  }
})

interface Stage {
  id: number
  pipelineId: number
  name: string
  probability: number
}

export const projectPipelineId = 30_300
export const pipelineIds: readonly number[] = pipelines.map((_, index) => 30_100 + index * 100)
const projectStages = ['Planning', 'Installation', 'Acceptance']

export const stages: readonly Stage[] = [
  ...pipelines.flatMap(({ stages: own }, pipeline) =>
    own.map(({ name, probability }, index) => ({ id: 81_000 + pipeline * 100 + index * 3, pipelineId: pipelineIds[pipeline] ?? 0, name, probability })),
  ),
  ...projectStages.map((name, index) => ({ id: 82_000 + index * 3, pipelineId: projectPipelineId, name, probability: 100 })),
]

const pipelineRows: readonly Row[] = [
  ...pipelines.map(({ name }, index) => ({
    PIPELINE_ID: pipelineIds[index] ?? 0,
    PIPELINE_NAME: name,
    FOR_OPPORTUNITIES: true,
    FOR_PROJECTS: false,
    OWNER_USER_ID: firstUserId,
  })),
  { PIPELINE_ID: projectPipelineId, PIPELINE_NAME: 'Delivery', FOR_OPPORTUNITIES: false, FOR_PROJECTS: true, OWNER_USER_ID: firstUserId },
]

const stageRows: readonly Row[] = stages.map(({ id, pipelineId, name }) => ({
  STAGE_ID: id,
  PIPELINE_ID: pipelineId,
  STAGE_NAME: name,
  STAGE_ORDER: stages.filter((other) => other.pipelineId === pipelineId).findIndex((other) => other.id === id) + 1,
  ACTIVITYSET_ID: null,
  OWNER_USER_ID: firstUserId,
}))

export const leadStatuses = ['Open - Not Contacted', 'Open - Attempted Contact', 'Open - Contacted', 'Closed - Disqualified', 'Closed - Converted'] as const
export const leadSources = ['Web', 'Trade fair', 'Referral', 'Partner', 'Phone'] as const
export const leadStatusIds = leadStatuses.map((_, index) => 5_010 + index)
export const convertedStatusId = 5_014
export const leadSourceIds = leadSources.map((_, index) => 6_020 + index)
export const opportunityCategoryIds = [7_001, 7_002, 7_003]
export const taskCategoryIds = [7_101, 7_102, 7_103]
export const reasonIds: Readonly<Record<string, readonly number[]>> = { Won: [9_001, 9_002], Lost: [9_003, 9_004], Abandoned: [9_005], Suspended: [9_006] }

const leadStatusRows = leadStatuses.map((status, index) => ({
  LEAD_STATUS_ID: leadStatusIds[index] ?? 0,
  LEAD_STATUS: status,
  DEFAULT_STATUS: index === 0,
  STATUS_TYPE: status.startsWith('Closed') ? 1 : 0,
  FIELD_ORDER: index + 1,
}))
const leadSourceRows = leadSources.map((source, index) => ({
  LEAD_SOURCE_ID: leadSourceIds[index] ?? 0,
  LEAD_SOURCE: source,
  DEFAULT_VALUE: index === 0,
  FIELD_ORDER: index + 1,
}))

const category = (id: number | undefined, name: string, colour: string): Row => ({
  CATEGORY_ID: id ?? 0,
  CATEGORY_NAME: name,
  ACTIVE: true,
  BACKGROUND_COLOR: colour,
})
const reason = (id: number | undefined, text: string, state: string): Row => ({ STATE_REASON_ID: id ?? 0, STATE_REASON: text, FOR_OPPORTUNITY_STATE: state })

/** The lists that do not grow with the number of records, by the name of their collection. */
export const referenceRows: Readonly<Record<string, readonly Row[]>> = {
  Users: users,
  Pipelines: pipelineRows,
  PipelineStages: stageRows,
  LeadStatuses: leadStatusRows,
  LeadSources: leadSourceRows,
  OpportunityCategories: [
    category(opportunityCategoryIds[0], 'Hardware', '1D7044'),
    category(opportunityCategoryIds[1], 'Cloud', '20124D'),
    category(opportunityCategoryIds[2], 'Service', '99391D'),
  ],
  TaskCategories: [
    category(taskCategoryIds[0], 'Call', '1D7044'),
    category(taskCategoryIds[1], 'Visit', '20124D'),
    category(taskCategoryIds[2], 'Paperwork', '99391D'),
  ],
  OpportunityStateReasons: [
    reason(reasonIds.Won?.[0], 'Best fit', 'Won'),
    reason(reasonIds.Won?.[1], 'Existing customer', 'Won'),
    reason(reasonIds.Lost?.[0], 'Price', 'Lost'),
    reason(reasonIds.Lost?.[1], 'Competitor', 'Lost'),
    reason(reasonIds.Abandoned?.[0], 'No answer', 'Abandoned'),
    reason(reasonIds.Suspended?.[0], 'Budget frozen', 'Suspended'),
  ],
  Relationships: [
    {
      RELATIONSHIP_ID: 1,
      FORWARD_TITLE: 'Manager',
      FORWARD: 'is the manager of',
      REVERSE_TITLE: 'Report',
      REVERSE: 'reports to',
      FOR_CONTACTS: true,
      FOR_ORGANISATIONS: false,
    },
    {
      RELATIONSHIP_ID: 2,
      FORWARD_TITLE: 'Parent company',
      FORWARD: 'is the parent of',
      REVERSE_TITLE: 'Subsidiary',
      REVERSE: 'is a subsidiary of',
      FOR_CONTACTS: false,
      FOR_ORGANISATIONS: true,
    },
  ],
  Teams: [{ TEAM_ID: 4_401, TEAM_NAME: 'Field sales', DATE_CREATED_UTC: created, DATE_UPDATED_UTC: sentinelDate, ANONYMOUS_TEAM: false }],
  TeamMembers: userIds.slice(1, 4).map((userId, index) => ({ PERMISSION_ID: 4_501 + index, TEAM_ID: 4_401, MEMBER_USER_ID: userId })),
  ActivitySets: [],
}
