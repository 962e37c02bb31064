import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

/** OpenAPI 3.1 at `/api/openapi.json`, generated from the schemas that check every request, browsable at `/api/docs`. */
export async function registerApiDescription(app: FastifyInstance, { version }: { version: string }): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'ChatSG', version, description: 'Ask your customer relationships in plain words; records, queries, imports.' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'chatsg_session' } } },
      security: [{ bearer: [] }, { session: [] }],
    },
    transform(route) {
      const described = jsonSchemaTransform(route)
      const access = route.route.config?.access
      // What the caller's role and key must allow stands beside each operation.
      const stated = access === 'public' ? { security: [] } : {}
      return { ...described, schema: { ...described.schema, ...stated, ...(access === undefined ? {} : { 'x-access': access }) } }
    },
    transformObject: jsonSchemaTransformObject,
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', indexPrefix: '', uiConfig: { url: '/api/openapi.json' }, theme: { title: 'ChatSG API' } })
  app.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(app.swagger()),
  )
}
