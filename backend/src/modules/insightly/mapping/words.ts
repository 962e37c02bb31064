import { toInsightlyState, toInsightlyTaskStatus } from '../client/states.ts'
import type { Words } from './mapped-field.ts'
import { readText } from './remote-values.ts'

/** Other words for Insightly's. */
const statuses: Readonly<Record<string, string>> = {
  done: 'Completed',
  complete: 'Completed',
  closed: 'Completed',
  finished: 'Completed',
  new: 'Not Started',
  open: 'Not Started',
  todo: 'Not Started',
  'to do': 'Not Started',
  active: 'In Progress',
  started: 'In Progress',
  'on hold': 'Waiting',
  postponed: 'Deferred',
}
const priorities = ['low', 'normal', 'high']
const otherPriorities: Readonly<Record<string, string>> = { medium: 'normal', urgent: 'high', '1': 'low', '2': 'normal', '3': 'high' }

/** A word that is one of the object's own. */
function wordIn<T>(known: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(known, word) ? known[word] : undefined
}

export const taskStatus: Words = {
  choices: ['Not Started', 'In Progress', 'Waiting', 'Completed', 'Deferred'],
  read: (value) => {
    const text = readText(value)
    return text === null ? null : (toInsightlyTaskStatus(text) ?? text)
  },
  write: (text) => toInsightlyTaskStatus(text) ?? wordIn(statuses, text.trim().toLowerCase()),
}

export const taskPriority: Words = {
  choices: priorities,
  read: (value) => (typeof value === 'number' || typeof value === 'string' ? (priorities[Number(value) - 1] ?? null) : null),
  write: (text) => {
    const word = text.trim().toLowerCase()
    const place = priorities.indexOf(wordIn(otherPriorities, word) ?? word)
    return place < 0 ? undefined : place + 1
  },
}

export const opportunityState: Words = {
  choices: ['open', 'won', 'lost', 'abandoned', 'suspended'],
  read: (value) => (typeof value === 'string' ? (toInsightlyState(value)?.toLowerCase() ?? null) : null),
  write: toInsightlyState,
}

const bidTypes = ['Fixed Bid', 'Per Hour', 'Per Day', 'Per Week', 'Per Month', 'Per Year']

export const bidType: Words = {
  choices: bidTypes,
  read: (value) => {
    const text = readText(value)
    return text === null ? null : (bidTypes.find((type) => type.toLowerCase() === text.toLowerCase()) ?? text)
  },
  write: (text) => bidTypes.find((type) => type.toLowerCase() === text.trim().toLowerCase()),
}

const quoteStatuses = ['Draft', 'Awaiting Approval', 'Approved', 'Sent', 'Accepted', 'Declined']

export const quoteStatus: Words = {
  choices: quoteStatuses,
  read: (value) => {
    const text = readText(value)
    return text === null ? null : (quoteStatuses.find((status) => status.toLowerCase() === text.toLowerCase()) ?? text)
  },
  write: (text) => quoteStatuses.find((status) => status.toLowerCase() === text.trim().toLowerCase()),
}
