import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Api, Call } from '../api/call.ts'
import { readQuery } from '../api/query.ts'
import { Refusal, wrongVerb } from '../api/refusal.ts'
import { answerCall } from '../api/routes.ts'
import type { Verb } from '../entities.ts'
import { carriesKey } from './authentication.ts'
import { readBody } from './body.ts'
import type { Fault, Faults } from './faults.ts'
import type { Limits } from './limits.ts'
import type { Recorder } from './recorder.ts'
import { errorPage, json, type Response, refuse, send } from './send.ts'

export interface Gates {
  api: Api
  key: string
  userId: number
  limits: Limits
  faults: Faults
  recorder: Recorder
  /** Milliseconds, never going back: what windows are measured with. */
  arrivalTime(): number
}

export const apiPrefix = /^\/v3\.1(?=\/|$|\?)/i

/** One call of the API: recorded, let in, counted, perhaps spoilt, answered. */
export async function serveCall(gates: Gates, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { api, limits, recorder } = gates
  const recorded = recorder.arrive({ at: gates.arrivalTime(), method: request.method, path: request.url })
  const finish = (response: Response) => {
    recorder.finish(recorded, response.status)
    return send(request, reply, response)
  }
  if (!carriesKey(request.headers.authorization, gates.key)) return finish(refuse(new Refusal(401, 'Authorization has been denied for this request.', 'json')))
  const granted = limits.take(recorded.at, api.now())
  recorded.counted = granted === 'granted'
  const headers = { 'X-RateLimit-Limit': String(api.settings.dailyCalls), 'X-RateLimit-Remaining': String(limits.remaining(api.now())) }
  if (granted !== 'granted') return finish({ ...refuse(tooMany), headers })
  const fault = gates.faults.next(recorded)
  const spoilt = await spoil(fault)
  if (spoilt === 'cut') return drop(request, reply)
  if (spoilt === 'hang') return reply.hijack()
  if (spoilt !== undefined) return finish({ ...spoilt, headers: { ...headers, ...spoilt.headers } })
  const response = await answer(api, request, request.url.replace(apiPrefix, ''), gates.userId)
  return fault?.kind === 'lost' ? drop(request, reply) : finish({ ...response, headers: { ...headers, ...response.headers } })
}

const tooMany = new Refusal(429, 'Too many requests.')

/** Undefined when the call is answered after all. */
async function spoil(fault: Fault | undefined): Promise<Response | 'cut' | 'hang' | undefined> {
  switch (fault?.kind) {
    case 'page':
      return errorPage
    case 'throttle':
      return { ...refuse(tooMany), headers: fault.headers ?? {} }
    case 'status':
      return {
        status: fault.status ?? 500,
        headers: fault.headers ?? {},
        contentType: fault.contentType ?? 'text/plain; charset=utf-8',
        ...(fault.body === undefined ? {} : { text: fault.body }),
      }
    case 'cut':
    case 'hang':
      return fault.kind
    case 'delay':
      await sleep(fault.delayMs ?? 1000)
      return undefined
    default:
      return undefined
  }
}

function drop(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack()
  request.raw.socket.destroy()
  return reply
}

const verbs = ['GET', 'POST', 'PUT', 'DELETE']

/** The answer to what stands behind `/v3.1`, refusals included. */
export async function answer(api: Api, request: FastifyRequest, target: string, userId: number): Promise<Response> {
  const url = new URL(target, 'http://fake')
  try {
    if (!verbs.includes(request.method)) throw wrongVerb(request.method)
    const segments = url.pathname.split('/').filter(Boolean).map(decodeURIComponent)
    const ifMatch = request.headers['if-match']
    const call: Call = { method: request.method as Verb, query: readQuery(url.search), body: readBody(request), userId, ifMatch }
    const { status, body, headers } = await answerCall(api, segments, call)
    return { status, ...(headers && { headers }), ...(body === undefined ? {} : { contentType: json, text: JSON.stringify(body) }) }
  } catch (error) {
    if (error instanceof Refusal) return refuse(error)
    if (error instanceof URIError) return refuse(new Refusal(400, 'A potentially dangerous Request.Path value was detected.'))
    throw error
  }
}
