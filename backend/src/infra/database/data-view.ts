import { LRUCache } from 'lru-cache'
import type { QueryResult } from 'pg'
import { type Actor, type Role, seesEverything } from '#backend/kernel/actor.ts'
import type { EntityName } from '#contracts/entities.ts'
import { createFieldMarks, type FieldMarks } from '#contracts/field-marks.ts'

/** The state of a workspace's records in all that a transaction reads. */
export interface DataVersion {
  version: number
  as_of: string | null
  /** Some of the records are not for everybody. */
  restricted: boolean
  /** Fields hidden from whoever reads, `entity.field` separated by commas. */
  hidden: string | null
}

/** Tells it, and hides what is hidden from the actor in all that follows; the last statement of the beginning of a transaction that reads. */
export function versionQuery(actor: Actor): string {
  const own = isMember(actor) ? `chatsg.has_restrictions() as restricted, ${hiddenFrom(actor.role, true)}` : 'false as restricted, null as hidden'
  return `select version, as_of, ${own} from chatsg.data_versions where workspace_id = '${actor.workspaceId}'`
}

/** Tells what is hidden from the actor; the same of one that writes, which needs whole records. Undefined where nothing can be. */
export function hiddenQuery(actor: Actor): string | undefined {
  return isMember(actor) ? `select ${hiddenFrom(actor.role, false)} from chatsg.data_versions where workspace_id = '${actor.workspaceId}'` : undefined
}

function hiddenFrom(role: Role, masking: boolean): string {
  return `hidden ->> '${role}' as hidden, case when hidden is not null then chatsg.hide_fields(hidden ->> '${role}', ${masking}) end`
}

/** @param begun what the statements of a beginning were answered */
export function versionIn(begun: unknown): DataVersion {
  const last = (begun as QueryResult<DataVersion>[]).at(-1)
  return last?.rows[0] ?? { version: 0, as_of: null, restricted: true, hidden: null }
}

const nothingHidden = createFieldMarks([])
/** A workspace has a few such lists, one a role. */
const known = new LRUCache<string, FieldMarks>({ max: 200 })

/** Fields that are hidden from the actor of a transaction. */
export function hiddenIn(begun: unknown, actor: Actor): FieldMarks {
  const hidden = isMember(actor) ? (begun as QueryResult<{ hidden: string | null }>[]).at(-1)?.rows[0]?.hidden : null
  if (hidden === null || hidden === undefined) return nothingHidden
  let marks = known.get(hidden)
  if (marks === undefined) {
    marks = createFieldMarks(
      hidden.split(',').map((path) => ({ entity: path.slice(0, path.indexOf('.')) as EntityName, field: path.slice(path.indexOf('.') + 1) })),
    )
    known.set(hidden, marks)
  }
  return marks
}

/** What somebody sees of a workspace, by which it is kept what was computed from it. */
export interface DataView {
  /** Where it is kept; those who see the same share a name. */
  name: string
  /** The same for all who see exactly the same of the same records. */
  stateAt(seen: DataVersion): string
}

/** Whoever sees everything sees the same, and so do all members while nothing is kept from any of them. */
export function createDataViews(): { of(actor: Actor): DataView } {
  // Where members saw different things when they last looked: what is kept for one must not push out what is kept for another.
  const divided = new Set<string>()
  const masked = new Set<string>()
  return {
    of(actor) {
      const { workspaceId } = actor
      if (!isMember(actor)) return { name: workspaceId, stateAt: ({ version }) => String(version) }
      const role = `${workspaceId} ${actor.role}`
      return {
        name: `${workspaceId} ${divided.has(workspaceId) ? actor.userId : masked.has(role) ? actor.role : 'members'}`,
        stateAt({ version, restricted, hidden }) {
          divided[restricted ? 'add' : 'delete'](workspaceId)
          masked[hidden === null ? 'delete' : 'add'](role)
          return `${version}${hidden === null ? '' : ` without ${hidden}`}${restricted ? ` ${actor.userId}` : ''}`
        },
      }
    },
  }
}

function isMember(actor: Actor): actor is Extract<Actor, { type: 'user' }> {
  return actor.type === 'user' && !seesEverything(actor)
}
