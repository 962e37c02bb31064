export const automationViews = ['schedules', 'workflows', 'webhooks'] as const
export type AutomationView = (typeof automationViews)[number]

/** What the address says is shown. */
export interface AutomationsSearch {
  view?: AutomationView | undefined
  /** A workflow that is open, by itself or by what it proposed. */
  run?: string | undefined
  batch?: string | undefined
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

export const parseAutomationsSearch = (search: Record<string, unknown>): AutomationsSearch => ({
  view: automationViews.find((view) => view === search.view),
  run: text(search.run),
  batch: text(search.batch),
})
