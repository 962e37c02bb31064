import { type CustomFieldDefinition, type EntityName, entities } from '#contracts/entities.ts'
import type { Measure, TypedQueryInput } from '#contracts/query.ts'
import { type Case, type Gender, germanEntity, germanNumber, inflected, insideSentence } from './de-nouns.ts'
import { fieldNoun } from './de-paths.ts'

const plain: Readonly<Record<Measure['fn'], string>> = {
  count: 'Anzahl',
  sum: 'Summe',
  avg: 'Durchschnitt',
  min: 'Niedrigster Wert',
  max: 'Höchster Wert',
  median: 'Median',
  percentile: 'Perzentil',
  countDistinct: 'Verschiedene Werte',
  share: 'Anteil',
  winRate: 'Abschlussquote',
  cycleDays: 'Verkaufszyklus',
}

/** Sums that have a word of their own. */
const totals: Readonly<Record<string, string>> = {
  value: 'Gesamtwert',
  amount: 'Gesamtbetrag',
  quantity: 'Gesamtmenge',
  stock: 'Gesamtbestand',
  cost: 'Gesamtkosten',
}

const partOf: Readonly<Record<Gender, string>> = { m: 'am', f: 'an der', n: 'am', p: 'an den' }

interface FigureNoun {
  noun: string
  gender: Gender | undefined
  isTime: boolean
  /** Its own field, whose sum may have a word of its own. */
  key: string | undefined
  /** Dative after "nach" and "mit". */
  use: Case
}

function described(stem: string, { noun, gender, use }: FigureNoun, otherwise: string): string {
  if (gender === undefined) return `${noun} ${otherwise}`
  const adjective = inflected(stem, gender, use)
  return `${use === 'dative' ? adjective.toLowerCase() : adjective} ${insideSentence(noun)}`
}

function figureLabel(fn: Measure['fn'] | 'latest' | 'earliest', figure: FigureNoun, at = 0): string {
  const { noun, gender, isTime, key } = figure
  switch (fn) {
    case 'sum':
      return (key === undefined ? undefined : totals[key]) ?? `${noun} insgesamt`
    case 'avg':
      return described('Durchschnittlich', figure, 'im Durchschnitt')
    case 'min':
    case 'earliest':
      return isTime ? described('Frühest', figure, '(frühestes)') : described('Niedrigst', figure, '(niedrigster Wert)')
    case 'max':
    case 'latest':
      return isTime ? described('Spätest', figure, '(spätestes)') : described('Höchst', figure, '(höchster Wert)')
    case 'median':
      return `${noun} im Median`
    case 'percentile':
      return `${germanNumber(Math.round(at * 1e4) / 100)}. Perzentil: ${noun}`
    case 'share':
      return gender === undefined ? `Anteil (${noun})` : `Anteil ${partOf[gender]} ${noun}`
    case 'count':
      return `Mit ${noun}`
    case 'countDistinct':
      return `Verschiedene Werte (${noun})`
    default:
      return plain[fn]
  }
}

/** What a workspace calls a field of its own; of a field that nobody knows, its path as words. */
export function ownName(entity: EntityName, path: string, customFields: readonly CustomFieldDefinition[]): string {
  const [, key] = path.split('custom.')
  const field = key === undefined ? undefined : customFields.find((one) => one.key === key && (one.entity === entity || !path.startsWith('custom.')))
  return field?.label ?? path.replace(/^custom\./, '').replaceAll(/[._]/g, ' ')
}

function typeAt(entity: EntityName, path: string): string | undefined {
  let here = entity
  const steps = path.split('.')
  const last = steps.pop() as string
  for (const step of steps) {
    const target = entities[here].fields[step]?.entity
    if (target === undefined) return undefined
    here = target
  }
  return entities[here].fields[last]?.type
}

export function isTimeField(entity: EntityName, path: string): boolean {
  const type = typeAt(entity, path)
  return type === 'date' || type === 'datetime'
}

export function isListField(entity: EntityName, path: string): boolean {
  const type = typeAt(entity, path)
  return type === 'tags' || type === 'list'
}

export function isNumberField(entity: EntityName, path: string): boolean {
  return ['integer', 'number', 'money'].includes(typeAt(entity, path) ?? '')
}

/** Heading of a figure: "Gesamtwert", "Frühestes Erstelldatum". */
export function measureLabel(entity: EntityName, { fn, field, at }: Measure, customFields: readonly CustomFieldDefinition[], use: Case = 'nominative'): string {
  if (field === undefined) return fn === 'cycleDays' && entity === 'leads' ? 'Dauer bis zur Umwandlung' : plain[fn]
  const { noun, gender, of } = fieldNoun({ entity, path: field, label: ownName(entity, field, customFields) })
  return figureLabel(fn, { noun: `${noun}${of}`, gender, isTime: isTimeField(entity, field), key: of === '' ? field : undefined, use }, at)
}

const relationFunctions = new Set(['count', 'sum', 'avg', 'min', 'max', 'latest', 'earliest'])

/** Heading of a figure of related records: "Anzahl Bestellungen", "Gesamtwert der Deals". */
export function relationLabel(entity: EntityName, path: string, customFields: readonly CustomFieldDefinition[], use: Case = 'nominative'): string | undefined {
  const segments = path.split('.')
  let owner = entity
  for (const [index, name] of segments.entries()) {
    const related = entities[owner].relations[name]?.entity
    const fn = segments[index + 1]
    // Tasks, events, notes and e-mails together.
    if (name === 'activities' && fn === 'count') return 'Anzahl Aktivitäten'
    if (related !== undefined && fn !== undefined && relationFunctions.has(fn)) {
      const field = segments.slice(index + 2).join('.')
      const many = germanEntity(related, 2)
      if (field === '') return `Anzahl ${many}`
      const { noun, gender, of } = fieldNoun({ entity: related, path: field, label: ownName(related, field, customFields) })
      return `${figureLabel(fn as 'sum', { noun: `${noun}${of}`, gender, isTime: isTimeField(related, field), key: field, use })} der ${many}`
    }
    const target = entities[owner].fields[name]?.entity
    if (target === undefined) return undefined
    owner = target
  }
  return undefined
}

/** Key of a measure's result column. */
export function measureKey({ as, fn, field }: Measure): string {
  return as ?? (field === undefined ? fn : `${fn}_${field.replaceAll('.', '_')}`)
}

/** The measures of a query; the type of its input leaves their filters open. */
export function measuresOf(query: TypedQueryInput): readonly Measure[] {
  return (query.measures as readonly Measure[] | undefined) ?? []
}

export function measureOfKey(query: TypedQueryInput, key: string): Measure | undefined {
  return measuresOf(query).find((measure) => measureKey(measure) === key)
}
