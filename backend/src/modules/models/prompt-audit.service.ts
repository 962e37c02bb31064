import { type Database, sql } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { ModelExchange } from '#backend/infra/models/model-call.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { KeyRing, Operations } from '#backend/modules/security/index.ts'
import type { ModelExchanges, ModelExchangesQuery } from '#contracts/models.ts'

export interface PromptAuditOptions {
  database: Database
  operations: Operations
  keyRing: KeyRing
  logger: Pick<Logger, 'error'>
  /** Brings the calls that exchanges belong to into the books. */
  flush: () => Promise<void>
}

export type PromptAudit = ReturnType<typeof createPromptAudit>

type ExchangeRow = Omit<ModelExchanges['items'][number], 'prompt' | 'response' | 'isCut'> & { content: string }

const longestText = 500_000
const batchSize = 100
const scope = 'workspace:admin'

/** What was sent to models and what came back, encrypted, for owners and admins. */
export function createPromptAudit({ database, operations, keyRing, logger, flush }: PromptAuditOptions) {
  const writing = new Set<Promise<void>>()
  const settle = () => Promise.all(writing)

  return {
    /** Keeps an exchange, in the background. */
    keep({ call, prompt, response }: ModelExchange): void {
      const { workspaceId } = call.caller.actor
      const content = keyRing.encrypt(toText({ prompt, response }), identity(workspaceId, call.id))
      const stored: Promise<void> = database
        .transaction({ type: 'system', workspaceId, job: 'prompt audit' }, async (tx) => {
          await tx.query(
            sql`insert into model_exchanges (workspace_id, id, at, content) values (${tx.workspaceId}, ${call.id}, ${call.at.toISOString()}, ${content}) on conflict do nothing`,
          )
        })
        .catch((error: unknown) => logger.error({ err: error, call: call.id }, 'What was said to a model could not be kept'))
        .finally(() => writing.delete(stored))
      writing.add(stored)
    },

    /** Newest first. Reading is kept in the audit trail. */
    async list(actor: Actor, { limit, cursor, sessionId, userId }: ModelExchangesQuery): Promise<ModelExchanges> {
      const after = cursor === undefined ? undefined : parseCursor(cursor)
      await Promise.all([settle(), flush()])
      const query = { limit, ...(sessionId === undefined ? {} : { sessionId }), ...(userId === undefined ? {} : { userId }) }
      const rows = await operations.run(actor, { name: 'models.audit', scope, event: 'PROMPT_ACCESS', query, readOnly: true }, (tx) =>
        tx.query<ExchangeRow>(sql`
          select e.id, e.at, e.content, c.user_id as "userId", c.session_id as "sessionId", c.message_id as "messageId", c.agent, c.purpose, c.provider, c.model, c.outcome
          from model_exchanges e join model_calls c on c.workspace_id = e.workspace_id and c.id = e.id
          where e.workspace_id = ${tx.workspaceId}
            ${after === undefined ? sql`` : sql`and (e.at, e.id) < (${after.at}, ${after.id})`}
            ${sessionId === undefined ? sql`` : sql`and c.session_id = ${sessionId}`}
            ${userId === undefined ? sql`` : sql`and c.user_id = ${userId}`}
          order by e.at desc, e.id desc limit ${limit + 1}`),
      )
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        items: shown.map(({ content, ...row }) => ({ ...row, ...read(content, identity(actor.workspaceId, row.id)) })),
        nextCursor: rows.length > limit && last !== undefined ? `${last.at} ${last.id}` : null,
        total: null,
      }
    },

    /** Removes everything that was kept. @returns how many exchanges */
    async clear(actor: Actor): Promise<number> {
      await settle()
      const query = (removed: number) => ({ removed })
      return operations.run(actor, { name: 'models.audit.clear', scope, event: 'PROMPT_ACCESS', query }, async (tx) => {
        const rows = await tx.query(sql`delete from model_exchanges where workspace_id = ${tx.workspaceId} returning id`)
        return rows.length
      })
    },

    /** Encrypts a workspace's exchanges anew under the current key, a batch a transaction. */
    async rotate(workspaceId: string): Promise<{ rotated: number; failed: number }> {
      const result = { rotated: 0, failed: 0 }
      let last = '00000000-0000-0000-0000-000000000000'
      for (;;) {
        const count = await database.transaction({ type: 'system', workspaceId, job: 'keys rotate' }, async (tx) => {
          const rows = await tx.query<{ id: string; content: string }>(sql`
            select id, content from model_exchanges where workspace_id = ${workspaceId} and id > ${last} order by id limit ${batchSize}`)
          for (const { id, content } of rows) {
            last = id
            if (!keyRing.needsRotation(content)) continue
            const text = decrypt(content, identity(workspaceId, id))
            if (text === undefined) result.failed++
            else {
              await tx.query(
                sql`update model_exchanges set content = ${keyRing.encrypt(text, identity(workspaceId, id))} where workspace_id = ${workspaceId} and id = ${id}`,
              )
              result.rotated++
            }
          }
          return rows.length
        })
        if (count < batchSize) return result
      }
    },

    async close(): Promise<void> {
      await settle()
    },
  }

  /** Undefined when no key of this server reads it. */
  function decrypt(content: string, purpose: string): string | undefined {
    try {
      return keyRing.decrypt(content, purpose)
    } catch (error) {
      if (error instanceof AppError) return undefined
      throw error
    }
  }

  function read(content: string, purpose: string): { prompt: unknown; response: unknown; isCut: boolean } {
    const text = decrypt(content, purpose)
    if (text === undefined) return { prompt: null, response: null, isCut: false }
    return { isCut: false, ...(JSON.parse(text) as { prompt: unknown; response: unknown }) }
  }

  function parseCursor(cursor: string): { at: string; id: string } {
    const match = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([0-9a-f-]{36})$/.exec(cursor)
    if (match === null)
      throw new AppError('VALIDATION', 'The cursor is none of this list.', { details: [{ field: 'cursor', message: 'Take the one of the page before.' }] })
    return { at: match[1] as string, id: match[2] as string }
  }
}

function identity(workspaceId: string, id: string): string {
  return `model-exchange:${workspaceId}:${id}`
}

/** JSON that can be stored; of one that is too long the beginning, as text. */
function toText(exchange: { prompt: unknown; response: unknown }): string {
  const text = JSON.stringify(exchange)
  if (text.length <= longestText) return text
  const cut = (value: unknown) =>
    JSON.stringify(value ?? null)
      .slice(0, longestText / 2)
      .toWellFormed()
  return JSON.stringify({ prompt: cut(exchange.prompt), response: cut(exchange.response), isCut: true })
}
