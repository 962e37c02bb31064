import type { Filter } from '#contracts/query.ts'
import { ofPerson } from './constraints.ts'
import type { Lexis } from './lexis.ts'
import { readPerson } from './people.ts'
import type { Constraint } from './selection.ts'

/** Of one person, or of any of several: "Akira and Lena". */
export function ofPersons(text: string, lexis: Lexis): Constraint | undefined {
  const references = text.split(/\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+/i).map((name) => readPerson(name, lexis))
  const owned = references.flatMap((one) => (one?.kind === 'person' ? ofPerson(one.person) : []))
  const [first] = owned
  if (first === undefined || owned.length < references.length) return undefined
  if (owned.length === 1) return first
  return (entity, known) => {
    const filters: Filter[] = owned.flatMap((constraint) => constraint(entity, known) ?? [])
    return filters.length < owned.length ? undefined : { or: filters }
  }
}
