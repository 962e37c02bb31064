const day = /^\d{4}-\d{2}-\d{2}$/
const instant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/

/** Whether a field has the value that was expected; a day stands for any moment of it in the zone. */
export function isSameValue(expected: unknown, found: unknown, timeZone: string): boolean {
  if (isNothing(expected)) return isNothing(found)
  if (isNothing(found)) return false
  if (Array.isArray(expected)) return Array.isArray(found) && sortedText(expected) === sortedText(found)
  if (typeof expected === 'number') return Number(found) === expected
  if (typeof expected === 'boolean') return found === expected
  const [wanted, given] = [String(expected).trim(), String(found).trim()]
  if (wanted === given) return true
  if (day.test(wanted) && instant.test(given)) return dayIn(new Date(given), timeZone) === wanted
  if (instant.test(wanted) && instant.test(given)) return new Date(wanted).getTime() === new Date(given).getTime()
  return /^-?\d+(\.\d+)?$/.test(wanted) && /^-?\d+(\.\d+)?$/.test(given) && Number(wanted) === Number(given)
}

export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

function dayIn(date: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(date)
}

function sortedText(values: readonly unknown[]): string {
  return values
    .map((value) => String(value).trim().toLowerCase())
    .sort()
    .join('\n')
}

/** Addresses as a set. */
export function isSameAddresses(expected: readonly string[], found: unknown): boolean {
  return Array.isArray(found) && sortedText(expected) === sortedText(found)
}

export function isSameSubject(expected: string, found: unknown): boolean {
  return bare(expected) === bare(String(found ?? ''))
}

function bare(subject: string): string {
  return subject.replace(/^((re|fwd?|aw|wg):\s*)+/i, '').trim()
}
