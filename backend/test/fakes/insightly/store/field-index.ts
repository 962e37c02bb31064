import { setImmediate as breathe } from 'node:timers/promises'
import type { Row } from '../json.ts'

/** Positions by exact text of one field, over records that never change. */
export interface FieldIndex {
  lookUp(text: string): readonly number[]
}

const rowsBetweenBreaths = 1000

/** Reads every row once, without keeping the server from answering meanwhile. */
export async function createFieldIndex(source: { count: number; rowAt(index: number): Row }, textsOf: (row: Row) => readonly string[]): Promise<FieldIndex> {
  const positions = new Map<string, number[]>()
  for (let index = 0; index < source.count; index++) {
    for (const text of textsOf(source.rowAt(index))) {
      const known = positions.get(text)
      if (known === undefined) positions.set(text, [index])
      else known.push(index)
    }
    if (index % rowsBetweenBreaths === rowsBetweenBreaths - 1) await breathe()
  }
  return { lookUp: (text) => positions.get(text) ?? [] }
}
