type Values = Readonly<Record<string, unknown>> | null

/** What says when, and not what. */
const ignored = new Set(['updated_at'])
/** A new record has these whatever it is. */
const given = new Set(['id', 'created_at', 'updated_at'])

/** Whether a record is still what was shown. */
export function isSameRecord(a: Values, b: Values): boolean {
  if (a === null || b === null) return a === b
  return fieldsOf(a, b).every((key) => ignored.has(key) || canonical(a[key]) === canonical(b[key]))
}

/** Names of the fields in which two states of a record differ; of a new record those that are filled. */
export function changedFields(before: Values, after: Values): string[] {
  if (after === null) return []
  if (before === null) return Object.keys(after).filter((key) => !given.has(key) && isFilled(after[key]))
  return fieldsOf(before, after).filter((key) => !ignored.has(key) && canonical(before[key]) !== canonical(after[key]))
}

function fieldsOf(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
}

function isFilled(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

function canonical(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
      .join()}}`
  return JSON.stringify(value)
}
