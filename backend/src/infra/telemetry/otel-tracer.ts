import { setTimeout as sleep } from 'node:timers/promises'
import { type Context, SpanKind as Kind, type Span as OtelSpan, ROOT_CONTEXT, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api'
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { AlwaysOnSampler, BatchSpanProcessor, ParentBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace'
import { newId } from '#backend/kernel/ids.ts'
import type { Span, SpanAttributes, SpanKind, Tracer } from '#backend/kernel/tracing.ts'
import type { TelemetryOptions } from './telemetry.ts'

export interface OtelTracerOptions extends TelemetryOptions {
  endpoint: string
  environment: string
}

const closeWithinMs = 2000
const sayAgainAfterMs = 300_000
const kinds: Record<SpanKind, Kind> = { internal: Kind.INTERNAL, server: Kind.SERVER, client: Kind.CLIENT, consumer: Kind.CONSUMER }

/** Spans by the OpenTelemetry SDK, sent in batches by OTLP over HTTP. Nothing is registered globally: libraries that would tell more than we do stay silent. */
export function createOtelTracer({ endpoint, environment, version, logger, delayMs = 2000 }: OtelTracerOptions): { tracer: Tracer; close(): Promise<void> } {
  let saidAt = Number.NEGATIVE_INFINITY
  setGlobalErrorHandler((error) => {
    if (performance.now() - saidAt < sayAgainAfterMs) return
    saidAt = performance.now()
    logger.warn({ err: error }, 'Traces could not be delivered; those are lost, and nothing else')
  })
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: 5000 })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'chatsg',
      'service.version': version,
      'service.instance.id': newId(),
      'deployment.environment.name': environment,
      'process.pid': process.pid,
    }),
    // Whoever calls with a trace of its own decides whether it is kept.
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: delayMs, exportTimeoutMillis: 5000, maxQueueSize: 8192 })],
  })
  const tracer = provider.getTracer('chatsg', version)
  const propagator = new W3CTraceContextPropagator()

  return {
    tracer: {
      start(name, { kind = 'internal', attributes = {}, parent, remote }) {
        const within =
          parent instanceof TracedSpan
            ? parent.context
            : remote === undefined
              ? ROOT_CONTEXT
              : propagator.extract(ROOT_CONTEXT, remote, { get: (carrier, key) => carrier[key as keyof typeof carrier], keys: Object.keys })
        return new TracedSpan(tracer.startSpan(name, { kind: kinds[kind], attributes: { ...attributes } }, within))
      },
    },
    async close() {
      // The SDK says by its error handler what could not be sent.
      await Promise.race([provider.shutdown(), sleep(closeWithinMs, undefined, { ref: false })])
    },
  }
}

class TracedSpan implements Span {
  readonly context: Context
  readonly #span: OtelSpan
  #isOver = false

  constructor(span: OtelSpan) {
    this.#span = span
    this.context = trace.setSpan(ROOT_CONTEXT, span)
  }

  get traceId(): string {
    return this.#span.spanContext().traceId
  }

  get traceparent(): string {
    const { traceId, spanId, traceFlags = TraceFlags.NONE } = this.#span.spanContext()
    return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
  }

  rename(name: string): void {
    this.#span.updateName(name)
  }

  set(attributes: SpanAttributes): void {
    this.#span.setAttributes({ ...attributes })
  }

  end(error?: unknown): void {
    if (this.#isOver) return
    this.#isOver = true
    if (error !== undefined) {
      this.#span.setAttribute('error.type', kindOf(error))
      this.#span.setStatus({ code: SpanStatusCode.ERROR })
    }
    this.#span.end()
  }
}

/** Our code, PostgreSQL's SQLSTATE, Node's code, or the class: few values, and none of them somebody's words. */
function kindOf(error: unknown): string {
  if (typeof error === 'string') return error
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  if (typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code)) return code
  return typeof name === 'string' ? name : 'Error'
}
