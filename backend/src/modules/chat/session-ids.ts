import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { v5 } from 'uuid'
import { type Actor, actorId } from '#backend/kernel/actor.ts'

const namespace = '6f1d2c7e-3f0b-4c0e-9a55-8d4b7f6a1c39'

/**
 * The session behind a client's own name of a chat (`useChat` invents one). It is bound to workspace and actor, so that
 * nobody reaches, or occupies, another's session or its transcript by choosing its id.
 */
export function sessionIdOf(actor: Actor, clientId: string): string {
  return v5(`${actor.workspaceId}/${actorId(actor)}/${clientId}`, namespace)
}

/** A folder of this machine, by a name that tells nothing of it; one server at a time uses it. */
export function folderName(path: string): string {
  return v5(`${hostname()}:${resolve(path)}`, namespace)
}
