import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { InsightlyMetrics } from './client/call-outcome.ts'
import { type Connectivity, describeLatency, finish, toLatency } from './connectivity-check.ts'
import { type Connection, readConnection } from './mirror/connections.repository.ts'
import { type ConnectionsOptions, createConnections } from './mirror/connections.ts'

export interface ConnectivityOptions extends Omit<ConnectionsOptions, 'metrics'> {
  operations: Operations
  actor: Actor
  /** The machine's, which no setting freezes. */
  clock: Clock
  /** How many pipelines the CRM here has. */
  countPipelines: () => Promise<number>
}

const pings = 5

/** Asks the CRM behind the configuration: the Insightly account of the workspace, else the database here. What it finds holds no key. */
export async function checkConnectivity(options: ConnectivityOptions): Promise<Connectivity> {
  const { operations, actor, apiKey } = options
  const reading = { name: 'sync.connectivity', scope: 'workspace:admin', event: null, readOnly: true } as const
  const connection = await operations.run(actor, reading, readConnection)
  if (connection?.state !== 'mirrored' && apiKey === undefined) return checkBuiltin(options)
  const found = await checkConnection(options, connection?.state === 'mirrored' ? connection : undefined)
  return withoutKey(found, apiKey)
}

async function checkConnection(options: ConnectivityOptions, connection: Connection | undefined): Promise<Connectivity> {
  const seen: { callTimesMs: number[]; quota: Parameters<InsightlyMetrics['noteQuota']>[0] | undefined } = { callTimesMs: [], quota: undefined }
  const metrics: InsightlyMetrics = {
    countCall: ({ outcome, durationMs }) => void (outcome === 'ok' && seen.callTimesMs.push(durationMs)),
    noteQuota(quota) {
      seen.quota = quota
    },
  }
  const { apiKey, apiUrl, requestTimeoutMs, clock, actor } = options
  const connections = createConnections({ ...options, metrics })
  const isTyped = connection?.keySource === 'workspace'
  const url = isTyped ? connection.url : apiUrl
  const refuse = (found: string, fix?: string) =>
    finish({
      mode: 'insightly',
      url,
      account: null,
      latencyMs: null,
      quota: null,
      checks: [{ check: 'configuration', status: 'problem', found, ...(fix === undefined ? {} : { fix }) }],
    })
  try {
    const opened = isTyped ? await connections.of(actor.workspaceId) : apiKey === undefined ? undefined : await connections.open(apiUrl, apiKey, false)
    if (opened === undefined)
      return isTyped
        ? refuse('the key that was entered for Insightly is not there any more', 'Enter it anew under Settings, Insightly.')
        : refuse('this workspace mirrors Insightly, and INSIGHTLY_API_KEY is not set', 'Set it again, or leave Insightly under Settings, Insightly.')
    const keyFrom = isTyped ? 'Settings, Insightly' : 'INSIGHTLY_API_KEY'
    const { checkAccount } = await import('./connectivity-account.ts')
    return await checkAccount({ client: opened.client, url, keyFrom, seen, requestTimeoutMs, clock })
  } catch (error) {
    if (error instanceof AppError && error.code === 'VALIDATION') return refuse(error.message)
    throw error
  } finally {
    await connections.close()
  }
}

async function checkBuiltin({ database, countPipelines }: ConnectivityOptions): Promise<Connectivity> {
  const times: number[] = []
  for (let index = 0; index < pings; index++) {
    const beganAt = performance.now()
    await database.ping()
    times.push(Math.round((performance.now() - beganAt) * 10) / 10)
  }
  const latencyMs = toLatency(times)
  const pipelines = await countPipelines()
  return finish({
    mode: 'builtin',
    url: null,
    account: null,
    latencyMs,
    quota: null,
    checks: [
      { check: 'connection', status: 'ok', found: 'no Insightly account is connected, so the CRM is the database here, and it answers' },
      ...(latencyMs === null ? [] : [{ check: 'latency', status: 'ok', found: describeLatency(latencyMs) } as const]),
      { check: 'pipelines', status: 'ok', found: `${pipelines} ${pipelines === 1 ? 'pipeline' : 'pipelines'} can be read` },
    ],
  })
}

/** A server that is not Insightly's may say back what it was sent. */
function withoutKey(connectivity: Connectivity, apiKey: string | undefined): Connectivity {
  const key = apiKey?.trim() ?? ''
  if (key === '') return connectivity
  const forms = [key, Buffer.from(`${key}:`).toString('base64'), Buffer.from(key).toString('base64').replace(/=+$/, '')]
  const mask = (text: string) => forms.reduce((masked, form) => masked.replaceAll(form, '[redacted]'), text)
  const { account, checks } = connectivity
  return { ...connectivity, account: account === null ? null : mask(account), checks: checks.map((check) => ({ ...check, found: mask(check.found) })) }
}
