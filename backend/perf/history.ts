import { appendFile, readFile } from 'node:fs/promises'
import type { Figure } from './figures.ts'
import type { Machine } from './machine.ts'

/** One run, as it is kept: a line of JSON. */
export interface HistoryEntry {
  at: string
  /** Undefined outside a checkout; with a `+` where files differ from it. */
  commit: string | undefined
  scale: number
  machine: Machine
  /** Work that waited for a processor when the run began and when it ended, by the system's mean of a minute. */
  load: { before: number; after: number }
  passed: boolean
  figures: Record<string, { value: number; unit: Figure['unit'] }>
}

/** Runs that a figure is compared with. */
const lastRuns = 5

/** The runs of a file, oldest first; none when there is no such file. */
export async function readHistory(file: string): Promise<HistoryEntry[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').flatMap((line) => {
    if (line.trim() === '') return []
    try {
      return [JSON.parse(line) as HistoryEntry]
    } catch {
      // The rest of a run that was killed while it wrote; the others are no worse for it.
      return []
    }
  })
}

export async function appendHistory(file: string, entry: HistoryEntry): Promise<void> {
  await appendFile(file, `${JSON.stringify(entry)}\n`)
}

/** The median of each figure in the last runs that had it, of this scale and on a machine like this one. */
export function mediansBefore(history: readonly HistoryEntry[], { scale, machine }: Pick<HistoryEntry, 'scale' | 'machine'>): Map<string, number> {
  const alike = history.filter((entry) => entry.scale === scale && entry.machine.cores === machine.cores && entry.machine.processor === machine.processor)
  const values = new Map<string, number[]>()
  for (const { figures } of alike)
    for (const [name, { value }] of Object.entries(figures)) if (Number.isFinite(value)) values.set(name, [...(values.get(name) ?? []), value])
  return new Map([...values].map(([name, all]) => [name, medianOf(all.slice(-lastRuns))]))
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [below, above] = [sorted[middle - 1], sorted[middle]]
  if (above === undefined) return Number.NaN
  return sorted.length % 2 === 1 || below === undefined ? above : (below + above) / 2
}
