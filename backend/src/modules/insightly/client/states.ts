const opportunityStates = ['Open', 'Won', 'Lost', 'Abandoned', 'Suspended'] as const
export type InsightlyState = (typeof opportunityStates)[number]

const taskStatuses = ['Not Started', 'In Progress', 'Waiting', 'Completed', 'Deferred'] as const
export type InsightlyTaskStatus = (typeof taskStatuses)[number]

/** The state as Insightly writes it, from any spelling in capitals or not; undefined when there is none of that name. */
export function toInsightlyState(text: string): InsightlyState | undefined {
  return opportunityStates.find((state) => state.toLowerCase() === text.trim().toLowerCase())
}

/** The task's status as Insightly writes it, from any spelling in capitals, with spaces or without. */
export function toInsightlyTaskStatus(text: string): InsightlyTaskStatus | undefined {
  const letters = (status: string) => status.toLowerCase().replace(/[^a-z]/g, '')
  return taskStatuses.find((status) => letters(status) === letters(text))
}
