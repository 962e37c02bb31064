/** How the stand-in behaves where the real server's behaviour differs or is not known; changed while it runs at /_fake/settings. */
export interface Settings {
  /** `professional` knows no products and no quotations. */
  plan: 'enterprise' | 'professional'
  /** Records carry an ETag, and If-Match is obeyed. */
  etag: boolean
  /** What a successful PUT of a record answers. */
  putStatus: 200 | 201
  /** Whether custom fields that are left out of a sent CUSTOMFIELDS are dropped. */
  customFields: 'replace' | 'merge'
  /** Whether a change to a record's tags, dates, links and notes counts as a change of the record. */
  childrenTouchParent: boolean
  /** How many contacts, organisations, leads, opportunities and projects the plan allows together; null without limit. */
  recordLimit: number | null
  /** How states of opportunities are written in answers. */
  stateCase: 'title' | 'upper'
  rateRequests: number
  rateWindowMs: number
  dailyCalls: number
}

export const defaultSettings: Settings = {
  plan: 'enterprise',
  etag: false,
  putStatus: 200,
  customFields: 'replace',
  childrenTouchParent: true,
  recordLimit: null,
  stateCase: 'title',
  rateRequests: 10,
  rateWindowMs: 1000,
  dailyCalls: 100_000,
}
