import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/api.ts'

export type PartStatus = 'healthy' | 'degraded' | 'unhealthy' | 'not_configured'

export interface HealthPart {
  name: string
  status: PartStatus
  latencyMs?: number | null
  /** How far a copy is behind. */
  lagSeconds?: number
}

/** Of the process that answered. */
export interface Figures {
  uptimeSeconds: number
  memory: { residentBytes: number; heapUsedBytes: number; limitBytes: number; occupiedBytes?: number; used: number }
  cpu: { used: number; cores: number; load1: number }
  eventLoopLagMs: { p50: number; p99: number; max: number }
}

export interface Health {
  status: 'healthy' | 'degraded' | 'unhealthy'
  timestamp: string
  version?: string
  services: HealthPart[]
  /** Missing while the server cannot tell who asks. */
  metrics?: Figures
}

export interface ConfigState {
  valid: boolean
  /** Names of variables. */
  errors: string[]
  warnings: string[]
}

const path = '/api/health'
const key = ['health'] as const

/** A check that finds something wrong answers 503 with what it found. */
const check = <T>(kind: string, signal: AbortSignal) => api.get<T>(path, { query: { check: kind }, signal, answers: [503] })

export const healthQuery = queryOptions({
  queryKey: [...key, 'detailed'],
  queryFn: ({ signal }) => check<Health>('detailed', signal),
  refetchInterval: 10_000,
})

export const configQuery = queryOptions({ queryKey: [...key, 'config'], queryFn: ({ signal }) => check<ConfigState>('config', signal) })
