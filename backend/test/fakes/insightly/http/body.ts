import type { FastifyRequest } from 'fastify'
import { badRequest, Refusal } from '../api/refusal.ts'
import { parseJson } from '../json.ts'

/** The JSON of a request; undefined without one. */
export function readBody(request: FastifyRequest): unknown {
  const text = typeof request.body === 'string' ? request.body : ''
  if (text.trim() === '') return undefined
  if (!/^(application|text)\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(415, "The request entity's media type is not supported for this resource.", 'json')
  }
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest('The request body is not valid JSON.')
    throw error
  }
}
