import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { wholeList, wholeListSchema } from '#contracts/lists.ts'
import { pipelineReportSchema } from '#contracts/pipeline.ts'
import { queryResultSchema, typedQuerySchema } from '#contracts/query.ts'
import { customFieldInputSchema, customFieldSchema, searchHitSchema } from '#contracts/records.ts'
import type { CrmQuestions } from './crm-questions.service.ts'
import { forecastRoutes } from './pipelines/forecast.routes.ts'
import type { createForecastService } from './pipelines/forecast.ts'
import type { createPipelineReportService } from './pipelines/pipeline-report.ts'
import { hiddenFieldsRoutes } from './settings/hidden-fields.routes.ts'
import type { HiddenFieldsService } from './settings/hidden-fields.service.ts'
import { workspaceSettingsRoutes } from './settings/workspace-settings.routes.ts'
import type { WorkspaceSettingsService } from './settings/workspace-settings.service.ts'
import { viewRoutes } from './views/views.routes.ts'
import type { ViewsService } from './views/views.service.ts'

export interface CrmRoutesDependencies {
  questions: CrmQuestions
  pipelineReport: ReturnType<typeof createPipelineReportService>
  views: ViewsService
  forecasts: ReturnType<typeof createForecastService>
  workspaceSettings: WorkspaceSettingsService
  hiddenFields: HiddenFieldsService
}

/** Questions across records: search, typed query, saved views, pipeline report, custom fields, the workspace's settings. */
export function crmRoutes({ questions, pipelineReport, views, forecasts, workspaceSettings, hiddenFields }: CrmRoutesDependencies): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'crm:read' } as const
    const tags = ['CRM']
    await app.register(viewRoutes({ views }))
    await app.register(forecastRoutes({ forecasts }))
    await app.register(workspaceSettingsRoutes({ workspaceSettings }))
    await app.register(hiddenFieldsRoutes({ hiddenFields }))

    app.get(
      '/api/crm/search',
      {
        config,
        schema: {
          tags,
          summary: 'Find records by name, e-mail, phone or words, typos allowed',
          querystring: z.object({
            q: z.string().trim().min(1).max(300),
            entity: z.string().max(200).optional(),
            limit: z.coerce.number().int().min(1).max(200).default(20),
          }),
          response: { 200: z.object({ items: z.array(searchHitSchema).readonly(), nextCursor: z.null(), total: z.null() }) },
        },
      },
      async (request) => ({ items: await questions.search(request.actor, request.query), nextCursor: null, total: null }),
    )

    app.post(
      '/api/crm/query',
      { config, schema: { tags, summary: 'Answer a typed query', body: typedQuerySchema, response: { 200: queryResultSchema } } },
      (request) => questions.query(request.actor, request.body),
    )

    app.get(
      '/api/crm/pipeline',
      {
        config,
        schema: {
          tags,
          summary: 'Where the deals of each pipeline stand',
          querystring: z.object({ pipelineId: z.string().max(60).optional() }),
          response: { 200: pipelineReportSchema },
        },
      },
      (request) => pipelineReport.getPipelineReport(request.actor, request.query.pipelineId),
    )

    app.get(
      '/api/crm/custom-fields',
      {
        config,
        schema: {
          tags,
          summary: "The workspace's own fields",
          querystring: z.object({ entity: z.string().max(40).optional() }),
          response: { 200: wholeListSchema(customFieldSchema) },
        },
      },
      async (request) => wholeList(await questions.listCustomFields(request.actor, request.query.entity)),
    )

    app.post(
      '/api/crm/custom-fields',
      { config: { access: 'crm:write' }, schema: { tags, summary: 'Add a field', body: customFieldInputSchema, response: { 201: customFieldSchema } } },
      async (request, reply) => reply.code(201).send(await questions.addCustomField(request.actor, request.body)),
    )
  }
}
