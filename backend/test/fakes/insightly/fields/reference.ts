import { fields } from './notation.ts'

export const pipelinesFields = fields(`PIPELINE_ID i64; PIPELINE_NAME str; FOR_OPPORTUNITIES bool; FOR_PROJECTS bool; OWNER_USER_ID i32`)

export const pipelineStagesFields = fields(`STAGE_ID i64; PIPELINE_ID i64; STAGE_NAME str; STAGE_ORDER i32; ACTIVITYSET_ID i64; OWNER_USER_ID i32`)

export const usersFields = fields(`USER_ID i64; CONTACT_ID i64; FIRST_NAME str; LAST_NAME str; TIMEZONE_ID str; EMAIL_ADDRESS str; EMAIL_DROPBOX_IDENTIFIER str;
  EMAIL_DROPBOX_ADDRESS str; ADMINISTRATOR bool; ACCOUNT_OWNER bool; ACTIVE bool; DATE_CREATED_UTC datetime; DATE_UPDATED_UTC datetime;
  USER_CURRENCY str; CONTACT_DISPLAY str; CONTACT_ORDER str; TASK_WEEK_START i32; INSTANCE_ID i64; PROFILE_ID i64; ROLE_ID i64`)

export const teamsFields = fields(
  `TEAM_ID i64; TEAM_NAME str(255); DATE_CREATED_UTC datetime; DATE_UPDATED_UTC datetime; TEAMMEMBERS TeamMember[] ro; ANONYMOUS_TEAM bool ro`,
)

export const teamMembersFields = fields(`PERMISSION_ID i64; TEAM_ID i64; MEMBER_USER_ID i32*`)

export const leadStatusesFields = fields(`LEAD_STATUS_ID i64; LEAD_STATUS str(255)*; DEFAULT_STATUS bool; STATUS_TYPE i32; FIELD_ORDER i32`)

export const leadSourcesFields = fields(`LEAD_SOURCE_ID i64; LEAD_SOURCE str(255)*; DEFAULT_VALUE bool; FIELD_ORDER i32`)

export const opportunityCategoriesFields = fields(`CATEGORY_ID i64; CATEGORY_NAME str(255)*; ACTIVE bool; BACKGROUND_COLOR str(6)*`)

export const opportunityStateReasonsFields = fields(`STATE_REASON_ID i64; STATE_REASON str; FOR_OPPORTUNITY_STATE str`)

export const taskCategoriesFields = fields(`CATEGORY_ID i64; CATEGORY_NAME str(255)*; ACTIVE bool; BACKGROUND_COLOR str(6)*`)

export const relationshipsFields =
  fields(`RELATIONSHIP_ID i64; FORWARD_TITLE str(255); FORWARD str(255); REVERSE_TITLE str(255); REVERSE str(255); FOR_CONTACTS bool;
  FOR_ORGANISATIONS bool`)

export const activitySetsFields =
  fields(`ACTIVITYSET_ID i64; NAME str; FOR_CONTACTS bool; FOR_ORGANISATIONS bool; FOR_OPPORTUNITIES bool; FOR_PROJECTS bool; FOR_LEADS bool;
  OWNER_USER_ID i32; ACTIVITIES Activity[]`)
