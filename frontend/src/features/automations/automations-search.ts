/** What the address says is shown. */
export interface AutomationsSearch {
  view?: 'webhooks' | undefined
}

export const parseAutomationsSearch = (search: Record<string, unknown>): AutomationsSearch => ({ view: search.view === 'webhooks' ? 'webhooks' : undefined })
