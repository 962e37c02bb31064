import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { isUuid } from '#backend/kernel/ids.ts'
import { wholeList, wholeListSchema } from '#contracts/lists.ts'
import { postureCheckSchema, securityEventSchema, securityEventTypeSchema, severitySchema } from '#contracts/security.ts'
import type { Bans } from './bans/bans.service.ts'
import type { SecurityEvents } from './events/security-events.service.ts'
import type { Posture } from './posture/posture.service.ts'

export interface SecurityRoutesOptions {
  events: SecurityEvents
  bans: Bans
  posture: Posture
  /** Encrypts the text, reads it back, and says whether both are equal. */
  testEncryption(text: string): { match: boolean }
}

const querySchema = z.object({
  action: z.enum(['events', 'stats', 'blocked_ips']),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  type: securityEventTypeSchema.optional(),
  severity: severitySchema.optional(),
  before: z.union([z.uuid(), z.iso.datetime({ offset: true })]).optional(),
})

const address = z.string().trim().min(2).max(64)
const commandSchema = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('block_ip'),
    data: z.object({ ip: address, minutes: z.int().min(1).max(43_200).optional(), reason: z.string().trim().min(1).max(500) }),
  }),
  z.object({ action: z.literal('unblock_ip'), data: z.object({ ip: address }) }),
  z.object({ action: z.literal('clear_events'), data: z.object({}).nullish() }),
  z.object({ action: z.literal('test_encryption'), data: z.object({ text: z.string().max(100_000) }) }),
])

const banSchema = z.object({
  ip: z.string(),
  reason: z.string(),
  automatic: z.boolean(),
  times: z.int(),
  createdAt: z.string(),
  expiresAt: z.string(),
  createdBy: z.string().nullable(),
})
const spansSchema = z.object({ hour: z.int(), day: z.int(), all: z.int() })
const answerSchema = z.object({
  success: z.boolean(),
  data: z.union([
    z.object({ events: z.array(securityEventSchema), total: z.int() }),
    z.object({
      counts: z.array(spansSchema.extend({ type: securityEventTypeSchema, severity: severitySchema })),
      total: spansSchema,
      topAddresses: z.array(z.object({ ip: z.string(), events: z.int() })),
    }),
    z.object({ blocked_ips: z.array(banSchema), total: z.int() }),
  ]),
})
const doneSchema = z.object({ success: z.boolean(), data: z.record(z.string(), z.unknown()) })
const allowedSchema = wholeListSchema(z.object({ network: z.string(), note: z.string(), createdAt: z.string(), createdBy: z.string().nullable() }))

/** `/api/security`: events, blocked addresses, the allow-list, posture. */
export function securityRoutes({ events, bans, posture, testEncryption }: SecurityRoutesOptions): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { access: 'workspace:admin' } as const
    const tags = ['Security']

    app.get(
      '/api/security',
      { config, schema: { tags, summary: 'Security events, their counts, or blocked addresses', querystring: querySchema, response: { 200: answerSchema } } },
      async ({ actor, query: { action, limit, type, severity, before } }) => {
        switch (action) {
          case 'events': {
            const older = before === undefined ? undefined : isUuid(before) ? { id: before } : { at: before }
            return { success: true, data: await events.list(actor, { limit, type, severity, before: older }) }
          }
          case 'stats':
            return { success: true, data: await events.stats(actor) }
          case 'blocked_ips': {
            const blocked = await bans.list(actor)
            return { success: true, data: { blocked_ips: blocked.slice(0, limit), total: blocked.length } }
          }
        }
      },
    )

    app.post(
      '/api/security',
      { config, schema: { tags, summary: 'Block, unblock, clear the list of events, test encryption', body: commandSchema, response: { 200: doneSchema } } },
      async ({ actor, body }) => {
        switch (body.action) {
          case 'block_ip':
            return { success: true, data: { ...(await bans.block(actor, body.data)) } }
          case 'unblock_ip':
            await bans.unblock(actor, body.data)
            return { success: true, data: { ip: body.data.ip } }
          case 'clear_events':
            return { success: true, data: { hidden: await events.clear(actor) } }
          case 'test_encryption': {
            const result = testEncryption(body.data.text)
            return { success: result.match, data: { ...result } }
          }
        }
      },
    )

    app.get(
      '/api/security/allow-list',
      { config, schema: { tags, summary: 'Addresses that are never blocked automatically', response: { 200: allowedSchema } } },
      async ({ actor }) => wholeList(await bans.listAllowed(actor)),
    )

    app.post(
      '/api/security/allow-list',
      {
        config,
        schema: {
          tags,
          summary: 'Add an address or network to the allow-list',
          body: z.object({ network: address, note: z.string().trim().max(200).optional() }),
          response: { 200: allowedSchema },
        },
      },
      async ({ actor, body }) => wholeList(await bans.allow(actor, body)),
    )

    app.delete(
      '/api/security/allow-list',
      {
        config,
        schema: {
          tags,
          summary: 'Take an address or network off the allow-list',
          querystring: z.object({ network: address }),
          response: { 200: allowedSchema },
        },
      },
      async ({ actor, query }) => {
        await bans.disallow(actor, query)
        return wholeList(await bans.listAllowed(actor))
      },
    )

    app.get(
      '/api/security/posture',
      { config, schema: { tags, summary: 'What is safe and what is not', response: { 200: z.object({ checks: z.array(postureCheckSchema) }) } } },
      async ({ actor }) => ({ checks: await posture.check(actor) }),
    )
  }
}
