import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { forecastQuerySchema, forecastSchema } from '#contracts/forecast.ts'
import type { createForecastService } from './forecast.ts'

/** The forecast of the open deals. */
export function forecastRoutes({ forecasts }: { forecasts: ReturnType<typeof createForecastService> }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/crm/forecast',
      {
        config: { access: 'crm:read' },
        schema: {
          tags: ['CRM'],
          summary: 'What open deals are expected to bring, by month',
          querystring: forecastQuerySchema,
          response: { 200: forecastSchema },
        },
      },
      (request) => forecasts.getForecast(request.actor, request.query),
    )
  }
}
