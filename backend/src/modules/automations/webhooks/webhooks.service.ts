import type { Transaction } from '#backend/infra/database/database.ts'
import { type Actor, actorName } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import type { Operations, SecretsService } from '#backend/modules/security/index.ts'
import type { ChangeWebhook, Delivery, MadeWebhook, NewWebhook, Webhook } from '#contracts/automations.ts'
import { webhookSecret } from './delivery-work.ts'
import { newWebhookSecret } from './signature.ts'
import { deleteWebhook, findDelivery, findWebhook, insertWebhook, listDeliveries, listWebhooks, replayDelivery, updateWebhook } from './webhooks.repository.ts'

/** Other programs that are told of what happens here; for owners and admins. */
export interface Webhooks {
  list(actor: Actor): Promise<Webhook[]>
  /** @throws AppError VALIDATION for an address that may not be reached */
  create(actor: Actor, webhook: NewWebhook): Promise<MadeWebhook>
  /** With `secret` when another one was asked for. @throws AppError NOT_FOUND, VALIDATION */
  change(actor: Actor, id: string, change: ChangeWebhook): Promise<Webhook & { secret?: string }>
  /** @throws AppError NOT_FOUND */
  delete(actor: Actor, id: string): Promise<void>
  /** The newest first. @throws AppError NOT_FOUND */
  deliveries(
    actor: Actor,
    id: string,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: Delivery[]; nextCursor: string | null; total: number }>
  /** Sends an event once more, under its own id. @throws AppError NOT_FOUND, CONFLICT while the webhook is off */
  replay(actor: Actor, id: string, deliveryId: string): Promise<Delivery>
}

const mostWebhooks = 20

export function createWebhooks({
  operations,
  secrets,
  clock,
  assertAllowedHost,
  allowHttp,
  wake,
}: {
  operations: Operations
  secrets: Pick<SecretsService, 'put' | 'remove'>
  clock: Clock
  /** @throws AppError VALIDATION */
  assertAllowedHost(host: string, port: number): Promise<void>
  /** Only where private addresses are allowed too. */
  allowHttp: boolean
  wake: () => void
}): Webhooks {
  const run = <T>(actor: Actor, name: string, work: (tx: Transaction) => Promise<T>, readOnly = false): Promise<T> =>
    operations.run(actor, { name: `automations.webhooks.${name}`, scope: 'workspace:admin', event: readOnly ? null : 'CONFIGURATION', readOnly }, work)
  const get = async (tx: Transaction, id: string): Promise<Webhook> => {
    const webhook = isUuid(id) ? await findWebhook(tx, id) : undefined
    if (webhook === undefined) throw notFound('The webhook')
    return webhook
  }

  /** Looked up before anything is kept, and again before each delivery. */
  async function check(address: string): Promise<string> {
    const url = new URL(address)
    if (url.username !== '' || url.password !== '') throw invalid('The address must not carry a user name or password; deliveries are signed instead.')
    if (url.protocol !== 'https:' && !allowHttp) throw invalid('Write an address that begins with https://.')
    await assertAllowedHost(url.hostname, url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port))
    url.hash = ''
    return url.href
  }

  return {
    list: (actor) => run(actor, 'list', listWebhooks, true),
    async create(actor, webhook) {
      operations.require(actor, 'workspace:admin', 'automations.webhooks.create')
      const url = await check(webhook.url)
      const [id, secret] = [newId(), newWebhookSecret()]
      return run(actor, 'create', async (tx) => {
        if ((await listWebhooks(tx)).length >= mostWebhooks) throw new AppError('CONFLICT', `There are ${mostWebhooks} webhooks already; delete one first.`)
        await insertWebhook(tx, { ...webhook, id, url }, { by: actorName(actor), now: clock.now().toISOString() })
        await secrets.put(tx, { ...webhookSecret(id), value: secret })
        return { ...(await get(tx, id)), secret }
      })
    },
    async change(actor, id, { newSecret, ...change }) {
      operations.require(actor, 'workspace:admin', 'automations.webhooks.change')
      const url = change.url === undefined ? undefined : await check(change.url)
      const changed = await run(actor, 'change', async (tx) => {
        const before = await get(tx, id)
        const { events = before.events, description = before.description, enabled = before.enabled } = change
        await updateWebhook(tx, { id, url: url ?? before.url, events, description, enabled }, clock.now().toISOString())
        const secret = newSecret === true ? newWebhookSecret() : undefined
        if (secret !== undefined) await secrets.put(tx, { ...webhookSecret(id), value: secret })
        return { ...(await get(tx, id)), ...(secret === undefined ? {} : { secret }) }
      })
      wake()
      return changed
    },
    delete: (actor, id) =>
      run(actor, 'delete', async (tx) => {
        if (!isUuid(id) || !(await deleteWebhook(tx, id))) throw notFound('The webhook')
        await secrets.remove(tx, webhookSecret(id))
      }),
    deliveries: (actor, id, { limit, cursor }) =>
      run(
        actor,
        'deliveries',
        async (tx) => {
          await get(tx, id)
          if (cursor !== undefined && !isUuid(cursor)) throw new AppError('VALIDATION', 'The cursor is not one this list gave out; start from the first page.')
          const { items, total } = await listDeliveries(tx, id, { limit: limit + 1, before: cursor })
          const shown = items.slice(0, limit)
          const last = items.length > limit ? shown.at(-1) : undefined
          return { items: shown, nextCursor: last?.id ?? null, total }
        },
        true,
      ),
    async replay(actor, id, deliveryId) {
      const queued = await run(actor, 'replay', async (tx) => {
        const { enabled } = await get(tx, id)
        const delivery = isUuid(deliveryId) ? await findDelivery(tx, id, deliveryId) : undefined
        if (delivery === undefined) throw notFound('The delivery')
        if (!enabled) throw new AppError('CONFLICT', 'This webhook is switched off; switch it on and try again.')
        const again = newId()
        await replayDelivery(tx, delivery, again)
        return (await findDelivery(tx, id, again)) as Delivery
      })
      wake()
      return queued
    },
  }
}

function invalid(message: string): AppError {
  return new AppError('VALIDATION', message, { details: [{ field: 'url', message }] })
}
