import { type EntityName, entities } from '#contracts/entities.ts'
import type { TimePart } from '#contracts/query.ts'
import { type FieldNoun, ownField } from './de-fields.ts'
import { type Gender, germanEntity } from './de-nouns.ts'
import type { FieldName } from './phrase-book.ts'

/** Genitive of what a path walks over. */
const genitives: Readonly<Partial<Record<EntityName, string>>> = {
  organisations: 'der Firma',
  contacts: 'des Kontakts',
  pipelines: 'der Pipeline',
  stages: 'der Phase',
  products: 'des Produkts',
  orders: 'der Bestellung',
  opportunities: 'des Deals',
  quotes: 'des Angebots',
  users: 'des Besitzers',
}

/** Parts of a date or time that come again. */
const timeParts: Readonly<Record<TimePart, FieldNoun>> = {
  weekday: { label: 'Wochentag', gender: 'm' },
  hour: { label: 'Stunde', gender: 'f' },
  day: { label: 'Tag des Monats', gender: 'm' },
  month: { label: 'Monat', gender: 'm' },
}

function isTimePart(name: string): name is TimePart {
  return Object.hasOwn(timeParts, name)
}

interface Found {
  noun: FieldNoun | undefined
  /** " der Firma", or nothing. */
  of: string
}

/** The field at the end of a path over references. */
function follow(entity: EntityName, path: string): Found {
  let here = entity
  let of = ''
  const steps = path.split('.')
  const last = steps.pop() as string
  for (const step of steps) {
    const target = entities[here].fields[step]?.entity
    if (target === undefined) return isTimePart(last) ? { noun: timeParts[last], of: '' } : { noun: undefined, of }
    of = ` ${genitives[target] ?? germanEntity(target, 1)}`
    here = target
  }
  return { noun: entities[here].fields[last] === undefined ? undefined : ownField(here, last), of }
}

/** Heading of a field: "Land der Firma"; of a workspace's own field its name. */
export function fieldLabel(entity: EntityName, path: string, otherwise: string): string {
  const { noun, of } = follow(entity, path)
  return noun === undefined ? otherwise : `${of === '' ? noun.label : (noun.noun ?? noun.label)}${of}`
}

/** The field as a noun: "Erstelldatum". */
export function fieldNoun({ entity, path, label }: FieldName): { noun: string; gender: Gender | undefined; of: string } {
  const { noun, of } = follow(entity, path)
  if (noun === undefined) return { noun: label, gender: undefined, of: '' }
  return { noun: noun.noun ?? noun.label, gender: noun.gender, of }
}

/** After "nach": "letztem Kontakt", "Land der Firma". */
export function fieldBy({ entity, path, label }: FieldName): string {
  const { noun, of } = follow(entity, path)
  return noun === undefined ? label : `${noun.by ?? noun.noun ?? noun.label}${of}`
}

/** Before its value: "erstellt", "Telefon". */
export function fieldSaid({ entity, path, label }: FieldName): string {
  const { noun, of } = follow(entity, path)
  return noun === undefined ? label : of === '' ? (noun.said ?? noun.label) : `${noun.noun ?? noun.label}${of}`
}
