import { Decimal } from 'decimal.js'
import { entities } from '#contracts/entities.ts'
import { toInsightlyDate } from '../client/dates.ts'
import { labelOf } from './custom-fields.ts'
import type { MappedField } from './mapped-field.ts'
import type { ListKind } from './mapping.types.ts'
import { numberOf, type Outgoing, unfit, withoutMatch } from './outgoing.ts'

const mostDigits = 19
const listNames: Readonly<Record<ListKind, string>> = {
  leadStatuses: 'lead status',
  leadSources: 'lead source',
  opportunityCategories: 'category of opportunities',
  taskCategories: 'category of tasks',
}

/** A value as its field there takes it; undefined when it has no match there, which is noted. @throws AppError VALIDATION when it does not fit */
export function writeValue(outgoing: Outgoing, field: MappedField, value: unknown): unknown {
  const { kind, key } = field
  const name = nameOf(field)
  const label = labelOf(outgoing.entity, key, field.custom)
  const given = String(value)
  switch (kind.type) {
    case 'text':
      return withinLimit(name, label, given, kind.max)
    case 'currency':
      return given
    case 'flag':
      return value === true || value === 'true'
    case 'amount':
    case 'decimal':
      return writeAmount(name, label, value)
    case 'number':
      if (!Number.isInteger(Number(value))) throw unfit(name, `${label} is a whole number in Insightly, and ${given} is none. Change it, then try again.`)
      return Number(value)
    case 'day':
      return `${given.slice(0, 10)} 00:00:00`
    case 'instant':
      return toInsightlyDate(given)
    case 'reference':
      return numberOf(outgoing, name, kind.entity, given)
    case 'listed': {
      const id = outgoing.lookup.listId(kind.list, given)
      if (id === undefined)
        withoutMatch(outgoing, name, `Insightly has no ${listNames[kind.list]} "${given}". Choose one that it has, or add it there and let the mirror run.`)
      return id
    }
    case 'words': {
      const word = kind.words.write(given)
      if (word === undefined)
        withoutMatch(
          outgoing,
          name,
          `${label} of a ${entities[outgoing.entity].singular} cannot be "${given}" in Insightly. Choose one of ${kind.words.choices.join(', ')}.`,
        )
      return word
    }
  }
}

/** How a field is called in what is kept here and in errors. */
export function nameOf({ key, custom }: MappedField): string {
  return custom === undefined ? key : `custom.${key}`
}

export function withinLimit(key: string, label: string, text: string, max: number | undefined): string {
  if (max !== undefined && text.length > max)
    throw unfit(key, `${label} has ${text.length} characters, and Insightly takes ${max}. Shorten it, then try again.`)
  return text
}

/** Decimal text. */
export function writeAmount(key: string, label: string, value: unknown): string {
  const text = typeof value === 'number' ? new Decimal(value).toFixed() : String(value)
  if (text.replace(/\D/g, '').length > mostDigits)
    throw unfit(key, `${label} has more than the ${mostDigits} digits that Insightly takes. Change it, then try again.`)
  return text
}
