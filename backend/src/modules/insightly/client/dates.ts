const plainDate = /^(?!000[01])\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/

/** The instant of an Insightly date (`yyyy-MM-dd HH:mm:ss` in UTC, or ISO 8601) in ISO 8601; null for none and for what is no date. */
export function toInstant(date: string | null | undefined): string | null {
  // Nearly all: a day that every month has, in the usual form.
  if (typeof date === 'string' && plainDate.test(date)) return `${date.slice(0, 10)}T${date.slice(11)}.000Z`
  const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(date?.trim() ?? '')
  if (match === null || match[1] === '0000-00-00' || match[1] === '0001-01-01') return null
  const [, day, time = '00:00:00', fraction = '', zone = 'Z'] = match
  const instant = new Date(`${day}T${time}${fraction}${zone}`)
  // A day such as the 31st of February would become another.
  return Number.isNaN(instant.getTime()) || (zone === 'Z' && !instant.toISOString().startsWith(`${day}`)) ? null : instant.toISOString()
}

/** The day of an Insightly date, as `YYYY-MM-DD`. */
export function toDay(date: string | null | undefined): string | null {
  return toInstant(date)?.slice(0, 10) ?? null
}

/** As Insightly writes and reads dates: `yyyy-MM-dd HH:mm:ss` in UTC. @throws RangeError when it is not an instant */
export function toInsightlyDate(instant: string): string {
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ')
}
