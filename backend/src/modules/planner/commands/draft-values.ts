import type { EntityName } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { customNamed, interestHint } from './constraints.ts'
import { isPersonsName } from './contact-details.ts'
import { fieldNamed, stateValues, valueFor } from './fields.ts'
import { type Lexis, stateNamed, valuesNamed } from './lexis.ts'
import { unquoted } from './message.ts'
import type { PersonReference } from './people.ts'
import { namedValues } from './record-actions.ts'

/** What is said of a record to be made. */
export interface Draft {
  noun?: { entities: readonly EntityName[]; isLead: boolean }
  name?: string
  assignee?: PersonReference
  /** Words that name a state, a field's value or a time, understood once the kind of record is known. */
  said: {
    role: 'state' | 'due' | 'board' | 'priority' | 'interest' | 'field' | 'about' | 'company' | 'body' | 'place' | 'amount'
    words: string
    field?: string
  }[]
}

/** The kind of record: of those the noun may be, the one that is kept here. */
export function kindOf({ noun, name, said }: Draft, lexis: Lexis): EntityName | undefined {
  if (noun === undefined || name === undefined || name === '') return undefined
  // People's names are capitalised, but for particles.
  if (
    (noun.entities.includes('contacts') || noun.entities.includes('leads')) &&
    (!isPersonsName(name) || name.split(' ').some((word) => /^\p{Ll}/u.test(word) && !/^(?:van|von|de|der|den|di|da|del|la|le|bin|al|el|zu|y)$/.test(word)))
  )
    return undefined
  const kinds = noun.entities.filter((entity) => valuesOf({ noun, name, said }, entity, lexis) !== undefined)
  const used = kinds.filter((entity) => (lexis.world.counts[entity] ?? 0) > 0)
  // Leads are where leads are: among the leads, or among contacts whose status says so.
  const marked = noun.isLead ? used.filter((entity) => stateNamed(lexis, 'lead', entity) !== undefined) : []
  return marked[0] ?? used[0] ?? kinds[0]
}

/** The values that a record of a kind would have; undefined when a word of it can be no value there. */
export function valuesOf({ noun, name, said }: Draft, entity: EntityName, lexis: Lexis): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = entity === 'notes' ? { body: name ?? '' } : { ...namedValues(entity, name ?? '') }
  const state = noun?.isLead === true ? stateNamed(lexis, 'lead', entity) : undefined
  if (state !== undefined) values[state.path] = state.value
  for (const { role, words, field } of said) {
    const next = valueOfRole(role, words, field, entity, lexis)
    if (next === undefined) return undefined
    // A field is given one value; what the noun says of its state gives way.
    if (Object.entries(next).some(([path, value]) => path !== state?.path && values[path] !== undefined && values[path] !== value)) return undefined
    Object.assign(values, next)
  }
  if (values.value !== undefined && values.currency === undefined && entity === 'opportunities') values.currency = lexis.context.currency ?? 'USD'
  return values
}

function valueOfRole(
  role: Draft['said'][number]['role'],
  words: string,
  field: string | undefined,
  entity: EntityName,
  lexis: Lexis,
): Record<string, unknown> | undefined {
  const byName = (name: string) => {
    const named = fieldNamed(name, entity, lexis)
    const value = named === undefined ? undefined : valueFor(named, words, entity, lexis)
    return named === undefined || value === undefined ? undefined : { [named.path]: value }
  }
  const known = (hint: RegExp) => valuesNamed(lexis, words.replace(/ products?$/i, ''), entity).find(({ path }) => hint.test(path))
  switch (role) {
    case 'state':
      return stateValues(words, entity, lexis)?.values
    case 'due':
      return byName(entity === 'tasks' ? 'due date' : entity === 'opportunities' ? 'close date' : 'follow up')
    case 'priority': {
      const option = known(/priority/)
      return entity === 'tasks' ? { priority: option?.value ?? `${words.charAt(0).toUpperCase()}${words.slice(1).toLowerCase()}` } : undefined
    }
    case 'board': {
      const option = known(/board|project|list/)
      return option === undefined ? undefined : { [option.path]: option.value }
    }
    case 'interest': {
      const option = known(interestHint)
      if (option === undefined && !/⟦/.test(words) && (words.split(' ').length > 3 || /[,\d]|\b(?:and|with|for|on|to|by)\b/i.test(words))) return undefined
      const own = customNamed('interest', entity, lexis) ?? customNamed('product interest', entity, lexis)
      return option !== undefined ? { [option.path]: option.value } : own === undefined ? undefined : { [own]: unquoted(words, lexis.quotes) }
    }
    case 'company':
      return byName('company')
    case 'place': {
      const option = known(/^(?:city|state|country)$/)
      return option === undefined ? undefined : { [option.path]: option.value }
    }
    case 'amount':
      return amountOf(words, entity, lexis)
    case 'about':
      return entity === 'tasks' ? aboutOf(unquoted(words, lexis.quotes), lexis) : undefined
    case 'body':
      return entity === 'notes' ? { body: unquoted(words, lexis.quotes) } : undefined
    case 'field':
      return field === undefined ? undefined : byName(field)
    default:
      return undefined
  }
}

const currencies: readonly (readonly [RegExp, string])[] = [
  [/\$|usd|dollar/i, 'USD'],
  [/€|eur/i, 'EUR'],
  [/£|gbp|pound/i, 'GBP'],
]

/** "12,000 euros" is an amount in its currency. */
function amountOf(words: string, entity: EntityName, lexis: Lexis): Record<string, unknown> | undefined {
  const named = fieldNamed('value', entity, lexis)
  const value = named === undefined ? undefined : valueFor(named, words, entity, lexis)
  const currency = currencies.find(([pattern]) => pattern.test(words))?.[1]
  return named === undefined || value === undefined ? undefined : { [named.path]: value, ...(currency === undefined ? {} : { currency }) }
}

const kinds = { contacts: 'contact', leads: 'lead', organisations: 'organisation', opportunities: 'opportunity' } as const

/** The one record whose whole name stands in a title; nothing where two may be meant. */
function aboutOf(title: string, { world }: Lexis): Record<string, unknown> {
  const words = ` ${fold(title).replace(/[^\p{L}\p{N}.&'-]+/gu, ' ')} `
  const found = [...world.labels]
    .filter(([label]) => label.includes(' ') && words.includes(` ${label} `))
    .sort((a, b) => b[0].length - a[0].length)
    .map(([, records]) => records.filter(({ entity }) => Object.hasOwn(kinds, entity)))
    .find((records) => records.length > 0)
  const [only, ...others] = found ?? []
  if (only === undefined || others.length > 0) return {}
  return { related_type: kinds[only.entity as keyof typeof kinds], related_id: only.id }
}

/** Every word of it can be a value, as far as the kind of record is known. */
export function means(draft: Draft, lexis: Lexis): boolean {
  const { noun } = draft
  return noun === undefined || noun.entities.some((entity) => valuesOf(draft, entity, lexis) !== undefined)
}
