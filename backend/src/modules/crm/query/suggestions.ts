import { editDistance } from '#backend/kernel/edit-distance.ts'
import { type CustomFieldDefinition, type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'

function likeness(wanted: string, candidate: string): number {
  const [a, b] = [fold(wanted), fold(candidate)]
  if (a === b) return 0
  const longest = Math.max(a.length, b.length)
  const edits = editDistance(a, b, longest) / longest
  const contained = a.length >= 3 && (b.includes(a) || a.includes(b)) ? 0.3 : 1
  return Math.min(edits, contained)
}

/** The candidates most like `wanted`, best first; none when nothing is close. */
export function nearestNames(wanted: string, candidates: readonly { name: string; words?: readonly string[] }[], limit = 3): string[] {
  const bare = wanted.replace(/^custom\./, '')
  return candidates
    .map(({ name, words = [name] }) => ({ name, likeness: Math.min(...words.map((word) => likeness(bare, word))) }))
    .filter((candidate) => candidate.likeness <= 0.45)
    .sort((a, b) => a.likeness - b.likeness || a.name.localeCompare(b.name))
    .slice(0, limit)
    .map((candidate) => candidate.name)
}

function quoted(names: readonly string[]): string {
  const all = names.map((name) => `"${name}"`)
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
}

export function didYouMean(suggestions: readonly string[], otherwise: string): string {
  return suggestions.length > 0 ? `Did you mean ${quoted(suggestions)}?` : otherwise
}

/** Why a path names no field of the entity, and which field was probably meant. */
export function unknownField(entityName: EntityName, path: string, customFields: readonly CustomFieldDefinition[]): string {
  const segments = path.split('.')
  let entity = entities[entityName]
  let walked = ''
  while (segments.length > 1) {
    const name = segments[0] as string
    if (name === 'custom') break
    const field = Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined
    if (field?.type !== 'reference' || field.entity === undefined) break
    entity = entities[field.entity]
    walked += `${name}.`
    segments.shift()
  }
  const rest = segments.join('.')
  if (Object.hasOwn(entity.relations, rest)) return `"${rest}" of ${entity.labelPlural.toLowerCase()} is a relation; ask for it with {"relation": "${rest}"}.`
  const own = Object.entries(entity.fields).map(([name, field]) => ({ name: walked + name, words: [name, field.label] }))
  const custom = customFields
    .filter((field) => field.entity === entity.name)
    .map((field) => ({ name: `${walked}custom.${field.key}`, words: [field.key, field.label] }))
  const fields = [...own, ...custom]
  return `${entity.labelPlural} have no field "${rest}". ${didYouMean(nearestNames(rest, fields), `They have ${fields.map((field) => field.name).join(', ')}.`)}`
}

export function unknownRelation(entityName: EntityName, relation: string): string {
  const entity = entities[entityName]
  const names = Object.keys(entity.relations)
  if (Object.hasOwn(entity.fields, relation))
    return `"${relation}" is a field of ${entity.labelPlural.toLowerCase()}, not a relation; use {"field": "${relation}", …}.`
  const otherwise = names.length === 0 ? 'They have none.' : `They have ${names.join(', ')}.`
  return `${entity.labelPlural} have no relation "${relation}". ${didYouMean(
    nearestNames(
      relation,
      names.map((name) => ({ name })),
    ),
    otherwise,
  )}`
}

/** Why a key names no figure of the query. */
export function unknownFigure(wanted: string, keys: readonly string[]): string {
  const nearest = nearestNames(
    wanted,
    keys.map((name) => ({ name })),
  )
  return `There is no figure "${wanted}". ${didYouMean(nearest, `There are ${keys.join(', ')}.`)}`
}
