import { randomBytes, randomUUID } from 'node:crypto'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import pino from 'pino'
import { inject, onTestFinished } from 'vitest'
import type { Role } from '#backend/kernel/actor.ts'
import { runInRequest } from '#backend/kernel/request-context.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { accessRoutes } from '../access.routes.ts'
import { type AccessOptions, type AccessService, createAccessService } from '../access.service.ts'
import type { AuditTrail, NewAuditEntry } from '../audit/audit-trail.ts'
import { createKeyRing } from '../encryption/key-ring.ts'
import type { NewSecurityEvent } from '../events/security-event.ts'
import { createMemoryPoints } from '../limits/memory-points.ts'
import { createPointKey } from '../limits/point-key.ts'
import { createSignInGuard } from '../limits/sign-in-guard.ts'
import type { Mailer } from '../mail/mailer.ts'
import { createOperations, type Operations } from '../operations.ts'
import { insertAccount } from './accounts.repository.ts'
import { type AccountsDatabase, openAccountsDatabase } from './accounts-database.ts'
import { putMembership } from './memberships.repository.ts'
import { createPasswords } from './passwords.ts'

/** What the real server does before a route is reached; handed in, since modules do not know it. */
export interface HttpParts {
  registerErrors(app: FastifyInstance): void
  registerIdentity(app: FastifyInstance, options: { access: AccessService; appUrl: string }): void
  registerAuthorisation(app: FastifyInstance, options: { operations: Operations }): void
}

export const siteUrl = 'http://127.0.0.1:3998'
export const sitePassword = 'blue-harbour-quilt-94'
export const siteAdminKey = 'site-admin-key-site-admin-key-site-admin-key'

export interface Answer {
  status: number
  body: Record<string, never>
  headers: Record<string, unknown>
}

