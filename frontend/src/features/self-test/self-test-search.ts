/** What the address says is shown. */
export interface SelfTestSearch {
  /** The run whose report is open. */
  run?: string | undefined
}

export const parseSelfTestSearch = (search: Record<string, unknown>): SelfTestSearch => ({ run: search.run === undefined ? undefined : String(search.run) })
