import type { QueryResult } from 'pg'
import { type Actor, seesEverything } from '#backend/kernel/actor.ts'

/** The state of a workspace's records in all that a transaction reads. */
export interface DataVersion {
  version: number
  as_of: string | null
  /** Some of the records are not for everybody. */
  restricted: boolean
}

/** Tells it; the last statement of a transaction's beginning. */
export function versionQuery(actor: Actor): string {
  const restricted = isMember(actor) ? 'chatsg.has_restrictions()' : 'false'
  return `select version, as_of, ${restricted} as restricted from chatsg.data_versions where workspace_id = '${actor.workspaceId}'`
}

/** @param begun what the statements of a beginning were answered */
export function versionIn(begun: unknown): DataVersion {
  const last = (begun as QueryResult<DataVersion>[]).at(-1)
  return last?.rows[0] ?? { version: 0, as_of: null, restricted: true }
}

/** What somebody sees of a workspace, by which it is kept what was computed from it. */
export interface DataView {
  /** Where it is kept; those who see the same share a name. */
  name: string
  /** The same for all who see exactly the same records. */
  stateAt(seen: DataVersion): string
}

/** Whoever sees everything sees the same, and so do all members while nothing is kept from any of them. */
export function createDataViews(): { of(actor: Actor): DataView } {
  // Where members saw different things when they last looked: what is kept for one must not push out what is kept for another.
  const divided = new Set<string>()
  return {
    of(actor) {
      const { workspaceId } = actor
      if (!isMember(actor)) return { name: workspaceId, stateAt: ({ version }) => String(version) }
      return {
        name: `${workspaceId} ${divided.has(workspaceId) ? actor.userId : 'members'}`,
        stateAt({ version, restricted }) {
          divided[restricted ? 'add' : 'delete'](workspaceId)
          return restricted ? `${version} ${actor.userId}` : String(version)
        },
      }
    },
  }
}

function isMember(actor: Actor): actor is Extract<Actor, { type: 'user' }> {
  return actor.type === 'user' && !seesEverything(actor)
}
