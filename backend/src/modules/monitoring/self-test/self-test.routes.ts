import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  benchmarkSchema,
  selfTestCommandSchema,
  selfTestQuerySchema,
  selfTestReportSchema,
  selfTestRunDetailSchema,
  selfTestRunsSchema,
  systemReportSchema,
} from '#contracts/self-test.ts'
import { toMarkdown } from './markdown-report.ts'
import type { SelfTestService } from './self-test.service.ts'

/** `/api/test`: ChatSG tests itself in a database of its own; for owners and admins of the first workspace. */
export function selfTestRoutes({ selfTest }: { selfTest: SelfTestService }): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'workspace:admin' } as const
    const tags = ['Self-test']

    app.get(
      '/api/test',
      {
        config,
        schema: {
          tags,
          summary: 'Run all suites, or one, in a scratch database',
          querystring: selfTestQuerySchema,
          response: { 200: z.union([selfTestReportSchema, z.string()]) },
        },
      },
      async (request, reply) => {
        const report = await selfTest.runSuites(request.actor, request.query.suite)
        return request.query.format === 'json' ? report : reply.type('text/markdown; charset=utf-8').send(toMarkdown(report))
      },
    )
    app.post(
      '/api/test',
      {
        config,
        schema: {
          tags,
          summary: 'Run a suite, ask what is configured whether it answers, or time real operations',
          body: selfTestCommandSchema,
          response: { 200: z.union([selfTestReportSchema, systemReportSchema, benchmarkSchema]) },
        },
      },
      async ({ actor, body }) => {
        switch (body.action) {
          case 'run_suite':
            return selfTest.runSuites(actor, body.suite)
          case 'validate_system':
            return selfTest.validateSystem(actor)
          case 'benchmark':
            return selfTest.benchmark(actor)
        }
      },
    )
    app.get(
      '/api/test/runs',
      { config, schema: { tags, summary: 'The last runs, and the one that is going on', response: { 200: selfTestRunsSchema } } },
      (request) => selfTest.listRuns(request.actor),
    )
    app.get(
      '/api/test/runs/:id',
      { config, schema: { tags, summary: 'A run with its report', params: z.object({ id: z.string().max(60) }), response: { 200: selfTestRunDetailSchema } } },
      (request) => selfTest.getRun(request.actor, request.params.id),
    )
  }
}
