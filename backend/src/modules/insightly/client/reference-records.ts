import type { InsightlyRow } from './records.ts'

type Texts<K extends string> = { [F in K]?: string | null }
type Numbers<K extends string> = { [F in K]?: number | null }
type Flags<K extends string> = { [F in K]?: boolean | null }

export type InsightlyPipeline = InsightlyRow &
  Texts<'PIPELINE_NAME'> &
  Flags<'FOR_OPPORTUNITIES' | 'FOR_PROJECTS'> &
  Numbers<'OWNER_USER_ID'> & { PIPELINE_ID: number }
export type InsightlyPipelineStage = InsightlyRow &
  Texts<'STAGE_NAME'> &
  Numbers<'PIPELINE_ID' | 'STAGE_ORDER' | 'ACTIVITYSET_ID' | 'OWNER_USER_ID'> & { STAGE_ID: number }
export type InsightlyUser = InsightlyRow &
  Texts<'FIRST_NAME' | 'LAST_NAME' | 'EMAIL_ADDRESS' | 'TIMEZONE_ID' | 'USER_CURRENCY' | 'DATE_CREATED_UTC' | 'DATE_UPDATED_UTC'> &
  Numbers<'CONTACT_ID' | 'INSTANCE_ID' | 'PROFILE_ID' | 'ROLE_ID'> &
  Flags<'ADMINISTRATOR' | 'ACCOUNT_OWNER' | 'ACTIVE'> & { USER_ID: number }
export type InsightlyTeam = InsightlyRow & Texts<'TEAM_NAME'> & { TEAM_ID: number }
export type InsightlyLeadStatus = InsightlyRow &
  Texts<'LEAD_STATUS'> &
  Flags<'DEFAULT_STATUS'> &
  Numbers<'STATUS_TYPE' | 'FIELD_ORDER'> & { LEAD_STATUS_ID: number }
export type InsightlyLeadSource = InsightlyRow & Texts<'LEAD_SOURCE'> & Flags<'DEFAULT_VALUE'> & Numbers<'FIELD_ORDER'> & { LEAD_SOURCE_ID: number }
export type InsightlyCategory = InsightlyRow & Texts<'CATEGORY_NAME' | 'BACKGROUND_COLOR'> & Flags<'ACTIVE'> & { CATEGORY_ID: number }
export type InsightlyStateReason = InsightlyRow & Texts<'STATE_REASON' | 'FOR_OPPORTUNITY_STATE'> & { STATE_REASON_ID: number }
export type InsightlyRelationship = InsightlyRow &
  Texts<'FORWARD_TITLE' | 'FORWARD' | 'REVERSE_TITLE' | 'REVERSE'> &
  Flags<'FOR_CONTACTS' | 'FOR_ORGANISATIONS'> & { RELATIONSHIP_ID: number }

export type InsightlyStateChange = InsightlyRow &
  Texts<'DATE_CHANGED_UTC' | 'FOR_OPPORTUNITY_STATE' | 'STATE_REASON'> &
  Numbers<'OPPORTUNITY_ID' | 'STATE_REASON_ID'>

/** The definition of a custom field. */
export type InsightlyFieldDefinition = InsightlyRow &
  Texts<'FIELD_FOR' | 'FIELD_LABEL' | 'FIELD_TYPE' | 'FIELD_HELP_TEXT' | 'JOIN_OBJECT'> &
  Numbers<'FIELD_ORDER'> &
  Flags<'EDITABLE' | 'VISIBLE'> & {
    FIELD_NAME: string
    CUSTOM_FIELD_OPTIONS?: (InsightlyRow & Texts<'OPTION_VALUE'> & Numbers<'OPTION_ID'> & Flags<'OPTION_DEFAULT'>)[] | null
  }

export type InsightlyInstance = InsightlyRow & Texts<'INSTANCE_NAME' | 'INSTANCE_SUBDOMAIN' | 'PLAN_NAME'>
