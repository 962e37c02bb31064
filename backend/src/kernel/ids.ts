import { randomUUID } from 'node:crypto'

let lastMs = 0
let place = 0

/** A new record id: UUID v7 (RFC 9562, counter in rand_a), so that ids sort by creation. */
export function newId(): string {
  // Its randomness is fetched for many at a time; a library that asks for each takes ten times as long.
  const random = randomUUID()
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    place = Number.parseInt(random.slice(0, 3), 16) >> 1
  } else {
    place += 1
    // More than fit into a millisecond borrow from the next.
    if (place > 0xfff) {
      lastMs += 1
      place = 0
    }
  }
  const time = lastMs.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${place.toString(16).padStart(3, '0')}-${random.slice(19)}`
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && uuidPattern.test(value)
}
