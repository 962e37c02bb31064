import { fold } from '#contracts/fold.ts'

const known = new Map<string, string>()
const maxKnown = 5000
const maxKnownLength = 60

/** A heading or word without case, accents, blanks and signs. */
export function normaliseHeading(heading: string): string {
  const found = known.get(heading)
  if (found !== undefined) return found
  // fold() keeps lengths, so its ß is a single s.
  const normal = fold(heading.replaceAll('ß', 'ss')).replace(/[^a-z0-9]+/g, '')
  // Columns of states and stages say the same few words a million times.
  if (heading.length <= maxKnownLength) {
    if (known.size === maxKnown) known.clear()
    known.set(heading, normal)
  }
  return normal
}
