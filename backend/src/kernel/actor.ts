import { AppError } from './errors.ts'

export const roles = ['owner', 'admin', 'manager', 'rep', 'viewer'] as const
export type Role = (typeof roles)[number]

export type Scope = 'crm:read' | 'crm:write' | 'crm:import' | 'chat' | 'workspace:admin'

/** Who runs: every query and every change is somebody's. */
export type Actor =
  | { type: 'user'; workspaceId: string; userId: string; name: string; role: Role; via: 'session' | 'adminKey' | 'cli' }
  | { type: 'system'; workspaceId: string; job: string }

const scopesByRole: Record<Role, readonly Scope[]> = {
  owner: ['crm:read', 'crm:write', 'crm:import', 'chat', 'workspace:admin'],
  admin: ['crm:read', 'crm:write', 'crm:import', 'chat', 'workspace:admin'],
  manager: ['crm:read', 'crm:write', 'crm:import', 'chat'],
  rep: ['crm:read', 'crm:write', 'crm:import', 'chat'],
  viewer: ['crm:read', 'chat'],
}

/** @throws AppError FORBIDDEN when the actor's role lacks the scope. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (actor.type === 'system') return
  if (!scopesByRole[actor.role].includes(scope)) throw new AppError('FORBIDDEN', `Your role (${actor.role}) does not allow this.`)
}

/** Stable id under which an actor's own things (chat sessions) are kept. */
export function actorId(actor: Actor): string {
  return actor.type === 'user' ? actor.userId : `system:${actor.job}`
}

export function actorName(actor: Actor): string {
  return actor.type === 'user' ? actor.name : actor.job
}
