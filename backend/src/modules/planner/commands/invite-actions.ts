import { addressesOf, readPeople } from './attendees.ts'
import { clean, cuts } from './message.ts'
import type { PersonReference } from './people.ts'
import { nothing, what } from './record-actions.ts'
import { resolve, shownOf } from './resolve.ts'
import { type Action, type ActionReader, cannot, step } from './step.ts'
import { readTarget } from './targets.ts'

/** "Add Nia to my next meeting with Kofi", "remove Kofi from the sync up meeting". */
export const readInvite: ActionReader = (text, lexis) => {
  const match = /^(add|invite|include|remove|uninvite|take|drop)\s+(.+)$/i.exec(text)
  if (match === null) return undefined
  const adds = /^(?:add|invite|include)$/i.test(match[1] ?? '')
  for (const { left, right } of cuts(match[2] ?? '', adds ? /\s+(?:to|in|into)\s+/i : /\s+(?:from|off)\s+/i)) {
    const people = readPeople(left.replace(/ as an attendee$/i, ''), lexis)
    const target = people === undefined ? undefined : readTarget(right, lexis)
    if (people === undefined || target === undefined || !target.entities.includes('events')) continue
    return async (tx, known) => {
      const invited = await addressesOf(tx, people, known)
      if (invited.kind !== 'addresses') return invited
      const found = await resolve(tx, target, known, { only: ['events'], future: true, own: true })
      if (found.kind !== 'found') return found
      if (found.rows.length === 0) return nothing(found)
      const calls = found.rows.flatMap((row) => {
        const before = Array.isArray(row.attendees) ? row.attendees.map(String) : []
        const others = before.filter((one) => !invited.emails.includes(one.toLowerCase()))
        const attendees = adds ? [...others, ...invited.emails] : others
        return attendees.length === before.length ? [] : [{ tool: 'records.update', input: { entity: 'events', id: String(row.id), values: { attendees } } }]
      })
      if (calls.length === 0) return cannot(`That changes nothing: ${invited.names.join(' and ')} ${adds ? 'is there already' : 'is not among the attendees'}.`)
      return step(
        calls,
        `${clean(invited.names.join(' and '))} would be ${adds ? 'added to' : 'removed from'} ${what('events', found.rows).replace(/^The /, 'the ')}`,
        shownOf(found, found.rows),
      )
    }
  }
  return undefined
}

const exchanging: readonly RegExp[] = [
  /^(?:have|let|make) (?<in>.+?) (?:attend|join|go to|take part in) (?<meeting>.+?) (?:instead of|in place of|rather than|for) (?<out>.+)$/i,
  /^(?:replace|exchange|swap out|switch out|swap) (?<out>.+?) (?:with|by|for) (?<in>.+?) (?:in|on|at|for|as (?:the |an )?(?:attendee|participant|guest) (?:of|in|at)) (?<meeting>.+)$/i,
  /^(?:invite|add) (?<in>.+?) (?:instead of|in place of|rather than) (?<out>.+?) (?:to|in|at|for) (?<meeting>.+)$/i,
  /^(?:change|set|update|switch|swap|replace) the (?:attendees?|participants?|guests?|invitees?|person) (?:of|for|in|on|at) (?<meeting>.+?) (?:from (?<out>.+?) )?(?:to|with|by) (?<in>.+)$/i,
  /^(?:change|set|update|switch|swap|replace) (?<meeting>.+)'s (?:attendees?|participants?|guests?|invitees?) (?:from (?<out>.+?) )?(?:to|with|by) (?<in>.+)$/i,
]

/** "Replace Amir with Nia in the next team orientation", "change the attendee of … to Olga". */
export const readExchange: ActionReader = (text, lexis) => {
  for (const pattern of exchanging) {
    const groups = pattern.exec(text)?.groups
    const target = groups === undefined ? undefined : readTarget(groups.meeting ?? '', lexis)
    if (groups === undefined || target?.entities.includes('events') !== true) continue
    const coming = readPeople(groups.in ?? '', lexis)
    const going = groups.out === undefined ? [] : readPeople(groups.out, lexis)
    if (coming !== undefined && going !== undefined) return exchangeAction({ ...target, entities: ['events'] }, coming, going)
  }
  return undefined
}

function exchangeAction(target: NonNullable<ReturnType<typeof readTarget>>, coming: readonly PersonReference[], going: readonly PersonReference[]): Action {
  return async (tx, lexis) => {
    const [invited, leaving] = [await addressesOf(tx, coming, lexis), await addressesOf(tx, going, lexis)]
    if (invited.kind !== 'addresses') return invited
    if (leaving.kind !== 'addresses') return leaving
    const found = await resolve(tx, target, lexis, { only: ['events'], future: true, own: true })
    if (found.kind !== 'found') return found
    if (found.rows.length === 0) return nothing(found)
    const calls = []
    for (const row of found.rows) {
      const before = Array.isArray(row.attendees) ? row.attendees.map((one) => String(one).toLowerCase()) : []
      const missing = leaving.emails.find((email) => !before.includes(email))
      if (missing !== undefined) return cannot(`${missing} is not among the attendees, so nothing would change.`)
      // Whom the new one is to replace must be plain.
      if (going.length === 0 && before.length > 1) return cannot('More than one person attends it, so nothing would change. Say who is to be replaced.')
      const staying = going.length === 0 ? [] : before.filter((one) => !leaving.emails.includes(one) && !invited.emails.includes(one))
      calls.push({ tool: 'records.update', input: { entity: 'events', id: String(row.id), values: { attendees: [...staying, ...invited.emails] } } })
    }
    return step(
      calls,
      `${clean(invited.names.join(' and '))} would attend ${what('events', found.rows).replace(/^The /, 'the ')} instead${leaving.names.length === 0 ? '' : ` of ${leaving.names.join(' and ')}`}`,
      shownOf(found, found.rows),
    )
  }
}
