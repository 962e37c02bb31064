import v8 from 'node:v8'

/** Bytes; the space doubles, so that it ends somewhere between this and twice as much. */
const roomForABatch = 12_000_000
/** Percent by which the heap may grow over what was in use before it is cleaned up: while requests are served, as server.js says, and meanwhile. */
const [usualGrowth, defaultGrowth] = [15, 25]

/** Room in which the rows of a batch live and die. */
export interface YoungSpace {
  /** To be called every few dozen rows: the space doubles at each cleaning until there is room enough. */
  watch(): void
  release(): void
}

// The engine has one such setting for the whole process, whoever of its imports asks.
let holders = 0

/**
 * The server keeps the engine's space for new objects at a few megabytes, which is right for requests; a batch of rows outlives it, and a
 * third of an import's time would go into moving rows about. While an import runs the space may grow; the engine gives it back by
 * itself when there is nothing more to do. So may the heap, or as much again would go into looking for what is still in use.
 * @param growth percent
 */
export function takeYoungSpace(growth = defaultGrowth): YoungSpace {
  holders++
  setGrowth(growth)
  let isReleased = false
  return {
    watch() {
      if (!isReleased) setGrowing(sizeOfNewSpace() < roomForABatch)
    },
    release() {
      if (isReleased) return
      isReleased = true
      holders--
      if (holders > 0) return
      setGrowing(false)
      setGrowth(usualGrowth)
    },
  }
}

/** Said each time: what keeps room for requests says otherwise every second. */
function setGrowing(growing: boolean): void {
  v8.setFlagsFromString(`--semi-space-growth-factor=${growing ? 2 : 1}`)
}

function setGrowth(percent: number): void {
  v8.setFlagsFromString(`--heap-growing-percent=${percent}`)
}

function sizeOfNewSpace(): number {
  return v8.getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0
}
