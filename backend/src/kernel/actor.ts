import { AppError } from './errors.ts'

export const roles = ['owner', 'admin', 'manager', 'rep', 'viewer'] as const
export type Role = (typeof roles)[number]

/** What somebody may do. `account` is one's own profile, sessions and keys. */
export const scopes = ['crm:read', 'crm:write', 'crm:import', 'chat', 'account', 'workspace:admin'] as const
export type Scope = (typeof scopes)[number]

/** Who runs: every query and every change is somebody's. */
export type Actor =
  | {
      type: 'user'
      workspaceId: string
      userId: string
      name: string
      role: Role
      via: 'session' | 'apiKey' | 'adminKey' | 'cli'
      /** The API key used, which may do no more than both its scopes and its person's role allow. */
      key?: { id: string; scopes: readonly Scope[] }
      /** Another model speaks for them: nobody here knows what it has read, so what it wants changed waits for a person. */
      spokenFor?: 'mcp'
    }
  | {
      type: 'system'
      workspaceId: string
      job: string
      /** As people know it; the job when left out. */
      name?: string
    }

const scopesByRole: Record<Role, readonly Scope[]> = {
  owner: scopes,
  admin: scopes,
  manager: ['crm:read', 'crm:write', 'crm:import', 'chat', 'account'],
  rep: ['crm:read', 'crm:write', 'crm:import', 'chat', 'account'],
  viewer: ['crm:read', 'chat', 'account'],
}

export function hasScope(actor: Actor, scope: Scope): boolean {
  if (actor.type === 'system') return true
  return scopesByRole[actor.role].includes(scope) && (actor.key === undefined || actor.key.scopes.includes(scope))
}

/** @throws AppError FORBIDDEN when the actor's role, or the API key used, lacks the scope. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (hasScope(actor, scope)) return
  const { role, key } = actor as Extract<Actor, { type: 'user' }>
  if (key !== undefined && scopesByRole[role].includes(scope))
    throw new AppError('FORBIDDEN', `This API key does not have the scope ${scope}; make one that has it.`)
  throw new AppError('FORBIDDEN', `Your role (${role}) does not allow this.`)
}

/** Owners and admins see every record of their workspace; everybody else what its visibility lets them. */
export function seesEverything(actor: Actor): boolean {
  return actor.type === 'system' || actor.role === 'owner' || actor.role === 'admin'
}

/** Whether the words that come as theirs may be those of others. */
export function isSpokenFor(actor: Actor): boolean {
  return spokenForBy(actor) !== undefined
}

/** Who speaks for them. */
export function spokenForBy(actor: Actor): 'mcp' | undefined {
  return actor.type === 'user' ? actor.spokenFor : undefined
}

/** The same person, of words that somebody else said in their name. */
export function spokenFor(actor: Actor, by: 'mcp' | undefined): Actor {
  return by === undefined || actor.type !== 'user' ? actor : { ...actor, spokenFor: by }
}

/** Stable id under which an actor's own things (chat sessions) are kept. */
export function actorId(actor: Actor): string {
  return actor.type === 'user' ? actor.userId : `system:${actor.job}`
}

export function actorName(actor: Actor): string {
  return actor.type === 'user' ? actor.name : (actor.name ?? actor.job)
}
