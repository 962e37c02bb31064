import { type EntityName, entities, type FieldType } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { contactField, customNamed, doneStatus } from './constraints.ts'
import { type Lexis, stateNamed, usualTaskStates, valuesNamed } from './lexis.ts'
import { unquoted } from './message.ts'
import { readMoment } from './moments.ts'

export interface Field {
  path: string
  type: FieldType | 'choice'
  label: string
}

/** What fields are called beside their own names. */
const aliases: readonly [RegExp, Partial<Record<EntityName, string>>][] = [
  [/^(?:(?:phone|telephone|tel)(?: ?number| no)?|number)$/, { contacts: 'phone', leads: 'phone', organisations: 'phone' }],
  [/^(?:mobile|cell|cell ?phone)(?: ?number| phone)?$/, { contacts: 'mobile' }],
  [/^(?:email|mail)(?: ?address)?$/, { contacts: 'email', leads: 'email' }],
  [/^(?:job )?(?:title|role|position)$/, { contacts: 'title', leads: 'title' }],
  [/^(?:title|name|subject)$/, { tasks: 'title', events: 'title', notes: 'title', opportunities: 'name', organisations: 'name', products: 'name' }],
  [/^(?:value|amount|size|worth|price)$/, { opportunities: 'value', products: 'price', organisations: 'size' }],
  [/^(?:expected |forecast )?clos(?:e|ing)(?: date)?$|^due date$|^deadline$/, { opportunities: 'forecast_close_date', tasks: 'due_at' }],
  [/^(?:due|due on|due by)$/, { tasks: 'due_at' }],
  [/^(?:list|column|state|stage|progress)$/, { tasks: 'status', leads: 'status' }],
  [/^(?:start|starts?(?: time| date)?|time|date)$/, { events: 'starts_at' }],
  [/^last contact(?:ed)?(?: date| on)?$/, { contacts: 'last_contacted_at' }],
  [/^(?:probability|chance|likelihood)$/, { opportunities: 'probability' }],
  [/^(?:company|employer|organi[sz]ation)$/, { contacts: 'organisation', leads: 'organisation', opportunities: 'organisation' }],
]

/** The field of an entity that words name. */
export function fieldNamed(words: string, entity: EntityName, lexis: Lexis): Field | undefined {
  const said = fold(words)
    .replace(/[-_]/g, ' ')
    .replace(/^(?:all )?(?:the |their |his |her |its )?/, '')
    .replace(/^(follow) ?-?(ups?)(?: dates?)?$/, 'follow up')
  const { fields } = entities[entity]
  const own = customNamed(said, entity, lexis)
  const last = /^last contact/.test(said) ? contactField(entity, lexis) : undefined
  const alias = aliases.find(([pattern, of]) => pattern.test(said) && of[entity] !== undefined)?.[1][entity]
  const plain = Object.entries(fields).find(
    ([name, { label, computed }]) => computed !== true && (name.replaceAll('_', ' ') === said || fold(label) === said),
  )?.[0]
  const path = last ?? plain ?? own ?? alias
  if (path === undefined || path === 'id' || path === 'owner') return undefined
  if (path.startsWith('custom.')) {
    const custom = lexis.world.customFields.find((field) => field.entity === entity && `custom.${field.key}` === path)
    return custom === undefined ? undefined : { path, type: custom.type as FieldType, label: custom.label }
  }
  const field = fields[path]
  return field === undefined || field.computed === true ? undefined : { path, type: field.type, label: field.label }
}

/** What a value in words is as the field's value; undefined when it cannot be. */
export function valueFor({ path, type }: Field, words: string, entity: EntityName, lexis: Lexis): unknown {
  const said = unquoted(words, lexis.quotes)
  if (said === '') return undefined
  switch (type) {
    case 'date':
    case 'datetime': {
      // Whoever was spoken to was so before now.
      const moment = readMoment(said, lexis.now, /last.*contact|contact.*last/.test(path) ? 'past' : 'future')
      if (moment === undefined) return undefined
      return type === 'date' ? moment.from.toISODate() : moment.from.toUTC().toISO()
    }
    case 'money':
    case 'number':
    case 'integer': {
      const match = /^(?:[$€£]|usd|eur|gbp)?\s*([\d.,]+)\s*(k|m|million|thousand)?\s*(?:%|percent|dollars?|euros?|pounds?|usd|eur|gbp|employees)?$/i.exec(said)
      if (match === null) return undefined
      const amount =
        Number((match[1] ?? '').replaceAll(',', '')) * (/^(?:k|thousand)$/i.test(match[2] ?? '') ? 1000 : /^m/i.test(match[2] ?? '') ? 1_000_000 : 1)
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = entities[entity].fields[path] ?? {}
      if (!Number.isFinite(amount) || amount < min || amount > max) return undefined
      return type === 'money' ? String(amount) : amount
    }
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(said) ? said : undefined
    case 'phone':
      return /^[+\d(][\d\s().x/-]{3,}$/.test(said) ? said : undefined
    case 'boolean':
      return /^(?:yes|true|on)$/i.test(said) ? true : /^(?:no|false|off)$/i.test(said) ? false : undefined
    default: {
      if (/^(?:first|last)_name$/.test(path) && !/^\p{L}[^\d@<>()]*$/u.test(said)) return undefined
      const known = valuesNamed(lexis, said, entity).find((option) => option.path === path)
      return known?.value ?? said.replace(/^the\s+/i, '')
    }
  }
}

/** What moving a record somewhere sets: its status, stage or state; undefined when the words name none. */
export function stateValues(words: string, entity: EntityName, lexis: Lexis): { values: Record<string, unknown>; label: string } | undefined {
  const said = fold(unquoted(words, lexis.quotes))
    .replace(/^(?:the|a|an) /, '')
    .replace(/ (?:stage|status|list|column|state|phase|board)$/, '')
    .replace(/^closed[ -](?=won$|lost$)/, '')
  const option = stateNamed(lexis, said, entity)
  if (option !== undefined) return { values: withCompletion({ [option.path]: option.value }, entity, lexis), label: option.value }
  if (entity === 'tasks') {
    if (/^(?:done|complete|completed|finished|closed)$/.test(said)) {
      const status = doneStatus(lexis)
      if (status !== undefined) return { values: withCompletion({ status }, entity, lexis), label: status }
    }
    if (/^(?:review|progress)$/.test(said)) return stateValues(`in ${said}`, entity, lexis)
    if (/^(?:started|under way|underway|being worked on)$/.test(said)) return stateValues('in progress', entity, lexis)
    const usual = usualTaskStates[said]
    if (usual !== undefined && lexis.world.statuses.length > 0) return { values: { status: usual }, label: usual }
  }
  if (entity === 'leads' && /^(?:qualified|lost|won|contacted|new|proposal|negotiation|disqualified)$/.test(said) && (lexis.world.counts.leads ?? 0) > 0)
    return { values: { status: `${said.charAt(0).toUpperCase()}${said.slice(1)}` }, label: said }
  return undefined
}

/** A task that is done has the time it was done, where tasks here have one. */
function withCompletion(values: Record<string, unknown>, entity: EntityName, lexis: Lexis): Record<string, unknown> {
  if (entity !== 'tasks' || !lexis.keepsCompletion || typeof values.status !== 'string') return values
  const done = values.status === doneStatus(lexis)
  return { ...values, completed_at: done ? lexis.now.toUTC().toISO() : null }
}
