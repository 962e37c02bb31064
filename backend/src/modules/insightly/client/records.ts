/** A row as Insightly sends it: what is not named here is kept as well. */
export interface InsightlyRow {
  [field: string]: unknown
}

type Texts<K extends string> = { [F in K]?: string | null }
type Numbers<K extends string> = { [F in K]?: number | null }
type Flags<K extends string> = { [F in K]?: boolean | null }
/** Decimal text with all its digits, never a float. */
type Amounts<K extends string> = { [F in K]?: string | null }
/** `yyyy-MM-dd HH:mm:ss` in UTC; `toInstant` reads it. */
type Dates<K extends string> = { [F in K]?: string | null }

export interface InsightlyCustomField extends InsightlyRow {
  FIELD_NAME: string
  /** Of a multiple choice the choices, joined with `;`. */
  FIELD_VALUE?: string | number | boolean | null
}
export interface InsightlyTag extends InsightlyRow {
  TAG_NAME: string
}
export interface InsightlyLink extends InsightlyRow, Texts<'OBJECT_NAME' | 'LINK_OBJECT_NAME' | 'ROLE' | 'DETAILS'>, Flags<'IS_FORWARD'> {
  LINK_ID?: number
  OBJECT_ID?: number | null
  LINK_OBJECT_ID?: number | null
  RELATIONSHIP_ID?: number | null
}
export interface InsightlyDate extends InsightlyRow, Texts<'OCCASION_NAME'>, Dates<'OCCASION_DATE'>, Flags<'REPEAT_YEARLY' | 'CREATE_TASK_YEARLY'> {
  DATE_ID?: number
}
export interface InsightlyEmailDomain extends InsightlyRow {
  EMAIL_DOMAIN_ID?: number
  EMAIL_DOMAIN: string
}

interface Kept {
  CUSTOMFIELDS?: InsightlyCustomField[] | null
  TAGS?: InsightlyTag[] | null
  LINKS?: InsightlyLink[] | null
}
type Stamps = Dates<'DATE_CREATED_UTC' | 'DATE_UPDATED_UTC'> & Numbers<'OWNER_USER_ID' | 'CREATED_USER_ID'>
type Activity = Dates<'LAST_ACTIVITY_DATE_UTC' | 'NEXT_ACTIVITY_DATE_UTC'>
type Address<P extends string> = Texts<`ADDRESS_${P}${'STREET' | 'CITY' | 'STATE' | 'POSTCODE' | 'COUNTRY'}`>

export type InsightlyContact = InsightlyRow &
  Kept &
  Stamps &
  Activity &
  Address<'MAIL_'> &
  Address<'OTHER_'> &
  Texts<
    | 'SALUTATION'
    | 'FIRST_NAME'
    | 'LAST_NAME'
    | 'TITLE'
    | 'EMAIL_ADDRESS'
    | 'BACKGROUND'
    | 'IMAGE_URL'
    | 'ASSISTANT_NAME'
    | `PHONE${'' | '_HOME' | '_MOBILE' | '_OTHER' | '_ASSISTANT' | '_FAX'}`
    | `SOCIAL_${'LINKEDIN' | 'FACEBOOK' | 'TWITTER'}`
  > &
  Dates<'DATE_OF_BIRTH'> &
  Numbers<'ORGANISATION_ID'> &
  Flags<'EMAIL_OPTED_OUT'> & { CONTACT_ID: number; DATES?: InsightlyDate[] | null }

export type InsightlyOrganisation = InsightlyRow &
  Kept &
  Stamps &
  Activity &
  Address<'BILLING_'> &
  Address<'SHIP_'> &
  Texts<'ORGANISATION_NAME' | 'BACKGROUND' | 'IMAGE_URL' | 'PHONE' | 'PHONE_FAX' | 'WEBSITE' | `SOCIAL_${'LINKEDIN' | 'FACEBOOK' | 'TWITTER'}`> & {
    ORGANISATION_ID: number
    DATES?: InsightlyDate[] | null
    EMAILDOMAINS?: InsightlyEmailDomain[] | null
  }

