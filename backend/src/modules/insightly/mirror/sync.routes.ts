import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { insightlyAccessSchema, insightlyTrialSchema, syncAcceptedSchema, syncRequestSchema, syncRunSchema, syncStatusSchema } from '#contracts/sync.ts'
import { RunUnderWay, type SyncService } from './sync.service.ts'

const path = '/api/crm/sync'
const hookBytes = 1_048_576

/** `/api/crm/sync`: the mirror of an Insightly account, and the address to which its workflows report changes. */
export function syncRoutes({ sync }: { sync: SyncService }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'workspace:admin' } as const
    const tags = ['Insightly']
    const status = { 200: syncStatusSchema }
    const accepted = { 202: syncAcceptedSchema }

    // Beside the error itself the run that is in the way, so that a program can follow it.
    app.addHook('preSerialization', async (_request, reply, payload) => {
      const { runUnderWay } = reply as { runUnderWay?: string }
      return runUnderWay === undefined ? payload : { ...(payload as object), runId: runUnderWay }
    })

    app.get(path, { config: { access: 'crm:read' }, schema: { tags, summary: 'How the mirror stands', response: status } }, (request) =>
      sync.status(request.actor),
    )
    app.post(
      path,
      { config, schema: { tags, summary: 'Start a run: full, incremental or reconcile', body: syncRequestSchema, response: accepted } },
      async (request, reply) => {
        const { mode, confirmDeletions = false } = request.body
        try {
          return await reply.code(202).send({ runId: await sync.start(request.actor, { mode, mayDeleteMost: confirmDeletions }) })
        } catch (error) {
          if (error instanceof RunUnderWay && error.runId !== null) Object.assign(reply, { runUnderWay: error.runId })
          throw error
        }
      },
    )
    for (const change of ['pause', 'resume', 'cancel'] as const)
      app.post(
        `${path}/${change}`,
        { config, schema: { tags, summary: `${change[0]?.toUpperCase()}${change.slice(1)} the run`, response: status } },
        (request) => sync.change(request.actor, change),
      )
    app.get(
      `${path}/runs`,
      {
        config,
        schema: {
          tags,
          summary: 'The last runs',
          querystring: z.object({ limit: z.coerce.number().int().min(1).max(200).default(20) }),
          response: { 200: z.object({ items: z.array(syncRunSchema), nextCursor: z.null(), total: z.null() }) },
        },
      },
      async (request) => ({ items: await sync.listRuns(request.actor, request.query.limit), nextCursor: null, total: null }),
    )
    app.post(
      `${path}/test`,
      {
        config,
        schema: {
          tags,
          summary: 'Try an address and a key, and count what would be copied',
          body: insightlyAccessSchema,
          response: { 200: insightlyTrialSchema },
        },
      },
      (request) => sync.test(request.actor, request.body),
    )
    app.post(
      `${path}/connect`,
      { config, schema: { tags, summary: 'Keep address and key, and begin to copy', body: insightlyAccessSchema, response: accepted } },
      async (request, reply) => reply.code(202).send({ runId: await sync.connect(request.actor, request.body) }),
    )
    app.post(`${path}/leave`, { config, schema: { tags, summary: 'Stop mirroring and keep every record', response: status } }, (request) =>
      sync.leave(request.actor),
    )

    app.post(
      '/api/hooks/insightly/:token',
      {
        bodyLimit: hookBytes,
        config: { access: 'public', bodyIsData: true },
        schema: {
          tags,
          summary: 'A workflow of Insightly says that a record was changed',
          params: z.object({ token: z.string().max(100) }),
          body: z.unknown(),
          response: { 202: z.null() },
        },
      },
      async (request, reply) => {
        await sync.hint(request.params.token, request.body)
        return reply.code(202).send(null)
      },
    )
  }
}
