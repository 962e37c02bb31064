import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '../api/refusal.ts'

const compress = promisify(gzip)
const worthCompressing = 1024

export interface Response {
  status: number
  headers?: Readonly<Record<string, string>>
  contentType?: string
  text?: string
}

export const json = 'application/json; charset=utf-8'

/** How a refusal is put: the real server is not uniform here either. */
export function refuse({ status, message, form }: Refusal): Response {
  if (form === 'empty') return { status }
  return form === 'json'
    ? { status, contentType: json, text: JSON.stringify({ Message: message }) }
    : { status, contentType: 'text/plain; charset=utf-8', text: message }
}

/** The page that an unhandled error of the real server ends in. */
export const errorPage: Response = {
  status: 500,
  contentType: 'text/html; charset=utf-8',
  text: "<!DOCTYPE html>\n<html><head><title>Runtime Error</title></head><body><h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2></body></html>\n",
}

/** Sends with a length, compressed for those who take it. */
export async function send(request: FastifyRequest, reply: FastifyReply, { status, headers, contentType, text }: Response): Promise<FastifyReply> {
  reply.code(status).headers({ ...headers })
  if (text === undefined) return reply.header('content-length', '0').send()
  reply.type(contentType ?? json)
  const accepted = request.headers['accept-encoding'] ?? ''
  if (text.length < worthCompressing || !/\bgzip\b/i.test(String(accepted))) return reply.send(Buffer.from(text))
  return reply.header('content-encoding', 'gzip').send(await compress(text, { level: 1 }))
}
