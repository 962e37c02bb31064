import fastify from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import { teamRoutes } from './teams.routes.ts'

describe('/api/teams', () => {
  it('states who may call each route, checks names and hands the rest to the service', async () => {
    const id = newId()
    const calls: unknown[] = []
    const team = (name: string) => ({ id, name, members: 0 })
    const access: Record<string, unknown> = {}
    const server = fastify().setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler)
    server.addHook('onRoute', ({ method, url, config }) => {
      if (method !== 'HEAD') access[`${method} ${url}`] = (config as { access?: unknown } | undefined)?.access
    })
    server.decorateRequest('actor', { getter: (): Actor => ({ type: 'system', workspaceId: id, job: 'test' }) })
    await server.register(
      teamRoutes({
        teams: {
          listTeams: async () => [team('North')],
          createTeam: async (_actor, { name }) => team(name),
          renameTeam: async (_actor, of, { name }) => ({ ...team(name), id: of }),
          deleteTeam: async (_actor, of) => void calls.push(of),
        },
      }),
    )
    expect(access).toEqual({
      'GET /api/teams': 'crm:read',
      'POST /api/teams': 'workspace:admin',
      'PATCH /api/teams/:id': 'workspace:admin',
      'DELETE /api/teams/:id': 'workspace:admin',
    })
    expect((await server.inject('/api/teams')).json()).toEqual({ items: [team('North')], nextCursor: null, total: 1 })
    expect((await server.inject({ method: 'POST', url: '/api/teams', payload: { name: ' South ' } })).json()).toEqual(team('South'))
    expect((await server.inject({ method: 'POST', url: '/api/teams', payload: { name: ' ' } })).statusCode).toBe(400)
    expect((await server.inject({ method: 'PATCH', url: `/api/teams/${id}`, payload: { name: 'East' } })).json()).toEqual(team('East'))
    expect((await server.inject({ method: 'DELETE', url: `/api/teams/${id}` })).statusCode).toBe(204)
    expect(calls).toEqual([id])
  })
})
