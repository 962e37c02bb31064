import type { Row } from '../json.ts'
import { createFieldIndex, type FieldIndex } from './field-index.ts'
import { firstNotBelow } from './sorted.ts'

/** Records that exist from the start: made from their position whenever they are asked for, never kept. */
export interface Source {
  count: number
  /** Ascending with the position. */
  idAt(index: number): number
  indexOf(id: number): number | undefined
  rowAt(index: number): Row
  /** Milliseconds; the same instant that the row has as its last change. */
  updatedAt(index: number): number
}

/** The records of one entity: those of its source, and over them what has been written since. */
export interface Collection {
  find(id: number): Row | undefined
  /** As the record was at the start, whatever has been written since. */
  original(id: number): Row | undefined
  has(id: number): boolean
  count(): number
  /** Ascending by id. */
  page(skip: number, top: number): Row[]
  /** Ids changed after an instant, ascending. */
  changedAfter(instant: number): number[]
  /** Ids whose field has exactly this text, ascending. */
  withText(field: string, text: string): Promise<number[]>
  /** `null` removes; an id no source has adds. */
  set(id: number, row: Row | null): void
  nextId(): number
  /** Rows that were written, for lookups no source knows of. */
  written(): Iterable<[number, Row]>
}

/** How a row is seen by filters: the texts a field has, and the instant of its last change. */
export interface RowReader {
  texts(row: Row, field: string): readonly string[]
  updatedAt(row: Row): number
}

export function createCollection(source: Source, reader: RowReader, firstNewId: number): Collection {
  const written = new Map<number, Row | null>()
  const removedIndexes: number[] = []
  const addedIds: number[] = []
  const indexes = new Map<string, Promise<FieldIndex>>()
  let highestId = firstNewId - 1
  let updated: Float64Array | undefined

  function find(id: number): Row | undefined {
    const own = written.get(id)
    return own === undefined ? original(id) : (own ?? undefined)
  }

  function set(id: number, row: Row | null): void {
    const index = source.indexOf(id)
    highestId = Math.max(highestId, id)
    if (index === undefined) {
      const at = firstNotBelow(addedIds, id)
      const isListed = addedIds[at] === id
      if (row !== null && !isListed) addedIds.splice(at, 0, id)
      if (row === null && isListed) addedIds.splice(at, 1)
      if (row === null) written.delete(id)
      else written.set(id, row)
      return
    }
    const at = firstNotBelow(removedIndexes, index)
    const isRemoved = removedIndexes[at] === index
    if (row === null && !isRemoved) removedIndexes.splice(at, 0, index)
    if (row !== null && isRemoved) removedIndexes.splice(at, 1)
    written.set(id, row)
  }

  /** Position of the k-th record of the source that has not been removed. */
  function positionOf(k: number): number {
    let low = 0
    let high = source.count
    while (low < high) {
      const middle = (low + high) >> 1
      if (middle + 1 - firstNotBelow(removedIndexes, middle + 1) > k) high = middle
      else low = middle + 1
    }
    return low
  }

  function page(skip: number, top: number): Row[] {
    const rows: Row[] = []
    const fromSource = source.count - removedIndexes.length
    if (skip < fromSource) {
      let nextRemoved = firstNotBelow(removedIndexes, positionOf(skip))
      for (let index = positionOf(skip); index < source.count && rows.length < top; index++) {
        if (removedIndexes[nextRemoved] === index) nextRemoved++
        else rows.push(written.get(source.idAt(index)) ?? source.rowAt(index))
      }
    }
    const skipAdded = Math.max(0, skip - fromSource)
    for (const id of addedIds.slice(skipAdded, skipAdded + top - rows.length)) {
      const row = written.get(id)
      if (row) rows.push(row)
    }
    return rows
  }

  function changedAfter(instant: number): number[] {
    updated ??= Float64Array.from({ length: source.count }, (_, index) => source.updatedAt(index))
    const ids: number[] = []
    for (const [index, at] of updated.entries()) if (at > instant && !written.has(source.idAt(index))) ids.push(source.idAt(index))
    for (const [id, row] of written) if (row !== null && reader.updatedAt(row) > instant) ids.push(id)
    return ids.sort((a, b) => a - b)
  }

  async function withText(field: string, text: string): Promise<number[]> {
    let index = indexes.get(field)
    if (index === undefined) {
      index = createFieldIndex(source, (row) => reader.texts(row, field))
      indexes.set(field, index)
    }
    const found = (await index).lookUp(text).map((position) => source.idAt(position))
    const ids = found.filter((id) => !written.has(id))
    for (const [id, row] of written) if (row !== null && reader.texts(row, field).includes(text)) ids.push(id)
    return ids.sort((a, b) => a - b)
  }

  function original(id: number): Row | undefined {
    const index = source.indexOf(id)
    return index === undefined ? undefined : source.rowAt(index)
  }

  return {
    find,
    original,
    has: (id) => (written.has(id) ? written.get(id) !== null : source.indexOf(id) !== undefined),
    count: () => source.count - removedIndexes.length + addedIds.length,
    page,
    changedAfter,
    withText,
    set,
    nextId: () => highestId + 1,
    *written() {
      for (const [id, row] of written) if (row !== null) yield [id, row]
    },
  }
}
