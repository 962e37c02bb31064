import type { Column, TypedQueryInput } from '#contracts/query.ts'
import { measureLabel, measureOfKey, relationLabel } from './de-measures.ts'
import { fieldLabel } from './de-paths.ts'
import { units } from './de-times.ts'
import type { KnownNames } from './phrase-book.ts'

type Window = NonNullable<TypedQueryInput['windows']>[number]

/** Key of a window's result column. */
export function windowKey({ as, fn, measure }: Window): string {
  return as ?? `${fn}_${measure}`
}

export function windowLabel({ fn }: Window, figure: string): string {
  switch (fn) {
    case 'rank':
      return `Rang nach ${figure}`
    case 'shareOfTotal':
      return `Anteil am Ganzen: ${figure}`
    case 'runningSum':
      return `Laufende Summe: ${figure}`
    case 'previous':
      return `${figure} davor`
    case 'change':
      return `Veränderung: ${figure}`
    case 'changeRatio':
      return `Relative Veränderung: ${figure}`
  }
}

function labelOf(query: TypedQueryInput, column: Column, customFields: KnownNames['customFields']): string {
  const { entity } = query
  const { key, label } = column
  const group = query.groupBy?.find(({ field, bucket }) => field === key || `${field}_${bucket ?? ''}` === key)
  if (group !== undefined) {
    const plain = group.bucket === undefined ? label : label.replace(/ \(\w+\)$/, '')
    const name = fieldLabel(entity, group.field, plain)
    return group.bucket === undefined ? name : `${name} (${units[group.bucket].one})`
  }
  const measure = measureOfKey(query, key)
  if (measure !== undefined) return measureLabel(entity, measure, customFields)
  const window = query.windows?.find((one) => windowKey(one) === key)
  if (window !== undefined) {
    const figure = measureOfKey(query, window.measure)
    return windowLabel(window, figure === undefined ? window.measure : measureLabel(entity, figure, customFields))
  }
  return relationLabel(entity, key, customFields) ?? fieldLabel(entity, key, label)
}

/** The columns of a result with German headings. */
export function germanColumns(query: TypedQueryInput, columns: readonly Column[], { customFields }: KnownNames): Column[] {
  return columns.map((column) => ({ ...column, label: labelOf(query, column, customFields) }))
}
