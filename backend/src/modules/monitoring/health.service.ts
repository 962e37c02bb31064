import { statfs } from 'node:fs/promises'
import type { Database } from '#backend/infra/database/database.ts'

export type ServiceStatus = 'healthy' | 'degraded' | 'unhealthy' | 'not_configured'

export interface ServiceHealth {
  name: string
  status: ServiceStatus
  latencyMs: number | null
  /** How far a copy is behind, where the part is one. */
  lagSeconds?: number
}

/** One part that ChatSG leans on, looked at without doing anything to it. */
export interface HealthCheck {
  name: string
  /** Failing, or taking too long, is being unhealthy. */
  check(): Promise<{ status: ServiceStatus; latencyMs?: number | null; lagSeconds?: number | undefined }>
}

export interface HealthOptions {
  database: Pick<Database, 'ping'>
  dataDir: string
  /** Parts beside the database and the disk, in the order in which they are told. */
  checks: readonly HealthCheck[]
  /** Bytes below which the disk counts as full. */
  minFreeBytes?: number
}

export type HealthService = ReturnType<typeof createHealthService>

const answerWithinMs = 3000

/** What works right now, measured when asked. */
export function createHealthService({ database, dataDir, checks, minFreeBytes = 100 * 1024 * 1024 }: HealthOptions) {
  let draining = false

  const disk: HealthCheck = {
    name: 'disk',
    async check() {
      const { bavail, bsize } = await statfs(dataDir)
      return { status: bavail * bsize > minFreeBytes ? 'healthy' : 'degraded' }
    },
  }

  async function checkDatabase(): Promise<ServiceHealth> {
    const started = performance.now()
    const answered = await inTime(database.ping().then(() => true))
    return { name: 'database', status: answered === true ? 'healthy' : 'unhealthy', latencyMs: Math.round((performance.now() - started) * 100) / 100 }
  }

  async function look({ name, check }: HealthCheck): Promise<ServiceHealth> {
    const found = await inTime(check())
    const lag = found?.lagSeconds === undefined ? {} : { lagSeconds: found.lagSeconds }
    return { name, status: found?.status ?? 'unhealthy', latencyMs: found?.latencyMs ?? null, ...lag }
  }

  return {
    startDraining(): void {
      draining = true
    },

    isDraining: () => draining,

    async isReady(): Promise<boolean> {
      return !draining && (await checkDatabase()).status === 'healthy'
    },

    checkDatabase,

    /** Every part; without the database nothing works, without another one less does. */
    async checkAll(): Promise<{ status: 'healthy' | 'degraded' | 'unhealthy'; services: ServiceHealth[] }> {
      const services = await Promise.all([checkDatabase(), ...checks.map(look), look(disk)])
      const isLame = services.some(({ status }) => status === 'degraded' || status === 'unhealthy')
      return { status: services[0]?.status === 'unhealthy' ? 'unhealthy' : isLame ? 'degraded' : 'healthy', services }
    },
  }
}

/** Questions are answered from our own database: while Insightly does not answer, what is missing are its changes. */
export function crmCheck(crm: () => Promise<{ mode: 'builtin' | 'insightly'; reachable: boolean }>): HealthCheck {
  return {
    name: 'crm',
    async check() {
      const { mode, reachable } = await crm()
      return { status: reachable ? 'healthy' : mode === 'insightly' ? 'degraded' : 'unhealthy' }
    },
  }
}

/** Without its replica the database answers everything itself: more slowly, and nothing wrong. */
export function replicaCheck(standing: () => ReturnType<NonNullable<Database['replica']>>): HealthCheck {
  return {
    name: 'replica',
    async check() {
      const found = standing()
      if (found === undefined) return { status: 'not_configured' }
      return { status: found.state === 'used' ? 'healthy' : 'degraded', latencyMs: found.latencyMs ?? null, lagSeconds: found.lagSeconds }
    },
  }
}

/** Undefined when it fails or takes too long. */
function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  return new Promise((done) => {
    const timer = setTimeout(done, answerWithinMs, undefined).unref()
    work.then(done, () => done(undefined)).finally(() => clearTimeout(timer))
  })
}
