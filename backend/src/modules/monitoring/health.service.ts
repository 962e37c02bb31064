import { statfs } from 'node:fs/promises'
import type { Database } from '#backend/infra/database/database.ts'

export type ServiceStatus = 'healthy' | 'degraded' | 'unhealthy' | 'not_configured'

export interface ServiceHealth {
  name: string
  status: ServiceStatus
  latencyMs: number | null
}

export interface HealthOptions {
  database: Database
  dataDir: string
  /** What is known of the CRM, without calling it. */
  crm: () => Promise<{ mode: 'builtin' | 'insightly'; reachable: boolean }>
  /** Bytes below which the disk counts as full. */
  minFreeBytes?: number
}

export type HealthService = ReturnType<typeof createHealthService>

const answerWithinMs = 3000

/** What works right now, measured when asked. */
export function createHealthService({ database, dataDir, crm, minFreeBytes = 100 * 1024 * 1024 }: HealthOptions) {
  let draining = false
  return {
    startDraining(): void {
      draining = true
    },

    async isReady(): Promise<boolean> {
      return !draining && (await this.checkDatabase()).status === 'healthy'
    },

    async checkDatabase(): Promise<ServiceHealth> {
      const started = performance.now()
      const answered = await inTime(database.ping().then(() => true))
      return { name: 'database', status: answered === true ? 'healthy' : 'unhealthy', latencyMs: Math.round((performance.now() - started) * 100) / 100 }
    },

    async checkDisk(): Promise<ServiceHealth> {
      const { bavail, bsize } = await statfs(dataDir)
      return { name: 'disk', status: bavail * bsize > minFreeBytes ? 'healthy' : 'degraded', latencyMs: null }
    },

    /** Questions are answered from our own database: while Insightly does not answer, what is missing are its changes. */
    async checkCrm(): Promise<ServiceHealth> {
      const known = await inTime(crm())
      const status = known === undefined ? 'unhealthy' : known.reachable ? 'healthy' : known.mode === 'insightly' ? 'degraded' : 'unhealthy'
      return { name: 'crm', status, latencyMs: null }
    },

    /** Every part; the worst of the database decides, other parts degrade. */
    async checkAll(): Promise<{ status: 'healthy' | 'degraded' | 'unhealthy'; services: ServiceHealth[] }> {
      const services = await Promise.all([this.checkDatabase(), this.checkCrm(), this.checkDisk()])
      const overall =
        services[0]?.status === 'unhealthy'
          ? 'unhealthy'
          : services.some(({ status }) => status === 'degraded' || status === 'unhealthy')
            ? 'degraded'
            : 'healthy'
      return { status: overall, services }
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
