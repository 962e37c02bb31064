import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { changeFlagsSchema, deploymentSchema, flagHistorySchema } from '#contracts/deployment.ts'
import type { DeploymentService } from './deployment.service.ts'

/** `GET /api/deployment`, `PATCH /api/deployment/flags`, `GET /api/deployment/flags/history`: for operators. */
export function deploymentRoutes({ deployment }: { deployment: DeploymentService }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'workspace:admin' } as const
    const tags = ['deployment']

    app.get('/api/deployment', { config, schema: { tags, summary: 'What runs here', response: { 200: deploymentSchema } } }, (request) =>
      deployment.describe(request.actor),
    )

    app.patch(
      '/api/deployment/flags',
      { config, schema: { tags, summary: 'Switch features', body: changeFlagsSchema, response: { 200: deploymentSchema } } },
      (request) => deployment.changeFlags(request.actor, request.body),
    )

    app.get(
      '/api/deployment/flags/history',
      { config, schema: { tags, summary: 'Who switched which feature when', response: { 200: flagHistorySchema } } },
      (request) => deployment.history(request.actor),
    )
  }
}
