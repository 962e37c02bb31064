import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Clock } from '#backend/kernel/clock.ts'
import type { Release } from '#contracts/deployment.ts'
import type { HealthService } from './health.service.ts'
import type { ProcessFigures } from './process-figures.ts'

const serviceSchema = z.object({ name: z.string(), status: z.string(), latencyMs: z.number().nullable().optional(), lagSeconds: z.number().optional() })
const answerSchema = z.object({
  status: z.string(),
  timestamp: z.string(),
  uptime: z.number().optional(),
  version: z.string().optional(),
  services: z.array(serviceSchema).optional(),
  metrics: z.record(z.string(), z.unknown()).optional(),
  deployment: z.record(z.string(), z.unknown()).optional(),
})
const configSchema = z.object({ valid: z.boolean(), errors: z.array(z.string()), warnings: z.array(z.string()) })

export interface HealthRoutesDependencies {
  health: HealthService
  clock: Clock
  release: Release
  readFigures: () => ProcessFigures
  /** Names of variables with a problem, never their values. */
  inspectConfig: () => { errors: string[]; warnings: string[] }
}

/** `GET /api/health`: basic, liveness, readiness, detailed, config; figures only for an operator. */
export function healthRoutes({ health, clock, release, readFigures, inspectConfig }: HealthRoutesDependencies): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'public' } as const
    const tags = ['Health']
    const timestamp = () => clock.now().toISOString()

    app.get(
      '/api/health',
      {
        config,
        schema: {
          tags,
          summary: 'Health',
          querystring: z.object({ check: z.enum(['basic', 'liveness', 'readiness', 'detailed', 'config']).default('basic') }),
          response: { 200: z.union([configSchema, answerSchema]), 503: z.union([configSchema, answerSchema]) },
        },
      },
      async (request, reply) => {
        const isOperator = request.maybeActor?.type === 'user' && ['owner', 'admin'].includes(request.maybeActor.role)
        const forOperator = isOperator ? { uptime: Math.round(process.uptime()), version: release.version } : {}
        switch (request.query.check) {
          case 'basic':
            return { status: 'ok', timestamp: timestamp(), ...forOperator }
          case 'liveness':
            // Whoever reads this has been answered by the event loop.
            return { status: 'ok', timestamp: timestamp() }
          case 'readiness': {
            const ready = await health.isReady()
            return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not_ready', timestamp: timestamp() })
          }
          case 'detailed': {
            const { status, services } = await health.checkAll()
            const shown = isOperator ? services : services.map(({ name, status: state }) => ({ name, status: state }))
            const figures = isOperator ? { metrics: { ...readFigures() }, deployment: { ...release } } : {}
            return reply.code(status === 'unhealthy' ? 503 : 200).send({ status, timestamp: timestamp(), services: shown, ...forOperator, ...figures })
          }
          case 'config': {
            const { errors, warnings } = inspectConfig()
            return reply.code(errors.length === 0 ? 200 : 503).send({ valid: errors.length === 0, errors, warnings })
          }
        }
      },
    )

    app.get(
      '/api/health/database',
      { config, schema: { tags, summary: 'Health of the database', response: { 200: answerSchema, 503: answerSchema } } },
      async (_request, reply) => {
        const database = await health.checkDatabase()
        return reply.code(database.status === 'healthy' ? 200 : 503).send({ status: database.status, timestamp: timestamp() })
      },
    )
  }
}
