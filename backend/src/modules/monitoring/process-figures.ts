import { availableParallelism, loadavg, totalmem } from 'node:os'
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'

export interface ProcessFigures {
  uptimeSeconds: number
  memory: {
    /** Bytes that the process occupies. */
    residentBytes: number
    heapUsedBytes: number
    /** Bytes it may occupy: the limit of its control group, or what the machine has. */
    limitBytes: number
    /** 0-1 */
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
      const limitBytes = memoryLimit()
      const late = (percentile: number) => round(Math.max(0, (lag?.percentile(percentile) ?? 0) / nanosecondsInMs - lagResolutionMs))
      const eventLoopLagMs = lag.count === 0 ? { p50: 0, p99: 0, max: 0 } : { p50: late(50), p99: late(99), max: late(100) }
      lag.reset()
      return {
        uptimeSeconds: Math.round(process.uptime()),
        memory: { residentBytes: rss, heapUsedBytes: heapUsed, limitBytes, used: round(rss / limitBytes, 4) },
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

/** Where the process is not bound, the kernel tells more memory than there is. */
function memoryLimit(): number {
  const bound = process.constrainedMemory()
  return bound > 0 ? Math.min(bound, totalmem()) : totalmem()
}

function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}
