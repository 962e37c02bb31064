import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  approvalListSchema,
  approvalPolicySchema,
  batchDecisionSchema,
  decisionSchema,
  newApprovalPolicySchema,
  proposalBatchSchema,
  proposalQuerySchema,
  proposalSchema,
  proposeSchema,
} from '#contracts/approvals.ts'
import { wholeList, wholeListSchema } from '#contracts/lists.ts'
import type { PoliciesService } from './policies.service.ts'
import type { Proposals } from './proposals.ts'

const params = z.object({ id: z.string().max(60) })
const batchParams = z.object({ batchId: z.string().max(60) })
const path = '/api/approvals'

/** `/api/approvals`: what agents and programs want changed, what people decided, and undo. */
export function approvalRoutes({ proposals, approvalPolicies: policies }: { proposals: Proposals; approvalPolicies: PoliciesService }): FastifyPluginAsyncZod {
  return async (app) => {
    const read = { access: 'crm:read' } as const
    const write = { access: 'crm:write' } as const
    const tags = ['Approvals']

    app.get(
      path,
      { config: read, schema: { tags, summary: 'List proposals, the newest first', querystring: proposalQuerySchema, response: { 200: approvalListSchema } } },
      (request) => proposals.list(request.actor, request.query),
    )
    app.post(
      path,
      { config: write, schema: { tags, summary: 'Propose changes, for a person to decide on', body: proposeSchema, response: { 201: proposalBatchSchema } } },
      async (request, reply) => {
        const { calls, source } = request.body
        const key = keyOf(request.headers['idempotency-key'])
        const batch = await proposals.propose(request.actor, {
          calls,
          source: { ...source, kind: source?.kind ?? 'api' },
          untrusted: false,
          ...(key === undefined ? {} : { key }),
        })
        return reply.code(201).header('location', `${path}?batchId=${batch.batchId}`).send(batch)
      },
    )
    app.get(
      `${path}/policies`,
      {
        config: read,
        schema: {
          tags,
          summary: 'List what is approved without asking',
          querystring: z.object({ history: z.enum(['true', 'false']).default('false').describe('Also what was revoked') }),
          response: { 200: wholeListSchema(approvalPolicySchema) },
        },
      },
      async (request) => wholeList(await policies.list(request.actor, request.query.history === 'true')),
    )
    app.post(
      `${path}/policies`,
      {
        config: write,
        schema: { tags, summary: 'Say what needs no asking, or needs it again', body: newApprovalPolicySchema, response: { 201: approvalPolicySchema } },
      },
      async (request, reply) => reply.code(201).send(await policies.create(request.actor, request.body)),
    )
    app.delete(
      `${path}/policies/:id`,
      { config: write, schema: { tags, summary: 'Revoke a policy', params, response: { 204: z.null() } } },
      async (request, reply) => {
        await policies.revoke(request.actor, request.params.id)
        return reply.code(204).send(null)
      },
    )
    app.get(`${path}/:id`, { config: read, schema: { tags, summary: 'Get one proposal', params, response: { 200: proposalSchema } } }, (request) =>
      proposals.get(request.actor, request.params.id),
    )
    app.post(
      `${path}/:id`,
      {
        config: write,
        schema: { tags, summary: 'Approve or reject one proposal; approving carries it out', params, body: decisionSchema, response: { 200: proposalSchema } },
      },
      (request) => proposals.decide(request.actor, request.params.id, request.body),
    )
    app.post(
      `${path}/:id/undo`,
      { config: write, schema: { tags, summary: 'Undo what was carried out', params, response: { 200: proposalSchema } } },
      (request) => proposals.undo(request.actor, request.params.id),
    )
    app.post(
      `${path}/batches/:batchId`,
      {
        config: write,
        schema: {
          tags,
          summary: 'Approve or reject all that is pending of a batch, as one',
          params: batchParams,
          body: batchDecisionSchema,
          response: { 200: proposalBatchSchema },
        },
      },
      (request) => proposals.decideBatch(request.actor, request.params.batchId, request.body),
    )
    app.post(
      `${path}/batches/:batchId/undo`,
      {
        config: write,
        schema: { tags, summary: 'Undo all that was carried out of a batch, as one', params: batchParams, response: { 200: proposalBatchSchema } },
      },
      (request) => proposals.undoBatch(request.actor, request.params.batchId),
    )
  }
}

/** A client that repeats a request under the same key gets the same batch. */
function keyOf(header: string | string[] | undefined): string | undefined {
  const key = Array.isArray(header) ? header[0] : header
  return key === undefined || key.trim() === '' ? undefined : `api:${key.trim().slice(0, 200)}`
}
