import type { Place } from '../threat.ts'

/** One thing a client chose, with its place in the request. */
export interface RequestValue {
  where: string
  text: string
  place: Place
}

/** More values than this are not looked at one by one but as one text. */
export const maximumValues = 600
const longestName = 60

/** A dotted name for the reasons, printable and short. */
export function placeName(parent: string, name: string): string {
  return `${parent}.${name.replaceAll(/[^\w.[\]$-]/g, '_')}`.slice(0, longestName + parent.length)
}

export const plainName = /^[\w.-]*$/
