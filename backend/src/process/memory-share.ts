import { totalmem } from 'node:os'
import { getHeapStatistics } from 'node:v8'

export interface MemoryShare {
  /** Bytes that one worker may occupy for long. */
  bytes: number
  /** What a worker's Node is started with. */
  nodeOptions: string[]
}

export interface MemoryFacts {
  /** Bytes that all of ChatSG may occupy. */
  limitBytes: number
  workers: number
  /** Megabytes that the operator gives each heap, by `--max-old-space-size`. */
  givenHeapMb: number | undefined
  /** Megabytes that V8 would let a heap grow to by itself. */
  usualHeapMb: number
}

const mb = 1024 * 1024
/** The rest is for PostgreSQL, where it is ours, the first process, and what the kernel keeps of files. */
const shareOfWorkers = 0.75
/** Of a worker's memory; the rest is buffers, code and stacks. */
const shareOfHeap = 0.75
const leastBytes = 256 * mb

/** Divides the memory among the workers: each heap stays within its share, so that V8 cleans up before the kernel kills. */
export function shareMemory({ limitBytes, workers, givenHeapMb, usualHeapMb }: MemoryFacts): MemoryShare {
  const bytes = Math.max(leastBytes, Math.floor((limitBytes * shareOfWorkers) / workers))
  if (givenHeapMb !== undefined) return { bytes: Math.max(bytes, Math.floor((givenHeapMb * mb) / shareOfHeap)), nodeOptions: [] }
  const heapMb = Math.floor((bytes * shareOfHeap) / mb)
  return { bytes, nodeOptions: heapMb < usualHeapMb ? [`--max-old-space-size=${heapMb}`] : [] }
}

/** What is known of this machine and this process. */
export function readMemoryFacts(workers: number, options: string): MemoryFacts {
  const bound = process.constrainedMemory()
  const given = /--max[-_]old[-_]space[-_]size=(\d+)/.exec(options)?.[1]
  return {
    // Where the process is not bound, the kernel tells more memory than there is.
    limitBytes: bound > 0 ? Math.min(bound, totalmem()) : totalmem(),
    workers,
    givenHeapMb: given === undefined ? undefined : Number(given),
    usualHeapMb: Math.floor(getHeapStatistics().heap_size_limit / mb),
  }
}
