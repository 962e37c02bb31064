import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  modelBudgetsChangeSchema,
  modelBudgetsSchema,
  modelExchangesQuerySchema,
  modelExchangesSchema,
  modelsSchema,
  modelUsageQuerySchema,
  modelUsageSchema,
} from '#contracts/models.ts'
import type { BudgetsService } from './budgets.service.ts'
import type { ModelsService } from './models.service.ts'
import type { PromptAudit } from './prompt-audit.service.ts'
import type { UsageService } from './usage.service.ts'

export interface ModelRoutesOptions {
  modelsService: ModelsService
  modelUsage: UsageService
  modelBudgets: BudgetsService
  promptAudit: PromptAudit
}

const tags = ['Models']

/** `/api/models`: which are asked, what they cost and may cost, and what was said to them. */
export function modelRoutes({ modelsService, modelUsage, modelBudgets, promptAudit }: ModelRoutesOptions): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/models',
      {
        config: { access: 'chat' },
        schema: { tags, summary: 'Models of each agent, limits, budgets, and whether the providers answer', response: { 200: modelsSchema } },
      },
      (request) => modelsService.getState(request.actor),
    )

    app.get(
      '/api/models/usage',
      {
        config: { access: 'chat' },
        schema: {
          tags,
          summary: 'Calls, tokens and cost by person, conversation, agent, day or model; owners and admins see everything, others their own',
          querystring: modelUsageQuerySchema,
          response: { 200: modelUsageSchema },
        },
      },
      (request) => modelUsage.getUsage(request.actor, request.query),
    )

    app.get(
      '/api/models/budgets',
      { config: { access: 'workspace:admin' }, schema: { tags, summary: 'What models may cost a day', response: { 200: modelBudgetsSchema } } },
      (request) => modelBudgets.getBudgets(request.actor),
    )

    app.patch(
      '/api/models/budgets',
      {
        config: { access: 'workspace:admin' },
        schema: {
          tags,
          summary: 'Set what models may cost a day: the workspace, each person, or single people',
          body: modelBudgetsChangeSchema,
          response: { 200: modelBudgetsSchema },
        },
      },
      (request) => modelBudgets.updateBudgets(request.actor, request.body),
    )

    app.get(
      '/api/models/audit',
      {
        config: { access: 'workspace:admin' },
        schema: {
          tags,
          summary: 'Prompts and answers of models, where LLM_AUDIT keeps them',
          querystring: modelExchangesQuerySchema,
          response: { 200: modelExchangesSchema },
        },
      },
      (request) => promptAudit.list(request.actor, request.query),
    )

    app.delete(
      '/api/models/audit',
      {
        config: { access: 'workspace:admin' },
        schema: { tags, summary: 'Remove all prompts and answers that were kept', response: { 200: z.object({ removed: z.int() }) } },
      },
      async (request) => ({ removed: await promptAudit.clear(request.actor) }),
    )
  }
}
