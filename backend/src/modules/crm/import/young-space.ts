import v8 from 'node:v8'

// Bytes; the space doubles, so that it ends somewhere between these and twice as much.
const roomForRequests = 4_000_000
const roomForABatch = 24_000_000
const lookMs = 1000
/** By then all is loaded that a request needs. */
const firstLookMs = 5000

/** Room in which the rows of a batch live and die. */
export interface YoungSpace {
  /** To be called every few hundred rows: the space doubles at each cleaning until there is room enough. */
  watch(): void
  release(): void
}

// The engine has one such setting for the whole process, whoever of its imports asks.
let holders = 0
let isGrowing = false
let usual = 0

function setGrowing(growing: boolean): void {
  if (isGrowing === growing) return
  isGrowing = growing
  v8.setFlagsFromString(`--semi-space-growth-factor=${growing ? 2 : 1}`)
}

/**
 * While a server starts its space for new objects stays at a megabyte: what is loaded then stays for good, and the engine takes the heap for
 * larger than it is when little of it was cleaned up. From then on what requests allocate dies within a few megabytes; with one it would
 * outlive the next cleaning, and a sixth of the processor's time would go into moving it about. The engine gives the space back when nothing happens.
 */
export function growForRequests(): void {
  usual = roomForRequests
  const look = () => {
    if (holders === 0) setGrowing(sizeOfNewSpace() < usual)
  }
  setTimeout(() => setInterval(look, lookMs).unref(), firstLookMs).unref()
}

/** Room for batches of rows, which are larger and live longer than what a request allocates. */
export function takeYoungSpace(): YoungSpace {
  holders++
  let isReleased = false
  return {
    watch() {
      if (!isReleased) setGrowing(sizeOfNewSpace() < roomForABatch)
    },
    release() {
      if (isReleased) return
      isReleased = true
      holders--
      if (holders === 0) setGrowing(sizeOfNewSpace() < usual)
    },
  }
}

function sizeOfNewSpace(): number {
  return v8.getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0
}
