import { isDeeplyFrozen } from './deep-freeze.ts'

/** Characters of what is kept, in all. */
const mostKept = 1_000_000
/** Values whose text is kept: each also holds the value, which may be larger than its text. */
const mostValues = 300
const kept = new Map<object, string>()
/** What was written once already: most of it is never asked for again. */
const met = new WeakSet<object>()
let size = 0

/** The value's JSON; that of one that can no longer change is kept when it is asked for again, until much else was. */
export function jsonOf(value: unknown): string {
  if (!isDeeplyFrozen(value)) return JSON.stringify(value)
  const known = kept.get(value)
  if (known !== undefined) return known
  const text = JSON.stringify(value)
  if (!met.has(value)) {
    met.add(value)
    return text
  }
  kept.set(value, text)
  size += text.length
  for (const [oldest, { length }] of kept) {
    if (size <= mostKept && kept.size <= mostValues) break
    kept.delete(oldest)
    size -= length
  }
  return text
}

/** The JSON of an object with one more member, whose value is JSON already. */
export function addMember(object: string, name: string, value: string): string {
  return `${object.slice(0, -1)}${object === '{}' ? '' : ','}${JSON.stringify(name)}:${value}}`
}
