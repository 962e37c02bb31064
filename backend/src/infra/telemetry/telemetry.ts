import type { Config } from '#backend/config/index.ts'
import { traceWith } from '#backend/kernel/tracing.ts'

export interface TelemetryOptions {
  version: string
  logger: { info(fields: object, message: string): void; warn(fields: object, message: string): void }
  /** Milliseconds until spans that wait are sent. */
  delayMs?: number
}

export interface Telemetry {
  /** Sends what waits, within two seconds, and traces no more. */
  close(): Promise<void>
}

/** Sends traces to the collector of OTEL_EXPORTER_OTLP_ENDPOINT; without one nothing is loaded, and spans cost nothing. */
export async function startTelemetry({ monitoring, application }: Pick<Config, 'monitoring' | 'application'>, options: TelemetryOptions): Promise<Telemetry> {
  const { otlpEndpoint: endpoint } = monitoring
  if (endpoint === undefined || application.safeMode) return { close: () => Promise.resolve() }
  const { createOtelTracer } = await import('./otel-tracer.ts')
  const { tracer, close } = createOtelTracer({ ...options, endpoint, environment: application.environment })
  traceWith(tracer)
  options.logger.info({ collector: new URL(endpoint).host }, 'Traces are sent')
  return {
    async close() {
      traceWith(undefined)
      await close()
    },
  }
}