export type InsightlyLead = InsightlyRow &
  Kept &
  Stamps &
  Activity &
  Address<''> &
  Texts<
    | 'SALUTATION'
    | 'FIRST_NAME'
    | 'LAST_NAME'
    | 'TITLE'
    | 'EMAIL'
    | 'PHONE'
    | 'MOBILE'
    | 'FAX'
    | 'INDUSTRY'
    | 'LEAD_DESCRIPTION'
    | 'WEBSITE'
    | 'ORGANISATION_NAME'
    | 'IMAGE_URL'
  > &
  Numbers<
    | 'LEAD_SOURCE_ID'
    | 'LEAD_STATUS_ID'
    | 'LEAD_RATING'
    | 'EMPLOYEE_COUNT'
    | 'RESPONSIBLE_USER_ID'
    | `CONVERTED_${'CONTACT' | 'OPPORTUNITY' | 'ORGANISATION'}_ID`
  > &
  Dates<'CONVERTED_DATE_UTC'> &
  Flags<'CONVERTED' | 'EMAIL_OPTED_OUT'> & { LEAD_ID: number }

export type InsightlyOpportunity = InsightlyRow &
  Kept &
  Stamps &
  Activity &
  Texts<'OPPORTUNITY_NAME' | 'OPPORTUNITY_DETAILS' | 'OPPORTUNITY_STATE' | 'IMAGE_URL' | 'BID_CURRENCY' | 'BID_TYPE'> &
  Amounts<'BID_AMOUNT' | 'OPPORTUNITY_VALUE'> &
  Numbers<'RESPONSIBLE_USER_ID' | 'CATEGORY_ID' | 'BID_DURATION' | 'PROBABILITY' | 'PIPELINE_ID' | 'STAGE_ID' | 'ORGANISATION_ID' | 'PRICEBOOK_ID'> &
  Dates<'ACTUAL_CLOSE_DATE' | 'FORECAST_CLOSE_DATE'> & { OPPORTUNITY_ID: number }

export type InsightlyProject = InsightlyRow &
  Kept &
  Stamps &
  Activity &
  Texts<'PROJECT_NAME' | 'STATUS' | 'PROJECT_DETAILS' | 'IMAGE_URL'> &
  Dates<'STARTED_DATE' | 'COMPLETED_DATE'> &
  Numbers<'OPPORTUNITY_ID' | 'CATEGORY_ID' | 'PIPELINE_ID' | 'STAGE_ID' | 'RESPONSIBLE_USER_ID'> & { PROJECT_ID: number }

export type InsightlyTask = InsightlyRow &
  Kept &
  Stamps &
  Texts<'TITLE' | 'DETAILS' | 'STATUS' | 'RECURRENCE'> &
  Dates<'DUE_DATE' | 'COMPLETED_DATE_UTC' | 'START_DATE' | 'REMINDER_DATE_UTC' | 'ASSIGNED_DATE_UTC'> &
  Flags<'COMPLETED' | 'REMINDER_SENT' | 'OWNER_VISIBLE'> &
  Numbers<
    | 'CATEGORY_ID'
    | 'PRIORITY'
    | 'PERCENT_COMPLETE'
    | 'MILESTONE_ID'
    | 'RESPONSIBLE_USER_ID'
    | 'EMAIL_ID'
    | 'PROJECT_ID'
    | 'STAGE_ID'
    | 'ASSIGNED_BY_USER_ID'
    | 'PARENT_TASK_ID'
    | 'OPPORTUNITY_ID'
    | 'ASSIGNED_TEAM_ID'
  > & { TASK_ID: number }

export type InsightlyEvent = InsightlyRow &
  Kept &
  Stamps &
  Texts<'TITLE' | 'LOCATION' | 'DETAILS'> &
  Dates<'START_DATE_UTC' | 'END_DATE_UTC' | 'REMINDER_DATE_UTC'> &
  Flags<'ALL_DAY' | 'REMINDER_SENT'> & { EVENT_ID: number }

export type InsightlyNote = InsightlyRow & Pick<Kept, 'LINKS'> & Stamps & Texts<'TITLE' | 'BODY'> & { NOTE_ID: number }

export type InsightlyEmail = InsightlyRow &
  Pick<Kept, 'LINKS' | 'TAGS'> &
  Stamps &
  Texts<'EMAIL_FROM' | 'EMAIL_TO' | 'EMAIL_CC' | 'SUBJECT' | 'BODY' | 'FORMAT'> &
  Dates<'EMAIL_DATE_UTC' | 'QUEUED_SEND_DATE_UTC'> &
  Numbers<'SIZE'> & { EMAIL_ID: number }

export type InsightlyMilestone = InsightlyRow &
  Stamps &
  Texts<'TITLE'> &
  Dates<'DUE_DATE' | 'COMPLETED_DATE_UTC'> &
  Flags<'COMPLETED'> &
  Numbers<'PROJECT_ID' | 'RESPONSIBLE_USER'> & { MILESTONE_ID: number }
