import { isDeeplyFrozen } from './deep-freeze.ts'

/** Characters of what is kept, in all. */
const mostKept = 2_000_000
const kept = new Map<object, string>()
let size = 0

/** The value's JSON; of one that can no longer change it is written once, until much else was. */
export function jsonOf(value: unknown): string {
  if (!isDeeplyFrozen(value)) return JSON.stringify(value)
  const known = kept.get(value)
  if (known !== undefined) return known
  const text = JSON.stringify(value)
  kept.set(value, text)
  size += text.length
  for (const [oldest, { length }] of kept) {
    if (size <= mostKept) break
    kept.delete(oldest)
    size -= length
  }
  return text
}

/** The JSON of an object with one more member, whose value is JSON already. */
export function addMember(object: string, name: string, value: string): string {
  return `${object.slice(0, -1)}${object === '{}' ? '' : ','}${JSON.stringify(name)}:${value}}`
}
