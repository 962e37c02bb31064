import type { FastifyReply, FastifyRequest } from 'fastify'
import { isTracing, type Span, startSpan } from '#backend/kernel/tracing.ts'

const known: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
/** Asked by programs every few seconds, and never what somebody waits for. */
const untraced = /^\/(api\/health|metrics|assets\/|favicon)/

/** A span from a request to the end of its answer, as part of the caller's trace; undefined while nobody looks. The path is told as its pattern. */
export function startRequestSpan(request: FastifyRequest, reply: FastifyReply): Span | undefined {
  if (!isTracing() || untraced.test(request.url)) return undefined
  const { url: route } = request.routeOptions
  const method = known.has(request.method) ? request.method : '_OTHER'
  const span = startSpan(route === undefined ? method : `${method} ${route}`, () => {
    const { traceparent, tracestate } = request.headers
    return {
      kind: 'server',
      attributes: {
        'http.request.method': method,
        'http.route': route,
        'url.scheme': request.protocol,
        'url.path': route,
        'network.protocol.version': request.raw.httpVersion,
        'chatsg.request_id': request.id,
      },
      ...(typeof traceparent === 'string' ? { remote: { traceparent, ...(typeof tracestate === 'string' ? { tracestate } : {}) } } : {}),
    }
  })
  // Also where the client went away before the end of its answer.
  reply.raw.once('close', () => {
    span?.set({ 'http.response.status_code': reply.statusCode })
    span?.end(reply.statusCode >= 500 ? String(reply.statusCode) : undefined)
  })
  return span
}
