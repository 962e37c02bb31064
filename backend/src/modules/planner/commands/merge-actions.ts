import type { EntityName } from '#contracts/entities.ts'
import type { Row } from '#contracts/query.ts'
import type { Lexis } from './lexis.ts'
import { clean, cuts } from './message.ts'
import { nothing, what } from './record-actions.ts'
import { type Found, nameOf, resolve, shownOf } from './resolve.ts'
import { readSelection, type Selection } from './selection.ts'
import { type Action, type ActionReader, ask, cannot, step } from './step.ts'
import { readTarget } from './targets.ts'

const mergeable: readonly EntityName[] = ['contacts', 'leads', 'organisations']

/** "Merge Casey Wite into Casey White", "merge the two John Smiths". */
export const readMerge: ActionReader = (text, lexis) => {
  const said = /^(?:merge|combine|deduplicate|dedupe)\s+(.+)$/i.exec(clean(text))?.[1]
  if (said === undefined) return undefined
  for (const { left, right } of cuts(said, /\s+into\s+/i, 'right')) {
    const [gone, kept] = [readTarget(left, lexis), readTarget(right, lexis)]
    if (gone !== undefined && kept !== undefined && !kept.many) return mergeInto(gone, kept)
  }
  const twins = /^(?:the |both |all )?(?:two |2 |duplicates? (?:of |records? (?:of|for) )?)?(.+)$/i.exec(said)?.[1] ?? ''
  const alike = namesakes(twins, lexis)
  if (alike !== undefined && /^(?:the (?:two|2|duplicates?)|both|all|duplicates?)\b/i.test(said)) return mergeAlike(alike)
  const pair = cuts(said, /\s+(?:and|with)\s+/i).some(
    ({ left, right }) => readSelection(left, lexis) !== undefined && readSelection(right, lexis) !== undefined,
  )
  return pair ? async () => ask('Which of them is to stay? Say “merge … into …”; the one behind “into” stays. Nothing would change until you do.') : undefined
}

/** All of one name: "John Smiths" are those called John Smith. */
function namesakes(said: string, lexis: Lexis): Selection | undefined {
  for (const name of [said, said.replace(/s$/, '')]) {
    const selection = readSelection(name, lexis)
    if (selection !== undefined && selection.order === undefined && selection.said === name) return { ...selection, many: true }
  }
  return undefined
}

function mergeInto(gone: Selection, kept: Selection): Action {
  return async (tx, lexis) => {
    const stays = await resolve(tx, kept, lexis, { only: mergeable })
    if (stays.kind !== 'found') return stays
    const [keep] = stays.rows
    if (keep === undefined) return nothing(stays)
    const goes = await resolve(tx, gone, lexis, { only: [stays.entity] })
    if (goes.kind !== 'found') return goes
    return merged(
      goes,
      goes.rows.filter(({ id }) => id !== keep.id),
      keep,
    )
  }
}

/** The one that was here first stays; ids grow with time. */
function mergeAlike(selection: Selection): Action {
  return async (tx, lexis) => {
    const found = await resolve(tx, selection, lexis, { only: mergeable })
    if (found.kind !== 'found') return found
    const [keep, ...others] = [...found.rows].sort((a, b) => String(a.id).localeCompare(String(b.id)))
    if (keep === undefined) return nothing(found)
    if (others.length === 0) return cannot(`There is only one “${nameOf(found.entity, keep)}”, so nothing would be merged.`)
    if (others.length > 1)
      return ask(`There are ${found.rows.length} of “${selection.said}”. Name the two that are the same; nothing would change until you do.`)
    return merged(found, others, keep)
  }
}

function merged(found: Found, others: readonly Row[], keep: Row) {
  const { entity } = found
  if (others.length === 0) return cannot('That is one and the same record, so nothing would be merged.')
  if (others.length > 1)
    return ask(`${what(entity, others)} are meant. Name the one that is to become part of “${nameOf(entity, keep)}”; nothing would change until you do.`)
  return step(
    [{ tool: 'records.merge', input: { entity, keepId: String(keep.id), mergeIds: others.map(({ id }) => String(id)) } }],
    `${what(entity, others)} would become part of “${nameOf(entity, keep)}”, which stays`,
    shownOf(found, [keep, ...others]),
  )
}

const belonging: readonly EntityName[] = ['contacts', 'opportunities']

/** "Link Anna Bell to Acme", "unlink Anna Bell from Acme": people and deals belong to an organisation. */
export const readLink: ActionReader = (text, lexis) => {
  const match = /^(link|connect|attach|unlink|disconnect|detach)\s+(.+)$/i.exec(clean(text))
  if (match === null) return undefined
  const isLink = /^(?:link|connect|attach)$/i.test(match[1] ?? '')
  for (const { left, right } of cuts(match[2] ?? '', isLink ? /\s+(?:to|with)\s+/i : /\s+from\s+/i, 'right')) {
    const [records, organisation] = [readTarget(left, lexis), readTarget(right, lexis)]
    if (records === undefined || organisation === undefined || organisation.many) continue
    return async (tx, known) => {
      const whole = await resolve(tx, organisation, known, { only: ['organisations'] })
      if (whole.kind !== 'found') return whole
      const [at] = whole.rows
      if (at === undefined) return nothing(whole)
      const found = await resolve(tx, records, known, { only: belonging })
      if (found.kind !== 'found') return found
      if (found.rows.length === 0) return nothing(found)
      const name = nameOf('organisations', at)
      const others = found.rows.filter((row) => (row.organisation_id === at.id) !== isLink)
      if (others.length === 0)
        return cannot(`${what(found.entity, found.rows)} ${isLink ? 'belongs' : 'does not belong'} to ${name} already, so nothing would change.`)
      const calls = others.map((row) => ({
        tool: 'records.update',
        input: { entity: found.entity, id: String(row.id), values: { organisation_id: isLink ? String(at.id) : null } },
      }))
      return step(calls, `${what(found.entity, others)} would ${isLink ? '' : 'no longer '}belong to ${name}`, shownOf(found, others))
    }
  }
  return undefined
}
