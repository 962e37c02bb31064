import { valuesNamed } from './lexis.ts'
import { clean, cuts, unquoted } from './message.ts'
import { nothing, what } from './record-actions.ts'
import { resolve, shownOf } from './resolve.ts'
import { type ActionReader, cannot, step } from './step.ts'
import { readTarget } from './targets.ts'

const taggable = ['contacts', 'leads', 'organisations', 'opportunities', 'products', 'tasks', 'events'] as const

/** "Tag Casey White as vip", "add the tag renewal to …", "remove the vip tag from …". */
export const readTag: ActionReader = (text, lexis) => {
  const said = clean(text)
  const ways: { tag: string; records: string; adds: boolean }[] = []
  const tagged = /^(?:tag|label)\s+(.+)$/i.exec(said)?.[1]
  if (tagged !== undefined) for (const { left, right } of cuts(tagged, /\s+(?:as|with)\s+/i, 'right')) ways.push({ tag: right, records: left, adds: true })
  // "Tag Isar Soil Lab slow payer": a tag in use stands for itself.
  if (tagged !== undefined && ways.length === 0)
    for (const { left, right } of cuts(tagged, /\s+/))
      if (taggable.some((entity) => valuesNamed(lexis, right, entity).some(({ path }) => path === 'tags'))) ways.push({ tag: right, records: left, adds: true })
  const change = /^(add|put|remove|delete|take)\s+(?:the |a )?(?:tag (.+?)|(.+?) tag) (?:to|on|from|off|of) (.+)$/i.exec(said)
  if (change !== null) ways.push({ tag: change[2] ?? change[3] ?? '', records: change[4] ?? '', adds: /^(?:add|put)$/i.test(change[1] ?? '') })
  const untagged = /^untag\s+(.+?)(?: as (.+))?$/i.exec(said)
  if (untagged?.[2] !== undefined) ways.push({ tag: untagged[2], records: untagged[1] ?? '', adds: false })
  for (const { tag, records, adds } of ways) {
    const name = unquoted(tag.replace(/^(?:the|a) /i, ''), lexis.quotes)
    const target = readTarget(records, lexis)
    if (target === undefined || name === '' || name.split(' ').length > 4) continue
    return async (tx, known) => {
      const found = await resolve(tx, target, known, { only: taggable })
      if (found.kind !== 'found') return found
      if (found.rows.length === 0) return nothing(found)
      const calls = found.rows.flatMap((row) => {
        const before = Array.isArray(row.tags) ? row.tags.map(String) : []
        const others = before.filter((one) => one.toLowerCase() !== name.toLowerCase())
        const has = others.length < before.length
        return has === adds
          ? []
          : [{ tool: 'records.update', input: { entity: found.entity, id: String(row.id), values: { tags: adds ? [...before, name] : others } } }]
      })
      if (calls.length === 0)
        return cannot(`${what(found.entity, found.rows)} ${adds ? 'has' : 'does not have'} the tag “${name}” already, so nothing would change.`)
      return step(calls, `${what(found.entity, found.rows)} would ${adds ? 'get' : 'lose'} the tag “${name}”`, shownOf(found, found.rows))
    }
  }
  return undefined
}

/** "Log a call with Casey White: 'They want a demo'", "add a note to the Acme deal saying '…'". */
export const readNote: ActionReader = (text, lexis) => {
  const match =
    /^(?:add|log|leave|write|create|make|record|put|attach)\s+(?:an?|the)?\s*(?:new )?(note|call|comment|visit)(?: (?:to|on|for|with|about|against|under))? (.+?)(?: ?[:,])?(?: (?:saying|that says|that|reading|with the text|as follows))?[: ]+(⟦\d+⟧)$/i.exec(
      clean(text),
    )
  if (match === null) return undefined
  const target = readTarget(match[2] ?? '', lexis)
  const body = unquoted(match[3] ?? '', lexis.quotes)
  const isCall = /call|visit/i.test(match[1] ?? '')
  if (target === undefined) return undefined
  return async (tx, known) => {
    const found = await resolve(tx, target, known, { only: ['contacts', 'leads', 'organisations', 'opportunities'] })
    if (found.kind !== 'found') return found
    if (found.rows.length === 0) return nothing(found)
    const singular = { contacts: 'contact', leads: 'lead', organisations: 'organisation', opportunities: 'opportunity' }[found.entity as 'contacts']
    const calls = found.rows.map((row) => ({
      tool: 'records.create',
      input: {
        entity: 'notes',
        values: {
          ...(isCall ? { title: match[1]?.toLowerCase() === 'visit' ? 'Visit' : 'Call' } : {}),
          body,
          related_type: singular,
          related_id: String(row.id),
        },
      },
    }))
    return step(calls, `A note “${body}” would be added to ${what(found.entity, found.rows).replace(/^The /, 'the ')}`, shownOf(found, found.rows))
  }
}
