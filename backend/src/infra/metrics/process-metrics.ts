import { readdirSync, readFileSync } from 'node:fs'
import { Counter, Gauge, type Registry } from './prometheus.ts'

interface Figure {
  name: string
  help: string
  read: () => number
  /** What several processes tell together; their sum when left out. */
  aggregator?: 'max'
}

/**
 * What is known of the process itself, under the names that dashboards expect. prom-client has these too, but its way of watching the event
 * loop and the garbage collector wakes an idle process a hundred times a second and starts to count when it is loaded.
 */
export function addProcessMetrics(registry: Registry): void {
  const registers = [registry]
  for (const { name, help, read } of [...counters]) {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(read())
      },
    })
  }
  const maxOpenFiles = readMaxOpenFiles()
  const ofLinux: Figure[] = [
    { name: 'process_open_fds', help: 'Open files and connections.', read: countOpenFiles },
    ...(maxOpenFiles === undefined ? [] : [{ name: 'process_max_fds', help: 'Files and connections that may be open.', read: () => maxOpenFiles }]),
  ]
  for (const { name, help, read, aggregator = 'sum' } of [...gauges, ...(process.platform === 'linux' ? ofLinux : [])]) {
    new Gauge({
      name,
      help,
      registers,
      aggregator,
      collect() {
        this.set(read())
      },
    })
  }
  const labelNames = ['version']
  new Gauge({ name: 'nodejs_version_info', help: 'Version of Node, as a label; always 1.', labelNames, registers, aggregator: 'first' }).set(
    { version: process.version },
    1,
  )
}

const microsecondsInSecond = 1e6
const counters: readonly Figure[] = [
  {
    name: 'process_cpu_user_seconds_total',
    help: 'Processor time of the program itself, in seconds.',
    read: () => process.cpuUsage().user / microsecondsInSecond,
  },
  {
    name: 'process_cpu_system_seconds_total',
    help: 'Processor time of the system for it, in seconds.',
    read: () => process.cpuUsage().system / microsecondsInSecond,
  },
  {
    name: 'process_cpu_seconds_total',
    help: 'Processor time, in seconds.',
    read() {
      const { user, system } = process.cpuUsage()
      return (user + system) / microsecondsInSecond
    },
  },
  {
    name: 'nodejs_eventloop_busy_seconds_total',
    help: 'Seconds in which the event loop worked and could not answer anybody else.',
    read: () => performance.eventLoopUtilization().active / 1000,
  },
]

const gauges: readonly Figure[] = [
  {
    name: 'process_start_time_seconds',
    help: 'When the process started, in seconds since 1970.',
    read: () => performance.timeOrigin / 1000,
    aggregator: 'max',
  },
  { name: 'process_resident_memory_bytes', help: 'Memory that the process occupies, in bytes.', read: () => process.memoryUsage.rss() },
  { name: 'nodejs_heap_size_total_bytes', help: 'Size of the heap of JavaScript, in bytes.', read: () => process.memoryUsage().heapTotal },
  { name: 'nodejs_heap_size_used_bytes', help: 'What is used of that heap, in bytes.', read: () => process.memoryUsage().heapUsed },
  { name: 'nodejs_external_memory_bytes', help: 'Memory outside of that heap that JavaScript holds, in bytes.', read: () => process.memoryUsage().external },
]

function countOpenFiles(): number {
  // Without the one by which they are counted.
  return readdirSync('/proc/self/fd').length - 1
}

/** Undefined where the system tells no limit. */
function readMaxOpenFiles(): number | undefined {
  if (process.platform !== 'linux') return undefined
  const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
  return limit === undefined ? undefined : Number(limit)
}
