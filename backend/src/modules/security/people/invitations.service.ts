import { randomBytes } from 'node:crypto'
import type { Database } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import { type Actor, type Role, requireScope } from '#backend/kernel/actor.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { Invitation, InvitationView } from '#contracts/security.ts'
import { type Account, findAccountByEmail } from '../accounts/accounts.repository.ts'
import type { AccountsDatabase } from '../accounts/accounts-database.ts'
import { emailHash, tokenHash } from '../accounts/hashes.ts'
import { findMembership } from '../accounts/memberships.repository.ts'
import { doorkeeper, findPerson, findPersonByEmail } from '../accounts/workspace-people.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { SecurityEventSink } from '../events/security-event.ts'
import type { Mailer } from '../mail/mailer.ts'
import { invitationMail } from '../mail/templates.ts'
import type { OpenInvitation } from './invitations.repository.ts'
import * as invitations from './invitations.repository.ts'
import { addMember } from './membership.ts'
import { isTeam, workspaceName } from './people.repository.ts'

export interface InvitationsOptions {
  database: Database
  accounts: AccountsDatabase
  audit: AuditTrail
  events: SecurityEventSink
  mailer: Mailer | undefined
  logger: Pick<Logger, 'error'>
  appUrl: string
}

export type InvitationsService = ReturnType<typeof createInvitations>

const lifetimeDays = 7
const dayMs = 24 * 60 * 60 * 1000

/** Who is asked into a workspace, as what, and how they come in. */
export function createInvitations({ database, accounts, audit, events, mailer, logger, appUrl }: InvitationsOptions) {
  async function mail(invitation: { email: string; workspace: string; invitedBy: string; link: string }): Promise<boolean> {
    if (mailer === undefined) return false
    try {
      await mailer.send({ to: invitation.email, ...invitationMail({ ...invitation, days: lifetimeDays }) })
      return true
    } catch (error) {
      logger.error({ err: error }, 'An invitation could not be mailed; its link is shown to whoever invites instead')
      return false
    }
  }

  return {
    /** @returns the invitation, with its link when it could not be mailed */
    async invite(
      actor: Actor,
      { email: address, role, teamId = null }: { email: string; role: Role; teamId?: string | null | undefined },
    ): Promise<Invitation> {
      requireScope(actor, 'workspace:admin')
      const inviter = personOf(actor)
      refuseHigherRole(inviter.role, role)
      const email = address.trim().toLowerCase()
      const token = randomBytes(32).toString('base64url')
      const created = Date.now()
      const row = {
        id: newId(),
        email,
        emailHash: emailHash(email),
        tokenHash: tokenHash(token),
        role,
        teamId,
        invitedBy: inviter.userId,
        createdAt: new Date(created).toISOString(),
        expiresAt: new Date(created + lifetimeDays * dayMs).toISOString(),
      }
      const workspace = await database.transaction(actor, async (tx) => {
        const known = await findPersonByEmail(tx, email)
        const isMember = known?.active === true && (await findMembership(accounts.query, { workspaceId: tx.workspaceId, userId: known.id })) !== undefined
        if (isMember) throw new AppError('CONFLICT', `${known.name} is in this workspace already.`)
        if (known?.role === 'owner') refuseHigherRole(inviter.role, 'owner')
        if (teamId !== null && !(await isTeam(tx, teamId))) throw notFound('This team')
        await invitations.revokeOpen(tx, { emailHash: row.emailHash })
        await invitations.insertInvitation(tx, row)
        await audit.append(tx, { event: 'ROLE_CHANGE', operation: 'invitations.create', outcome: 'ok', query: { id: row.id, email, role, teamId } })
        return workspaceName(tx)
      })
      const link = `${appUrl}/invitation?token=${token}`
      const mailed = await mail({ email, workspace, invitedBy: inviter.name, link })
      if (mailed) await database.transaction(actor, (tx) => invitations.markMailed(tx, row.id))
      const { id, createdAt, expiresAt } = row
      return { id, email, role, invitedBy: inviter.name, createdAt, expiresAt, status: 'pending', mailed, ...(mailed ? {} : { link }) }
    },

    async list(actor: Actor): Promise<Invitation[]> {
      requireScope(actor, 'workspace:admin')
      return database.transaction(actor, (tx) => invitations.listInvitations(tx), { readOnly: true })
    },

    async revoke(actor: Actor, id: string): Promise<void> {
      requireScope(actor, 'workspace:admin')
      await database.transaction(actor, async (tx) => {
        const role = await invitations.findInvitationRole(tx, id)
        if (role === undefined) throw notFound('This invitation')
        refuseHigherRole(personOf(actor).role, role)
        const [revoked] = await invitations.revokeOpen(tx, { id })
        if (revoked === undefined) throw new AppError('CONFLICT', 'This invitation is no longer open.')
        await audit.append(tx, { event: 'ROLE_CHANGE', operation: 'invitations.revoke', outcome: 'ok', query: { id, email: revoked.email } })
      })
    },

    /** @throws AppError NOT_FOUND when it was used, revoked, is too old or was never made */
    async findOpen(token: string): Promise<OpenInvitation> {
      const hash = tokenHash(token)
      const invitation = await database.withToken(hash, (query) => invitations.findByToken(query, hash))
      if (invitation === undefined) throw new AppError('NOT_FOUND', 'This invitation was used already, was taken back or is too old. Ask for a new one.')
      return invitation
    },

    async view(invitation: OpenInvitation): Promise<InvitationView> {
      const [workspace, inviter] = await database.transaction(
        doorkeeper(invitation.workspaceId),
        async (tx) => [await workspaceName(tx), await findPerson(tx, invitation.invitedBy)] as const,
        { readOnly: true },
      )
      const account = await findAccountByEmail(accounts.query, invitation.email)
      return { email: invitation.email, role: invitation.role, workspace, invitedBy: inviter?.name ?? 'Somebody', hasAccount: account !== undefined }
    },

    /** Lets an account in, once. @throws AppError CONFLICT when the invitation is no longer open */
    async join(invitation: OpenInvitation, account: Pick<Account, 'id' | 'name'>): Promise<{ workspaceId: string; userId: string }> {
      const { workspaceId, email, role, teamId, id } = invitation
      const userId = await database.transaction(doorkeeper(workspaceId), async (tx) => {
        if (!(await invitations.acceptInvitation(tx, id))) throw new AppError('CONFLICT', 'This invitation is no longer open. Ask for a new one.')
        const person = await addMember(tx, accounts, { accountId: account.id, name: account.name, email, role, teamId })
        await audit.append(tx, { event: 'ROLE_CHANGE', operation: 'invitations.accept', outcome: 'ok', query: { id, userId: person, email, role } })
        return person
      })
      events.record({ type: 'configuration', severity: 'low', workspaceId, userId, details: { what: 'member_joined', role } })
      return { workspaceId, userId }
    },

    /** What somebody whose address is proven was invited to. */
    async listFor(email: string): Promise<OpenInvitation[]> {
      const hash = emailHash(email)
      return database.withToken(hash, (query) => invitations.listByEmail(query, hash))
    },

    async removeOld(workspaceId: string): Promise<void> {
      await database.transaction(doorkeeper(workspaceId), (tx) => invitations.deleteOld(tx))
    },
  }
}

function personOf(actor: Actor) {
  if (actor.type !== 'user') throw new AppError('FORBIDDEN', 'Only a person invites others.')
  return actor
}

/** Owners are made by owners. */
export function refuseHigherRole(own: Role, role: Role): void {
  if (role === 'owner' && own !== 'owner') throw new AppError('FORBIDDEN', 'Only an owner can do this with an owner.')
}
