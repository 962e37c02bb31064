/** What the server answers for a date that was never set. */
export const sentinelDate = '0001-01-01 00:00:00'

/** `yyyy-MM-dd HH:mm:ss` in UTC, as bodies have it. */
export function writeDate(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ')
}

const form = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i

/** Either form of a date, without a zone in UTC; undefined when it is none. */
export function readDate(text: string): number | undefined {
  const match = form.exec(text.trim())
  if (match === null) return undefined
  const [, year, month, day, hours = '00', minutes = '00', seconds = '00', fraction = '', zone = 'Z'] = match
  const plain = `${year}-${month}-${day}T${hours}:${minutes}:${seconds}`
  const instant = Date.parse(`${plain}${fraction.slice(0, 4)}${zone.toUpperCase()}`)
  // Date.parse takes the 31st of June for the 1st of July.
  return Number.isNaN(instant) || new Date(Date.parse(`${plain}Z`)).toISOString().slice(0, 19) !== plain ? undefined : instant
}
