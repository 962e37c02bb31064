import { day, extra, extraTexts, flag, instant, listed, type MappedField, number, reference, text, words } from './mapped-field.ts'
import { taskPriority, taskStatus } from './words.ts'

/** What a task, an event, a note or an e-mail is about is among its links. */
export const taskFields: readonly MappedField[] = [
  text('title', 'TITLE', 500, { isRequired: true, standIn: '(no title)' }),
  words('status', 'STATUS', taskStatus),
  words('priority', 'PRIORITY', taskPriority),
  instant('due_at', 'DUE_DATE'),
  reference('owner_id', 'RESPONSIBLE_USER_ID', 'users', { reads: ['RESPONSIBLE_USER_ID', 'OWNER_USER_ID'] }),
  ...extraTexts('tasks', { DETAILS: ['Details', 4000] }),
  extra('tasks', 'Category', listed('category', 'CATEGORY_ID', 'taskCategories')),
  extra('tasks', 'Percent complete', number('percent_complete', 'PERCENT_COMPLETE', { min: 0, max: 100 })),
  extra('tasks', 'Start', day('start_date', 'START_DATE')),
]

export const eventFields: readonly MappedField[] = [
  text('title', 'TITLE', 255, { standIn: '(no title)' }),
  instant('starts_at', 'START_DATE_UTC', { isRequired: true }),
  instant('ends_at', 'END_DATE_UTC', { isRequired: true }),
  reference('owner_id', 'OWNER_USER_ID', 'users'),
  ...extraTexts('events', { LOCATION: ['Location', 255], DETAILS: ['Details', 4000] }),
  extra('events', 'All day', flag('all_day', 'ALL_DAY')),
]

export const noteFields: readonly MappedField[] = [
  text('title', 'TITLE', 255, { isRequired: true }),
  text('body', 'BODY', undefined, { standIn: '' }),
  reference('author_id', 'OWNER_USER_ID', 'users', { writes: null }),
]

const readOnly = { writes: null }

/** E-mails come from there only. */
export const emailFields: readonly MappedField[] = [text('subject', 'SUBJECT', 500, readOnly), instant('sent_at', 'EMAIL_DATE_UTC', readOnly)]
