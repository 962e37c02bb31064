import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Role } from '#backend/kernel/actor.ts'
import type { Invitation } from '#contracts/security.ts'

type Query = <R extends object>(statement: SQL) => Promise<R[]>

/** An invitation that can still be accepted. */
export interface OpenInvitation {
  id: string
  workspaceId: string
  email: string
  role: Role
  teamId: string | null
  invitedBy: string
  isMailed: boolean
}

const open = sql`accepted_at is null and revoked_at is null and expires_at > now()`
const openColumns = sql`id, workspace_id as "workspaceId", email, role, team_id as "teamId", invited_by as "invitedBy", mailed_at is not null as "isMailed"`

/** The invitation whoever holds its token may see, before anybody is known. */
export async function findByToken(query: Query, hash: string): Promise<OpenInvitation | undefined> {
  const [invitation] = await query<OpenInvitation>(sql`select ${openColumns} from invitations where token_hash = ${hash} and ${open}`)
  return invitation
}

/** What somebody at this address was invited to, in every workspace. */
export async function listByEmail(query: Query, hash: string): Promise<OpenInvitation[]> {
  return query<OpenInvitation>(sql`select ${openColumns} from invitations where email_hash = ${hash} and ${open} order by created_at`)
}

export interface NewInvitation {
  id: string
  email: string
  emailHash: string
  tokenHash: string
  role: Role
  teamId: string | null
  invitedBy: string
  createdAt: string
  expiresAt: string
}

export async function insertInvitation(tx: Transaction, invitation: NewInvitation): Promise<void> {
  const { id, email, emailHash, tokenHash, role, teamId, invitedBy, createdAt, expiresAt } = invitation
  await tx.query(sql`
    insert into invitations (workspace_id, id, email, email_hash, token_hash, role, team_id, invited_by, created_at, expires_at)
    values (${tx.workspaceId}, ${id}, ${email}, ${emailHash}, ${tokenHash}, ${role}, ${teamId}, ${invitedBy}, ${createdAt}, ${expiresAt})`)
}

export async function markMailed(tx: Transaction, id: string): Promise<void> {
  await tx.query(sql`update invitations set mailed_at = now() where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

/** One invitation a person: a newer one takes the place of what is still open. */
export async function revokeOpen(tx: Transaction, where: { emailHash: string } | { id: string }): Promise<{ id: string; email: string; role: Role }[]> {
  const which = 'id' in where ? sql`id = ${where.id}` : sql`email_hash = ${where.emailHash}`
  return tx.query(sql`update invitations set revoked_at = now() where workspace_id = ${tx.workspaceId} and ${which} and ${open} returning id, email, role`)
}

export async function findInvitationRole(tx: Transaction, id: string): Promise<Role | undefined> {
  const [row] = await tx.query<{ role: Role }>(sql`select role from invitations where workspace_id = ${tx.workspaceId} and id = ${id}`)
  return row?.role
}

/** @returns whether it was still open, which it is for one caller only */
export async function acceptInvitation(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.query(sql`update invitations set accepted_at = now() where workspace_id = ${tx.workspaceId} and id = ${id} and ${open} returning id`)
  return rows.length > 0
}

export async function listInvitations(tx: Transaction): Promise<Invitation[]> {
  return tx.query<Invitation>(sql`
    select i.id, i.email, i.role, u.name as "invitedBy", i.created_at as "createdAt", i.expires_at as "expiresAt", i.mailed_at is not null as mailed,
      case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked' when i.expires_at <= now() then 'expired' else 'pending' end as status
    from invitations i join users u on u.workspace_id = i.workspace_id and u.id = i.invited_by
    where i.workspace_id = ${tx.workspaceId} order by i.created_at desc, i.id desc limit 1000`)
}

export async function deleteOld(tx: Transaction): Promise<void> {
  await tx.query(sql`delete from invitations where workspace_id = ${tx.workspaceId} and expires_at < now() - interval '90 days'`)
}
