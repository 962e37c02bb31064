import { fields } from './notation.ts'

export const tasksFields =
  fields(`TASK_ID i64* ro; TITLE str(500)*; CATEGORY_ID i32; DUE_DATE datetime; COMPLETED_DATE_UTC datetime ro; COMPLETED bool*; DETAILS str(4000);
  STATUS str(20); PRIORITY i32; PERCENT_COMPLETE i32; START_DATE datetime; MILESTONE_ID i32; RESPONSIBLE_USER_ID i32; OWNER_USER_ID i32*;
  DATE_CREATED_UTC datetime* ro; DATE_UPDATED_UTC datetime* ro; EMAIL_ID i32; PROJECT_ID i32; REMINDER_DATE_UTC datetime;
  REMINDER_SENT bool ro; OWNER_VISIBLE bool; STAGE_ID i32 ro; ASSIGNED_BY_USER_ID i32 ro; PARENT_TASK_ID i32; RECURRENCE str(20);
  OPPORTUNITY_ID i32; ASSIGNED_TEAM_ID i32; ASSIGNED_DATE_UTC datetime ro; CREATED_USER_ID i32 ro; CUSTOMFIELDS CustomField[];
  LINKS LinkDto[] ro; PUBLICLY_VISIBLE bool`)

export const eventsFields =
  fields(`EVENT_ID i64 ro; TITLE str(255); LOCATION str(255); START_DATE_UTC datetime*; END_DATE_UTC datetime*; ALL_DAY bool; DETAILS str(4000);
  DATE_CREATED_UTC datetime; DATE_UPDATED_UTC datetime; REMINDER_DATE_UTC datetime; REMINDER_SENT bool; OWNER_USER_ID i32;
  CUSTOMFIELDS CustomField[]; LINKS LinkDto[] ro`)

export const notesFields = fields(
  `NOTE_ID i64 ro; TITLE str(255)*; BODY str; DATE_CREATED_UTC datetime; DATE_UPDATED_UTC datetime; OWNER_USER_ID i32 ro; LINKS LinkDto[] ro`,
)

export const emailsFields = fields(`EMAIL_ID i64 ro; EMAIL_FROM str(500) ro; SUBJECT str(500) ro; EMAIL_DATE_UTC datetime ro; FORMAT str(5) ro; SIZE i64 ro;
  OWNER_USER_ID i32* ro; DATE_CREATED_UTC datetime* ro; QUEUED_SEND_DATE_UTC datetime ro; CREATED_USER_ID i32 ro; TAGS Tag[]; LINKS LinkDto[] ro;
  EMAIL_TO str ro; EMAIL_CC str ro; BODY str ro`)
