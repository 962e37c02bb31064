import type { Response as UndiciResponse } from 'undici'
import { AppError } from '#backend/kernel/errors.ts'

/** True of the bytes as they were sent, not of those that are handed on. */
const headersOfTheTransfer = ['content-encoding', 'content-length', 'transfer-encoding']

/**
 * The answer with its whole body, decompressed.
 * @throws AppError UPSTREAM as soon as the body is longer than allowed
 */
export async function readBounded(answer: UndiciResponse, { url, maxBytes }: { url: URL; maxBytes: number }): Promise<Response> {
  const tooLong = () => new AppError('UPSTREAM', `${url.host} answered more than ${maxBytes} bytes.`)
  if (answer.body !== null && Number(answer.headers.get('content-length') ?? 0) > maxBytes) throw tooLong()
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of answer.body ?? []) {
    length += chunk.byteLength
    if (length > maxBytes) throw tooLong()
    chunks.push(chunk)
  }
  const headers = new Headers([...answer.headers])
  for (const name of headersOfTheTransfer) headers.delete(name)
  const isBodiless = [204, 205, 304].includes(answer.status)
  const response = new Response(isBodiless ? null : Buffer.concat(chunks), { status: answer.status, statusText: answer.statusText, headers })
  // A response that was built has no address; links in it are relative to the one that answered.
  Object.defineProperty(response, 'url', { value: url.href })
  return response
}
