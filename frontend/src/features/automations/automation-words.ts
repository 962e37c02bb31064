import type { Delivery, Schedule, ScheduleRun, Webhook } from '#contracts/automations.ts'
import type { WorkflowRun } from '#contracts/workflows.ts'

export const deliverNames: Readonly<Record<Schedule['deliver'], string>> = { chat: 'In a conversation', email: 'By e-mail', webhook: 'By webhook' }

export const runStateNames: Readonly<Record<ScheduleRun['state'], string>> = {
  queued: 'Waiting to run',
  running: 'Running',
  done: 'Answered',
  failed: 'Failed',
  missed: 'Missed',
}

export const runReasonNames: Readonly<Record<ScheduleRun['reason'], string>> = { schedule: 'as scheduled', late: 'caught up', asked: 'asked for' }

export const deliveryStateNames: Readonly<Record<Delivery['state'], string>> = { queued: 'Waiting', delivered: 'Delivered', failed: 'Given up' }

export const eventNames: Readonly<Record<Webhook['events'][number], string>> = {
  'proposal.created': 'A change is proposed',
  'proposal.approved': 'A change is approved',
  'proposal.rejected': 'A change is rejected',
  'proposal.undone': 'A change is undone',
  'proposal.failed': 'A change fails',
  'record.created': 'A record is created',
  'record.updated': 'A record is changed',
  'record.deleted': 'A record is deleted',
  'answer.finished': 'An answer is finished',
  'schedule.finished': 'A schedule has run',
}

export const workflowNames: Readonly<Record<WorkflowRun['name'], string>> = { new_lead_mail: 'A lead from an e-mail' }

export const workflowStatusNames: Readonly<Record<WorkflowRun['status'], string>> = {
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Stopped',
}
