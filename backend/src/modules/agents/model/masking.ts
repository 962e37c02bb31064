/** Replaces people in what a model reads by placeholders, and puts them back in what it says; one for each turn. */
export interface Masking {
  /** Names that are people's, as tools tell them. */
  learn(names: Iterable<string>): void
  mask(text: string): string
  unmask(text: string): string
  /** Every text within a value. */
  unmaskDeep(value: unknown): unknown
  /** What of a piece can be put back, and what may be the beginning of a placeholder. */
  split(text: string): { whole: string; held: string }
}

const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
// Seven digits or more with what people put between them; ids and instants hold letters or colons.
const phone = /(?<![\p{L}\p{N}.:-])\+?\(?\d(?:[\s().\-/]?\d){6,14}(?![\p{L}\p{N}:-])/gu
const isDate = /^\d{4}-\d{2}-\d{2}$/
const placeholder = /§([PET])(\d{1,4})§/g
const beginning = /§(?:[PET](?:\d{1,4})?)?$/
const shortestName = 3

export function createMasking(): Masking {
  const values: string[] = []
  const indexes = new Map<string, number>()
  let names: RegExp | undefined
  const known = new Set<string>()

  function placeholderOf(kind: 'P' | 'E' | 'T', value: string): string {
    const key = `${kind} ${value.toLowerCase()}`
    let index = indexes.get(key)
    if (index === undefined) {
      index = values.push(value) - 1
      indexes.set(key, index)
    }
    return `§${kind}${index}§`
  }

  function unmask(text: string): string {
    return text.includes('§') ? text.replace(placeholder, (whole, _kind, index: string) => values[Number(index)] ?? whole) : text
  }

  function unmaskDeep(value: unknown): unknown {
    if (typeof value === 'string') return unmask(value)
    if (Array.isArray(value)) return value.map(unmaskDeep)
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unmaskDeep(item)]))
    return value
  }

  return {
    learn(given) {
      const before = known.size
      for (const name of given) {
        const whole = name.trim()
        if (whole.length < shortestName || whole.length > 100) continue
        known.add(whole)
      }
      if (known.size === before) return
      // The longest first, so that a first name does not cut a whole one apart.
      const escaped = [...known].toSorted((left, right) => right.length - left.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      names = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
    },
    mask(text) {
      const addressed = text.replace(email, (found) => placeholderOf('E', found))
      const numbered = addressed.replace(phone, (found) => (isDate.test(found) ? found : placeholderOf('T', found)))
      return names === undefined ? numbered : numbered.replace(names, (found) => placeholderOf('P', found))
    },
    unmask,
    unmaskDeep,
    split(text) {
      // The mark that ends a placeholder begins none.
      const at = beginning.exec(text.replace(placeholder, (whole) => ' '.repeat(whole.length)))?.index ?? text.length
      return { whole: unmask(text.slice(0, at)), held: text.slice(at) }
    },
  }
}

const people = ['contacts', 'leads', 'contact', 'lead']
const nameFields = /^(?:name|first_name|last_name|contact|from|to|attendees|label)$/

/** Names of people in the result of a tool: what stands where contacts and leads are called something. */
export function namesIn(value: unknown, entity?: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => namesIn(item, entity))
  if (typeof value !== 'object' || value === null) return []
  const own = (value as { entity?: unknown }).entity
  const of = typeof own === 'string' ? own : entity
  const isPerson = of !== undefined && people.includes(of)
  const names = Object.entries(value).flatMap(([key, item]) => {
    if (typeof item === 'string') return nameFields.test(key) && (isPerson || key === 'contact' || key === 'first_name' || key === 'last_name') ? [item] : []
    return namesIn(item, of)
  })
  const { first_name: first, last_name: last } = value as { first_name?: unknown; last_name?: unknown }
  return typeof first === 'string' && typeof last === 'string' ? [...names, `${first} ${last}`] : names
}
