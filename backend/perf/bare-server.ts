import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** An answer that is repeated byte for byte. */
export interface RecordedAnswer {
  status: number
  headers: Record<string, string>
  /** `afterMs` counts from the piece before. */
  pieces: { text: string; afterMs: number }[]
}

/** Answers by path; starts listening when it is told them. */
process.once('message', (answers: Record<string, RecordedAnswer>) => {
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? '']
    request.resume()
    if (answer === undefined) return void response.writeHead(404).end()
    response.writeHead(answer.status, answer.headers)
    const [only] = answer.pieces
    if (answer.pieces.length === 1 && only !== undefined) return void response.end(only.text)
    void (async () => {
      response.flushHeaders()
      for (const { text, afterMs } of answer.pieces) {
        if (afterMs >= 1) await sleep(afterMs)
        response.write(text)
      }
      response.end()
    })()
  })
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
})
process.once('disconnect', () => process.exit(0))
