import { AsyncLocalStorage } from 'node:async_hooks'

export type SpanKind = 'internal' | 'server' | 'client' | 'consumer'
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>

/** A piece of work while it is under way. */
export interface Span {
  /** Of the whole trace, 32 hexadecimal digits. */
  readonly traceId: string
  /** As W3C Trace Context writes it in the header of a request. */
  readonly traceparent: string
  rename(name: string): void
  set(attributes: SpanAttributes): void
  /** Ends it, once. Of an error its kind is told, never its words: they may be somebody's data. */
  end(error?: unknown): void
}

export interface SpanStart {
  kind?: SpanKind
  attributes?: SpanAttributes
  /** What it is part of; undefined begins a trace of its own. */
  parent?: Span | undefined
  /** The `traceparent` and `tracestate` of whoever called from outside. */
  remote?: { traceparent: string; tracestate?: string | undefined } | undefined
}

/** Takes spans to where people look at them. */
export interface Tracer {
  start(name: string, start: SpanStart): Span
}

let tracer: Tracer | undefined
const storage = new AsyncLocalStorage<Span>()

/** Says where spans go from now on; undefined is nowhere, which is how a process begins. */
export function traceWith(chosen: Tracer | undefined): void {
  tracer = chosen
}

/** Whether anybody looks; what a span tells need not be put together while nobody does. */
export function isTracing(): boolean {
  return tracer !== undefined
}

/** The span that the caller's work is part of. */
export function currentSpan(): Span | undefined {
  return tracer === undefined ? undefined : storage.getStore()
}

/** Begins a span as part of the current one, for whoever ends it by hand; undefined while nobody looks. */
export function startSpan(name: string, describe: () => Omit<SpanStart, 'parent'>): Span | undefined {
  if (tracer === undefined) return undefined
  const parent = storage.getStore()
  const start = describe()
  // What runs besides requests and jobs, such as a look at what is due, would be traces of one span without end.
  if (parent === undefined && !beginsTrace(start)) return undefined
  return tracer.start(name, { ...start, parent })
}

function beginsTrace({ kind }: SpanStart): boolean {
  return kind === 'server' || kind === 'consumer'
}

/** Runs `work`, and all it starts, as part of the span. */
export function runInSpan<T>(span: Span, work: () => T): T {
  return storage.run(span, work)
}

/** Runs `work` as a span of its own, which ends with it. While nobody looks this is calling `work`. */
export function traced<T>(name: string, describe: () => Omit<SpanStart, 'parent'>, work: (span: Span | undefined) => Promise<T>): Promise<T> {
  const span = startSpan(name, describe)
  return span === undefined ? work(undefined) : untilDone(span, work)
}

async function untilDone<T>(span: Span, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    const done = await storage.run(span, () => work(span))
    span.end()
    return done
  } catch (error) {
    span.end(error)
    throw error
  }
}

/** What a request that is part of the current span carries, so that whoever is asked can go on with the trace. */
export function traceHeaders(): Record<string, string> {
  const span = currentSpan()
  return span === undefined ? {} : { traceparent: span.traceparent }
}
