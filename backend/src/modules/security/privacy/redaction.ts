import { fold } from '#contracts/fold.ts'
import type { Person } from './person.ts'

export const erased = '[erased]'
const noId = '00000000-0000-0000-0000-000000000000'

/** What was said, and the records it said it about. */
export interface Message {
  text: unknown
  parts?: unknown
  citations?: unknown
}

export interface Redaction {
  /** A PostgreSQL pattern that finds, in any text or JSON, whatever may have to be changed; matched without regard to case. */
  readonly candidates: string
  /** The same for addresses alone, each whole. */
  readonly addresses: string | undefined
  /** The text, list or JSON without the person. The same object when nothing of the person was in it. */
  redact(value: unknown): unknown
  /** A message without the person; what it said about nobody else goes whole. */
  redactMessage<M extends Message>(message: M): M
  /** Words of search that stand for the person's name and address. */
  readonly words: ReadonlySet<string>
}

/**
 * What to look for and what to put in its place: addresses and full names wherever they stand, and objects that are one of `ids`.
 * @param withPhones also numbers, where numbers of others cannot be meant
 */
export function createRedaction(person: Person, ids: readonly string[], withPhones = false): Redaction {
  const names = [...new Set(person.names.flatMap(formsOf))]
  const email = wholes(person.emails.map(escaped), '\\p{L}\\p{N}._%+-', '[-.]?')
  const patterns = [email, wholes(names.map(flexible), '\\p{L}\\p{N}', ''), withPhones ? wholes(person.phones.map(escaped), '\\p{N}', '') : undefined].filter(
    (part) => part !== undefined,
  )
  const pattern = patterns.length === 0 ? undefined : new RegExp(patterns.join('|'), 'giu')
  const known = new Set(ids)
  const idPattern = ids.length === 0 ? undefined : new RegExp(ids.join('|'), 'gi')

  function redact(value: unknown): unknown {
    if (typeof value === 'string') {
      const text = pattern === undefined ? value : value.replace(pattern, erased)
      return idPattern === undefined ? text : text.replace(idPattern, noId)
    }
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) {
      const items = value.filter((item) => !isCitation(item, known)).map(redact)
      return items.length === value.length && items.every((item, index) => item === value[index]) ? value : items
    }
    const entries = Object.entries(value)
    if (typeof (value as { id?: unknown }).id === 'string' && known.has((value as { id: string }).id)) return Object.fromEntries(entries.map(blank))
    const changed = entries.map(([key, member]) => [redact(key) as string, redact(member)] as const)
    return changed.every(([key, member], index) => key === entries[index]?.[0] && member === entries[index]?.[1]) ? value : Object.fromEntries(changed)
  }

  function redactMessage<M extends Message>(message: M): M {
    const { parts, citations } = message
    const isOnlyAbout = Array.isArray(citations) && citations.length > 0 && citations.every((item) => isCitation(item, known))
    if (!isOnlyAbout) return redact(message) as M
    const silenced = Array.isArray(parts) ? parts.map((part) => (isTextPart(part) ? { ...part, text: erased } : part)) : parts
    return redact({ ...message, text: erased, ...(parts === undefined ? {} : { parts: silenced }) }) as M
  }

  const inJson = (text: string) => JSON.stringify(text).slice(1, -1)
  const texts = [...person.emails, ...(withPhones ? person.phones : []), ...ids]
  const forms = new Set([
    ...texts.flatMap((text) => [escaped(text), escaped(inJson(text))]),
    ...names.flatMap((name) => [flexible(name), flexible(inJson(name))]),
  ])
  return {
    candidates: forms.size === 0 ? '(?!)' : [...forms].join('|'),
    addresses: person.emails.length === 0 ? undefined : `(?<![[:alnum:]._%+-])(?:${person.emails.map(escaped).join('|')})(?![-.]?[[:alnum:]])`,
    redact,
    redactMessage,
    words: new Set(
      [...person.names, ...person.emails].flatMap((text) => [fold(text), ...fold(text).split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 1),
    ),
  }
}

/** How a name is written: as it is, in other cases, without accents, last name first. */
function formsOf(name: string): string[] {
  const words = name.split(/\s+/)
  const last = words.at(-1) as string
  const first = words.slice(0, -1).join(' ')
  return [name, words.join(' '), `${last}, ${first}`, `${last} ${first}`].flatMap((form) => [form, form.toLowerCase(), form.toUpperCase(), fold(form)])
}

/** A pattern of patterns that stand by themselves, not as a part of something longer. */
function wholes(texts: readonly string[], before: string, joint: string): string | undefined {
  if (texts.length === 0) return undefined
  return `(?<![${before}])(?:${texts.join('|')})(?!${joint}[\\p{L}\\p{N}])`
}

/** Between the words of a name there may be any white space. */
function flexible(name: string): string {
  return name.split(/\s+/).map(escaped).join('\\s+')
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

function isCitation(item: unknown, ids: ReadonlySet<string>): boolean {
  return typeof item === 'object' && item !== null && 'id' in item && 'label' in item && 'url' in item && ids.has(String(item.id))
}

function isTextPart(part: unknown): part is { type: 'text'; text: string } {
  return typeof part === 'object' && part !== null && 'type' in part && part.type === 'text'
}

/** A row about the person keeps its shape alone. */
function blank([key, value]: [string, unknown]): [string, unknown] {
  if (key === 'id') return [key, noId]
  return [key, typeof value === 'string' ? erased : null]
}
