import type { KeyScope } from '#contracts/security.ts'
import type { Role } from '@/lib/session.ts'

/** What a key may be allowed, in words; the server knows the same lists and refuses more. */
export const keyScopes: readonly { scope: KeyScope; label: string; hint: string }[] = [
  { scope: 'crm:read', label: 'Read records', hint: 'Lists, search, queries, pipelines' },
  { scope: 'crm:write', label: 'Change records', hint: 'Create, update, delete' },
  { scope: 'crm:import', label: 'Import', hint: 'Bring in files, and undo it' },
  { scope: 'chat', label: 'Chat', hint: 'Ask questions and read own conversations' },
  { scope: 'account', label: 'Account', hint: 'Own profile, sessions and keys' },
  { scope: 'workspace:admin', label: 'Administration', hint: 'People, security, audit and privacy' },
]

const allowed: Readonly<Record<Role, readonly KeyScope[]>> = {
  owner: keyScopes.map(({ scope }) => scope),
  admin: keyScopes.map(({ scope }) => scope),
  manager: ['crm:read', 'crm:write', 'crm:import', 'chat', 'account'],
  rep: ['crm:read', 'crm:write', 'crm:import', 'chat', 'account'],
  viewer: ['crm:read', 'chat', 'account'],
}

/** A key can do no more than its person. */
export const scopesOf = (role: Role) => keyScopes.filter(({ scope }) => allowed[role].includes(scope))

const labels = new Map(keyScopes.map(({ scope, label }) => [scope, label]))
export const scopeLabel = (scope: KeyScope): string => labels.get(scope) ?? scope
