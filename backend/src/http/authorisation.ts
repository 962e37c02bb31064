import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Scope } from '#backend/kernel/actor.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { pathOf } from './identity.ts'
import { hasBody } from './request-body.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route; every route of the API states it. */
    access?: 'public' | Scope
  }
}

const openToAll = /^\/api\/(auth|health|docs)(\/|$)/

/** Refuses by default: a route of the API that does not state who may call it cannot even be registered. */
export function registerAuthorisation(app: FastifyInstance, { operations }: { operations: Operations }): void {
  app.addHook('onRoute', (route) => {
    // The pages of the API's documentation belong to a library that does not know our rule.
    if (route.url.startsWith('/api/docs')) route.config = { ...route.config, access: 'public' }
    if (isApi(route.url) && route.config?.access === undefined)
      throw new Error(`The route ${String(route.method)} ${route.url} does not state who may call it.`)
  })
  // What a stranger sends is looked at before the stranger is turned away.
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.maybeActor !== undefined || !hasBody(request)) authorise(request)
    done()
  })
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.maybeActor === undefined && hasBody(request)) authorise(request)
    done()
  })

  function authorise(request: FastifyRequest): void {
    const required = request.routeOptions.config?.access
    // An unknown path says nothing to strangers either, but where everybody may look anyway.
    const path = pathOf(request)
    if (required === 'public' || (required === undefined && (!isApi(path) || openToAll.test(path)))) return
    const { actor } = request
    if (required === undefined) return
    operations.require(actor, required, `${request.method} ${request.routeOptions.url}`)
  }
}

/** What programs call, as opposed to pages. */
export function isApi(path: string): boolean {
  return /^\/(api|mcp|v1)(\/|\?|$)/.test(path)
}
