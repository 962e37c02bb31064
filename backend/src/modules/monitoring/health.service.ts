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
  /** Bytes below which the disk counts as full. */
  minFreeBytes?: number
}

export type HealthService = ReturnType<typeof createHealthService>

const databaseTimeoutMs = 3000

/** What works right now, measured when asked. */
export function createHealthService({ database, dataDir, minFreeBytes = 100 * 1024 * 1024 }: HealthOptions) {
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
      const answered = await Promise.race([
        database.ping().then(
          () => true,
          () => false,
        ),
        new Promise<false>((done) => {
          setTimeout(() => done(false), databaseTimeoutMs).unref()
        }),
      ])
      return { name: 'database', status: answered ? 'healthy' : 'unhealthy', latencyMs: Math.round((performance.now() - started) * 100) / 100 }
    },

    async checkDisk(): Promise<ServiceHealth> {
      const { bavail, bsize } = await statfs(dataDir)
      return { name: 'disk', status: bavail * bsize > minFreeBytes ? 'healthy' : 'degraded', latencyMs: null }
    },

    /** Every part; the worst of the database decides, other parts degrade. */
    async checkAll(): Promise<{ status: 'healthy' | 'degraded' | 'unhealthy'; services: ServiceHealth[] }> {
      const services = [await this.checkDatabase(), await this.checkDisk()]
      const status = services[0]?.status === 'unhealthy' ? 'unhealthy' : services.some((service) => service.status === 'degraded') ? 'degraded' : 'healthy'
      return { status, services }
    },
  }
}
