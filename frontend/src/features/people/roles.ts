import type { Role } from '@/lib/session.ts'

/** What each role may do, in a sentence. */
export const roleDetails: Readonly<Record<Role, string>> = {
  owner: 'Everything, other owners included',
  admin: 'Everything but owners',
  manager: 'Works with records and sees those of their team',
  rep: 'Works with records',
  viewer: 'Reads records and asks questions',
}

/** An admin can neither make an owner nor touch one. */
export const rolesGivenBy = (role: Role): readonly Role[] =>
  role === 'owner' ? ['owner', 'admin', 'manager', 'rep', 'viewer'] : ['admin', 'manager', 'rep', 'viewer']
export const mayChange = (me: Role, other: Role): boolean => me === 'owner' || other !== 'owner'