/** A browser of one person: keeps cookies, sends its origin and the token of its page. */
export interface Browser {
  jar: Map<string, string>
  send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

export interface Site extends TestWorkspace {
  server: FastifyInstance
  access: AccessService
  accounts: AccountsDatabase
  entries: NewAuditEntry[]
  events: NewSecurityEvent[]
  browser(ip?: string): Browser
  /** Somebody of the workspace with an account and the password of the site. */
  person(role: Role, options?: { email?: string; name?: string }): Promise<{ userId: string; accountId: string; email: string; name: string }>
  /** A browser in which that person has signed in with the password. */
  signedIn(email: string): Promise<Browser>
  /** JSON with a bearer token, without cookies. */
  withKey(key: string, method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<Answer>
}

export interface SiteOptions {
  mailer?: Mailer
  security?: Partial<AccessOptions['security']>
  passwords?: AccessOptions['passwords']
  appUrl?: string
  listen?: boolean
  workspace?: TestWorkspace
  keyRing?: AccessOptions['keyRing']
}

/** The routes of accounts on a real database, behind the server's own checks. */
export async function createSite(http: HttpParts, options: SiteOptions = {}): Promise<Site> {
  const workspace = options.workspace ?? (await createTestWorkspace())
  const { database, actor } = workspace
  const logger = pino({ level: 'silent' })
  const entries: NewAuditEntry[] = []
  const events: NewSecurityEvent[] = []
  const audit: AuditTrail = {
    async append(_tx, entry) {
      entries.push(entry)
    },
    note: (_actor, entry) => entries.push(entry),
  }
  const sink = { record: (event: NewSecurityEvent) => events.push(event) }
  const appUrl = options.appUrl ?? siteUrl
  const passwords = options.passwords ?? createPasswords()
  const clock = { now: () => new Date() }
  const guard = createSignInGuard({
    database,
    clock,
    store: createMemoryPoints(),
    keyOf: createPointKey(randomUUID()),
    events: sink,
    logger,
    homeWorkspaceId: actor.workspaceId,
    maxFailures: 5,
    lockoutMs: 60_000,
    rateLimitMax: 1000,
    rateLimitWindowMs: 60_000,
  })
  const access = createAccessService({
    database,
    accountsUrl: inject('accountsUrl'),
    connectionTimeoutMs: 5000,
    owner: actor,
    appUrl,
    security: { adminApiKey: siteAdminKey, sessionSecret: 's'.repeat(40), csrfSecret: 'c'.repeat(40), ...options.security },
    keyRing: options.keyRing ?? createKeyRing({ current: 'e'.repeat(40) }),
    guard,
    audit,
    events: sink,
    mailer: options.mailer,
    logger,
    passwords,
  })
  const accounts = openAccountsDatabase({ connectionString: inject('accountsUrl'), connectionTimeoutMs: 5000, onError: () => undefined })
  const server = Fastify({ loggerInstance: logger as FastifyBaseLogger })
  server.setValidatorCompiler(validatorCompiler)
  server.setSerializerCompiler(serializerCompiler)
  http.registerErrors(server)
  server.addHook('onRequest', (request, _reply, done) => {
    const ip = String(request.headers['x-test-address'] ?? '203.0.113.9')
    runInRequest({ requestId: request.id, ip, userAgent: request.headers['user-agent'] ?? 'test' }, done)
  })
  http.registerIdentity(server, { access, appUrl })
  http.registerAuthorisation(server, { operations: createOperations({ database, audit, events: sink }) })
  await server.register(accessRoutes({ access }))
  server.get('/api/crm/probe', { config: { access: 'crm:read' } }, async (request) => ({ actor: request.actor }))
  await server.ready()
  onTestFinished(async () => {
    await server.close()
    await access.close()
    await accounts.close()
  })

  async function send(
    method: string,
    url: string,
    headers: Record<string, string>,
    body: unknown,
  ): Promise<Answer & { cookies: { name: string; value: string }[] }> {
    const response = await server.inject({ method: method as 'GET', url, headers, ...(body === undefined ? {} : { payload: body as object }) })
    const isJson = response.headers['content-type']?.toString().includes('json')
    return { status: response.statusCode, body: isJson ? response.json() : {}, headers: response.headers, cookies: response.cookies }
  }

  const hash = await passwords.hash(sitePassword)
  const site: Site = {
    ...workspace,
    server,
    access,
    accounts,
    entries,
    events,
    browser(ip) {
      const jar = new Map<string, string>()
      return {
        jar,
        async send(method, url, body, extra = {}) {
          const headers: Record<string, string> = { origin: new URL(appUrl).origin, ...(ip === undefined ? {} : { 'x-test-address': ip }) }
          if (jar.size > 0) headers.cookie = [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
          if (method !== 'GET' && jar.has('chatsg_session') && !url.startsWith('/api/auth/sign-in/')) {
            const { body: csrf } = await send('GET', '/api/auth/csrf', headers, undefined)
            if (typeof csrf.token === 'string') headers['x-csrf-token'] = csrf.token
          }
          const answer = await send(method, url, { ...headers, ...extra }, body)
          for (const { name, value } of answer.cookies) {
            if (value === '') jar.delete(name)
            else jar.set(name, value)
          }
          return answer
        },
      }
    },
    async person(role, { email = `${randomBytes(6).toString('hex')}@example.com`, name = `Test ${role}` } = {}) {
      const member = await workspace.member(role, name)
      await workspace.gold('update users set email = $1 where id = $2', [email, member.userId])
      const accountId = await accounts.transaction(async (query) => {
        const id = await insertAccount(query, { name, email, emailVerified: true, passwordHash: hash })
        await putMembership(query, { accountId: id, workspaceId: workspace.workspaceId, userId: member.userId })
        return id
      })
      return { userId: member.userId, accountId, email, name }
    },
    async signedIn(email) {
      const browser = site.browser()
      const answer = await browser.send('POST', '/api/auth/sign-in/email', { email, password: sitePassword })
      if (answer.status !== 200) throw new Error(`Signing in failed: ${JSON.stringify(answer.body)}`)
      return browser
    },
    withKey: (key, method, url, body) => send(method, url, { authorization: `Bearer ${key}` }, body),
  }
  return site
}
