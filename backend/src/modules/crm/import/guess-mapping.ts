import { AppError } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import type { EntityName } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { ImportMapping } from '#contracts/import.ts'
import type { ColumnProfile } from './cell-patterns.ts'
import { synonymsOf, withoutOwnPrefix } from './heading-synonyms.ts'
import { normaliseHeading } from './heading-words.ts'
import { isKnownWord } from './system-words.ts'
import { customKeyOf, fullNameColumn, hasCustomFields, idColumn, type TargetColumn } from './target-columns.ts'

export interface GuessedMapping {
  mapping: ImportMapping
  /** 0-1 by heading. */
  confidence: Record<string, number>
}

/** From here on a guess is used without a person having seen it. */
export const confident = 0.9

interface Candidate {
  heading: string
  column: string
  confidence: number
}

/** Maps each heading to the column it most likely means, by its words and, where they say nothing, by what its cells hold; no column is used twice. */
export function guessMapping(
  entity: EntityName,
  headings: readonly string[],
  profiles: readonly ColumnProfile[],
  columns: readonly TargetColumn[],
): GuessedMapping {
  const candidates: Candidate[] = []
  for (const [index, heading] of headings.entries()) {
    for (const column of columns) {
      const byHeading = headingConfidence(entity, heading, column)
      // Whoever writes our own column means it; cells that do not fit are reported row by row.
      const isOurs = heading === column.key && column.key !== idColumn
      const confidence = isOurs ? byHeading : byHeading * contentFactor(entity, column, profiles[index])
      if (confidence > 0) candidates.push({ heading, column: column.key, confidence })
    }
  }
  const mapping: ImportMapping = Object.fromEntries(headings.map((heading) => [heading, null]))
  const confidence: Record<string, number> = Object.fromEntries(headings.map((heading) => [heading, 0]))
  const taken = new Set<string>()
  const assign = ({ heading, column, confidence: sure }: Candidate) => {
    if (mapping[heading] !== null || taken.has(column)) return
    mapping[heading] = column
    confidence[heading] = Math.round(sure * 100) / 100
    taken.add(column)
  }
  candidates.sort((a, b) => b.confidence - a.confidence)
  candidates.forEach(assign)
  for (const candidate of contentCandidates(headings, profiles, columns)) assign(candidate)
  dropRedundantName(mapping, confidence)
  return { mapping, confidence }
}

function headingConfidence(entity: EntityName, heading: string, column: TargetColumn): number {
  if (heading === column.key) return 1
  if (heading.startsWith('custom.')) return 0
  const normal = normaliseHeading(heading)
  if (normal === '') return 0
  if (column.key === idColumn) return synonymsOf(entity, idColumn).includes(normal) ? 1 : 0
  if (normal === normaliseHeading(column.key)) return 0.99
  if (normal === normaliseHeading(column.label)) return 0.98
  const synonyms = synonymsOf(entity, column.key)
  const position = synonyms.indexOf(normal)
  if (position >= 0) return 0.97 - Math.min(position, 50) / 1000
  const rest = withoutOwnPrefix(entity, normal)
  if (rest !== undefined && (rest === normaliseHeading(column.key) || synonyms.includes(rest))) return 0.91
  if (column.key.startsWith('custom.')) return normal === normaliseHeading(column.key.slice(7)) ? 0.96 : 0
  // "Primary e-mail address" holds "emailaddress"; short words would be found everywhere.
  const longest = Math.max(
    0,
    ...[normaliseHeading(column.key), ...synonyms].filter((word) => word.length >= 5 && normal.includes(word)).map((word) => word.length),
  )
  return longest === 0 ? 0 : 0.5 + 0.3 * (longest / normal.length)
}

/** Cells that cannot be what the heading says speak against it: an "Account" column of numbers is no organisation's e-mail. */
function contentFactor(entity: EntityName, column: TargetColumn, profile: ColumnProfile | undefined): number {
  if (profile === undefined || profile.filled === 0) return 1
  // Another system's "id" is its own, not ours.
  if (column.key === idColumn) return [...profile.distinct.keys()].every((value) => isUuid(value)) ? 1 : 0.1
  const share = (count: number) => count / profile.filled
  // Ratings may be "hot" and "cold".
  if ([...profile.distinct.keys()].every((value) => isKnownWord(entity, column.key, value))) return 1
  switch (column.type) {
    case 'email':
      return share(profile.emails) < 0.2 ? 0.5 : 1
    case 'date':
    case 'datetime':
      return share(profile.dates + profile.slashDates) < 0.2 ? 0.5 : 1
    case 'money':
    case 'number':
    case 'integer':
      return share(profile.numbers) < 0.2 ? 0.5 : 1
    case 'boolean':
      return share(profile.booleans + profile.numbers) < 0.2 ? 0.5 : 1
    case 'currency':
      return [...profile.distinct.keys()].every((value) => value.length !== 3) ? 0.5 : 1
    case 'text':
      // "From" is a sender in e-mails, but no column of dates is anybody's name.
      return column.key === fullNameColumn && share(profile.emails + profile.numbers + profile.dates) > 0.5 ? 0.5 : 1
    default:
      return 1
  }
}

