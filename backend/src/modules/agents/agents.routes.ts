import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { agentHealthSchema, agentSchema, slashCommandSchema } from '#contracts/chat.ts'
import { wholeList, wholeListSchema } from '#contracts/lists.ts'
import type { AgentService } from './agents.service.ts'

/** `GET /api/agents`, `GET /api/agents/:id/health`, `GET /api/slash-commands` (public). */
export function agentRoutes({ agents }: { agents: AgentService }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/agents',
      {
        config: { access: 'chat' },
        schema: { tags: ['agents'], summary: 'Agents and whether they are available', response: { 200: wholeListSchema(agentSchema) } },
      },
      async (request) => wholeList(agents.list(request.actor)),
    )

    app.get(
      '/api/agents/:id/health',
      {
        config: { access: 'chat' },
        schema: { tags: ['agents'], summary: 'Health of one agent', params: z.object({ id: z.string().min(1).max(40) }), response: { 200: agentHealthSchema } },
      },
      (request) => agents.health(request.actor, request.params.id),
    )

    app.get(
      '/api/slash-commands',
      { config: { access: 'public' }, schema: { tags: ['agents'], summary: 'Slash commands', response: { 200: wholeListSchema(slashCommandSchema) } } },
      async () => wholeList(agents.slashCommands()),
    )
  }
}
