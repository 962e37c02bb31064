import { availableParallelism, loadavg, totalmem } from 'node:os'
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import { readGroupBytes } from './control-group.ts'

export interface ProcessFigures {
  uptimeSeconds: number
  memory: {
    /** Bytes that the process occupies. */
    residentBytes: number
    heapUsedBytes: number
    /** Bytes that may be occupied: the limit of its control group, or what the machine has. */
    limitBytes: number
    /** Bytes that count against it: of all in the control group where that has a limit, else of this process. */
    occupiedBytes: number
    /** Their share of the limit, 0-1. */
    used: number
  }
  cpu: {
    /** Share of one core since the last look, which may be above 1. */
    used: number
    cores: number
    /** Of the machine, over the last minute. */
    load1: number
  }
  /** How late the event loop was since the last look, in milliseconds. */
  eventLoopLagMs: { p50: number; p99: number; max: number }
}

const nanosecondsInMs = 1e6
const lagResolutionMs = 20

/** Looks at this process; each look tells of the time since the one before. */
export function createProcessFigures(): { read(): ProcessFigures; close(): void } {
  let lag: IntervalHistogram | undefined
  let before = { at: performance.now(), cpu: process.cpuUsage() }
  return {
    read() {
      // Watching wakes the process; it begins when somebody looks for the first time.
      lag ??= startWatching()
      const cpu = process.cpuUsage(before.cpu)
      const elapsedMs = Math.max(performance.now() - before.at, 1)
      before = { at: performance.now(), cpu: process.cpuUsage() }
      const { rss, heapUsed } = process.memoryUsage()
      const { limitBytes, occupiedBytes } = memoryAgainstLimit(rss)
      const late = (percentile: number) => round(Math.max(0, (lag?.percentile(percentile) ?? 0) / nanosecondsInMs - lagResolutionMs))
      const eventLoopLagMs = lag.count === 0 ? { p50: 0, p99: 0, max: 0 } : { p50: late(50), p99: late(99), max: late(100) }
      lag.reset()
      return {
        uptimeSeconds: Math.round(process.uptime()),
        memory: { residentBytes: rss, heapUsedBytes: heapUsed, limitBytes, occupiedBytes, used: round(occupiedBytes / limitBytes, 4) },
        cpu: { used: round((cpu.user + cpu.system) / 1000 / elapsedMs, 4), cores: availableParallelism(), load1: round(loadavg()[0] ?? 0) },
        eventLoopLagMs,
      }
    },
    close() {
      lag?.disable()
    },
  }
}

function startWatching(): IntervalHistogram {
  const histogram = monitorEventLoopDelay({ resolution: lagResolutionMs })
  histogram.enable()
  return histogram
}

function memoryAgainstLimit(rss: number): { limitBytes: number; occupiedBytes: number } {
  const bound = process.constrainedMemory()
  // Where the process is not bound, the kernel tells more memory than there is.
  if (bound === 0 || bound >= totalmem()) return { limitBytes: totalmem(), occupiedBytes: rss }
  return { limitBytes: bound, occupiedBytes: readGroupBytes() ?? rss }
}

function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}
