import { Agent, request } from 'node:http'
import { clients } from './load.ts'

/** Calls the server over kept connections; answers other than 2xx are errors. */
export interface HttpClient {
  get(path: string): Promise<unknown>
  post(path: string, body: unknown): Promise<unknown>
  patch(path: string, body: unknown): Promise<unknown>
  /** Sends a file's text piece by piece. */
  upload(path: string, pieces: Iterable<string>): Promise<unknown>
  close(): void
}

export function createHttpClient(url: string, apiKey: string): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const call = (method: string, path: string, type: string | undefined, send: (write: (piece: string) => Promise<void>) => Promise<void>) =>
    new Promise<unknown>((done, failed) => {
      const headers = { authorization: `Bearer ${apiKey}`, ...(type === undefined ? {} : { 'content-type': type }) }
      const outgoing = request(`${url}${path}`, { method, agent, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', failed)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          if (response.statusCode === undefined || response.statusCode >= 300)
            failed(new Error(`${method} ${path} answered ${response.statusCode}: ${text.slice(0, 300)}`))
          else done(text === '' ? undefined : JSON.parse(text))
        })
      })
      outgoing.on('error', failed)
      const write = (piece: string) => new Promise<void>((written) => (outgoing.write(piece) ? written() : outgoing.once('drain', written)))
      send(write).then(() => outgoing.end(), failed)
    })
  return {
    get: (path) => call('GET', path, undefined, async () => undefined),
    post: (path, body) => call('POST', path, 'application/json', (write) => write(JSON.stringify(body))),
    patch: (path, body) => call('PATCH', path, 'application/json', (write) => write(JSON.stringify(body))),
    upload: (path, pieces) =>
      call('POST', path, 'text/csv', async (write) => {
        for (const piece of pieces) await write(piece)
      }),
    close: () => agent.destroy(),
  }
}
