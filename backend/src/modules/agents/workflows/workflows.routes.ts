import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { startWorkflowSchema, workflowListSchema, workflowRunSchema } from '#contracts/workflows.ts'
import type { WorkflowsService } from './workflows.service.ts'

const one = z.object({ id: z.uuid() })

/** `/api/workflows`: work of several agents, with its trace. */
export function workflowRoutes({ workflows }: { workflows: WorkflowsService }): FastifyPluginAsyncZod {
  return async (app) => {
    const tags = ['workflows']
    const reading = { access: 'chat' } as const
    const writing = { access: 'crm:write' } as const

    app.post(
      '/api/workflows',
      { config: writing, schema: { tags, summary: 'Start a workflow of agents', body: startWorkflowSchema, response: { 202: workflowRunSchema } } },
      async (request, reply) => reply.code(202).send(await workflows.start(request.actor, request.body)),
    )
    app.get('/api/workflows', { config: reading, schema: { tags, summary: 'Workflows, newest first', response: { 200: workflowListSchema } } }, (request) =>
      workflows.list(request.actor),
    )
    app.get(
      '/api/workflows/:id',
      { config: reading, schema: { tags, summary: 'A workflow with its trace', params: one, response: { 200: workflowRunSchema } } },
      (request) => workflows.get(request.actor, request.params.id),
    )
    app.post(
      '/api/workflows/:id/cancel',
      { config: writing, schema: { tags, summary: 'Stop a workflow before its next step', params: one, response: { 200: workflowRunSchema } } },
      (request) => workflows.cancel(request.actor, request.params.id),
    )
  }
}
