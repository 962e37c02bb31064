import { Agent, request } from 'node:http'

/** Streams of server-sent events over kept connections, as many at once as are asked for. */
export interface StreamClient {
  /**
   * Posts and reads to the end.
   * @param isFirst whether what arrived holds the first words of the answer
   * @returns milliseconds until it did
   */
  firstWords(url: string, headers: Record<string, string>, body: object, isFirst: (text: string) => boolean): Promise<number>
  close(): void
}

export function createStreamClient(): StreamClient {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  return {
    firstWords: (url, headers, body, isFirst) =>
      new Promise((done, failed) => {
        const started = performance.now()
        const outgoing = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
          let first: number | undefined
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (piece: string) => {
            if (first !== undefined) return
            text += piece
            if (isFirst(text)) first = performance.now() - started
          })
          response.on('error', failed)
          response.on('end', () => {
            if (first === undefined) failed(new Error(`${url} answered ${response.statusCode} without a word: ${text.slice(0, 500)}`))
            else done(first)
          })
        })
        outgoing.on('error', failed)
        outgoing.end(JSON.stringify(body))
      }),
    close: () => agent.destroy(),
  }
}
