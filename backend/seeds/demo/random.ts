/** A stream of repeatable chance; the same seed, stream and index give the same draws on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** Whole number from `low` to `high`, both included. */
  int(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** Draws by weight; weights need not add up to 1. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T
  /** Standard normal. */
  normal(): number
}

/** 32-bit FNV-1a of a text. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** Spreads neighbouring indexes over the whole range (the finaliser of MurmurHash3). */
function scramble(value: number): number {
  let mixed = value | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

const streamHashes = new Map<string, number>()

/** The chance of one record: record 5 is the same whether or not records 1 to 4 were made. */
export function randomFor(seed: number, stream: string, index: number): Random {
  let streamHash = streamHashes.get(stream)
  if (streamHash === undefined) {
    streamHash = hashText(stream)
    streamHashes.set(stream, streamHash)
  }
  let state = scramble(scramble(seed ^ streamHash) + Math.imul(index, 0x9e3779b1))

  // Mulberry32.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T
  return {
    next,
    pick,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    weighted(items) {
      let total = 0
      for (const [, weight] of items) total += weight
      let rest = next() * total
      for (const [item, weight] of items) {
        rest -= weight
        if (rest < 0) return item
      }
      return (items.at(-1) as readonly [(typeof items)[number][0], number])[0]
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  }
}

/** A one-to-one shuffle of 0…size-1 without a table: `index` goes to a place nobody else takes. */
export function scatter(index: number, size: number, seed: number): number {
  let multiplier = (seed % size) + Math.floor(size * 0.618)
  while (greatestCommonDivisor(multiplier, size) !== 1) multiplier++
  return Number((BigInt(index) * BigInt(multiplier) + BigInt(seed)) % BigInt(size))
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return x
}