/** For headings that mean nothing: a column of addresses is the e-mail, a column of phone numbers the phone. */
function contentCandidates(headings: readonly string[], profiles: readonly ColumnProfile[], columns: readonly TargetColumn[]): Candidate[] {
  const kinds: [type: TargetColumn['type'], count: (profile: ColumnProfile) => number][] = [
    ['email', (profile) => profile.emails],
    ['phone', (profile) => profile.phones],
  ]
  return kinds.flatMap(([type, count]) => {
    const column = columns.find((candidate) => candidate.type === type && !candidate.key.startsWith('custom.'))
    if (column === undefined) return []
    return headings.flatMap((heading, index) => {
      const profile = profiles[index]
      return profile !== undefined && profile.filled > 0 && count(profile) / profile.filled > 0.8 ? [{ heading, column: column.key, confidence: 0.6 }] : []
    })
  })
}

/** A full name beside first and last name says nothing more. */
function dropRedundantName(mapping: ImportMapping, confidence: Record<string, number>): void {
  const columns = Object.values(mapping)
  if (!columns.includes('first_name') || !columns.includes('last_name')) return
  for (const [heading, column] of Object.entries(mapping)) {
    if (column !== fullNameColumn) continue
    mapping[heading] = null
    confidence[heading] = 0
  }
}

/** What the wizard proposes: guesses of any confidence, and a custom field for every other heading that has values. */
export function proposeMapping(
  entity: EntityName,
  guessed: GuessedMapping,
  profiles: readonly ColumnProfile[],
  columns: readonly TargetColumn[],
): GuessedMapping {
  const mapping = { ...guessed.mapping }
  const confidence = { ...guessed.confidence }
  if (!hasCustomFields(entity)) return { mapping, confidence }
  const taken = new Set([...Object.values(mapping), ...columns.map(({ key }) => key)])
  const named = Object.values(mapping).includes('first_name') && Object.values(mapping).includes('last_name')
  for (const [index, heading] of Object.keys(mapping).entries()) {
    if (mapping[heading] !== null || (profiles[index]?.filled ?? 0) === 0) continue
    const normal = normaliseHeading(heading)
    if (normal === 'id' || (named && synonymsOf(entity, fullNameColumn).includes(normal))) continue
    const key = customKeyOf(heading.replace(/^custom\.|__c$/gi, ''), fold)
    const column = `custom.${key ?? `column_${index + 1}`}`
    if (taken.has(column)) continue
    mapping[heading] = column
    confidence[heading] = heading.startsWith('custom.') ? 1 : 0.4
    taken.add(column)
  }
  return { mapping, confidence }
}

/**
 * The mapping an import uses: what was asked for, and for headings it does not mention those guesses that are sure.
 * @throws AppError VALIDATION when it names headings the file lacks, columns that do not exist, or one column twice
 */
export function chooseMapping(
  entity: EntityName,
  requested: ImportMapping | undefined,
  guessed: GuessedMapping,
  columns: readonly TargetColumn[],
): ImportMapping {
  const headings = Object.keys(guessed.mapping)
  const known = new Set(columns.map(({ key }) => key))
  const isColumn = (column: string) => known.has(column) || (hasCustomFields(entity) && /^custom\.[a-z0-9][a-z0-9_]{0,59}$/.test(column))
  const asked = requested === undefined ? undefined : byHeading(requested, headings, isColumn)
  const chosen: ImportMapping = {}
  const users = new Map<string, string>()
  const problems: { field: string; message: string }[] = []
  for (const [heading, column] of Object.entries(asked ?? {})) {
    if (!headings.includes(heading)) problems.push({ field: heading, message: `The mapping names the heading "${heading}", which the file does not have.` })
    else if (column !== null && !isColumn(column)) problems.push({ field: heading, message: `"${column}" is no column of ${entity}.` })
    else if (column !== null && users.has(column))
      problems.push({ field: heading, message: `"${users.get(column)}" and "${heading}" are both mapped to ${column}; choose one.` })
    else if (column !== null) users.set(column, heading)
  }
  if (problems.length > 0) throw new AppError('VALIDATION', problems[0]?.message as string, { details: problems })
  for (const heading of headings) {
    if (asked !== undefined && Object.hasOwn(asked, heading)) {
      chosen[heading] = asked[heading] ?? null
      continue
    }
    const guess = guessed.mapping[heading] ?? customColumnOf(heading, isColumn)
    const sure = guess === customColumnOf(heading, isColumn) || (guessed.confidence[heading] ?? 0) >= confident
    chosen[heading] = guess !== null && sure && !users.has(guess) ? guess : null
    if (chosen[heading] !== null) users.set(guess as string, heading)
  }
  return chosen
}

/** Headings that name a custom field: ours, and those of Salesforce and Insightly, which end in `__c`. */
function customColumnOf(heading: string, isColumn: (column: string) => boolean): string | null {
  const column = /__c$/i.test(heading) ? `custom.${customKeyOf(heading.slice(0, -3), fold) ?? ''}` : heading.startsWith('custom.') ? heading : ''
  return isColumn(column) ? column : null
}

/** A mapping written the other way round (column → heading) is understood when it can mean nothing else. */
function byHeading(requested: ImportMapping, headings: readonly string[], isColumn: (column: string) => boolean): ImportMapping {
  const trimmed = new Map(headings.map((heading) => [heading.trim().toLowerCase(), heading]))
  const find = (name: string) => (headings.includes(name) ? name : trimmed.get(name.trim().toLowerCase()))
  const entries = Object.entries(requested)
  const inverted =
    entries.length > 0 && entries.every(([key, value]) => find(key) === undefined && isColumn(key) && value !== null && find(value) !== undefined)
  return Object.fromEntries(
    inverted
      ? entries.map(([column, heading]) => [find(heading as string) as string, column])
      : entries.map(([heading, column]) => [find(heading) ?? heading, column]),
  )
}
