import v8 from 'node:v8'

/** Bytes of both its halves; it doubles, so that it ends between this and twice as much. Half of that takes a sixth more of the processor's time. */
const roomForRequests = 16_000_000
const lookMs = 1000
/** While it may grow: it doubles at a cleaning, of which a second has many. */
const closeLookMs = 100
/** By then all is loaded that a request needs. */
const firstLookMs = 5000

/**
 * While a server starts its space for new objects stays at a megabyte: what is loaded then stays for good, and the engine takes the heap for
 * larger than it is when little of it was cleaned up. From then on what requests allocate dies within a few megabytes; with one it would
 * outlive the next cleaning, and a sixth of the processor's time would go into moving it about. The engine gives the space back when nothing
 * happens, so it is looked after.
 */
export function growForRequests(): void {
  const look = () => {
    const mayGrow = sizeOfNewSpace() < roomForRequests
    v8.setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`)
    setTimeout(look, mayGrow ? closeLookMs : lookMs).unref()
  }
  setTimeout(look, firstLookMs).unref()
}

function sizeOfNewSpace(): number {
  return v8.getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0
}
