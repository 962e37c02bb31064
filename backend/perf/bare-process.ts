import { fork } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { RecordedAnswer } from './bare-server.ts'

const entry = fileURLToPath(new URL('./bare-server.ts', import.meta.url))
/** What each connection has for itself. */
const perConnection = ['date', 'connection', 'keep-alive', 'transfer-encoding']

/** A server of bare `node:http` as a process of its own, which repeats what was recorded: the yardstick. */
export interface BareServer {
  url: string
  pid: number
  stop(): Promise<void>
}

export async function startBareServer(answers: Record<string, RecordedAnswer>): Promise<BareServer> {
  const child = fork(entry)
  const ended = once(child, 'exit')
  child.send(answers)
  const [said] = (await Promise.race([once(child, 'message'), ended.then(() => [{}])])) as [{ port?: number }]
  if (said.port === undefined) throw new Error('The bare server did not start.')
  return {
    url: `http://127.0.0.1:${said.port}`,
    pid: child.pid as number,
    async stop() {
      child.disconnect()
      await ended
    },
  }
}

/** Asks once, and keeps each piece of the answer with the moment of its arrival. */
export function record(url: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  return new Promise<RecordedAnswer>((done, failed) => {
    const outgoing = request(url, { method, headers }, (response) => {
      const pieces: RecordedAnswer['pieces'] = []
      let last = performance.now()
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        const now = performance.now()
        pieces.push({ text, afterMs: now - last })
        last = now
      })
      response.on('error', failed)
      response.on('end', () => {
        const kept = Object.entries(response.headers).filter(([name]) => !perConnection.includes(name))
        const answer = { status: response.statusCode ?? 0, headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])), pieces }
        if (answer.status === 200 && pieces.length > 0) done(answer)
        else
          failed(
            new Error(
              `${method} ${url} answered ${answer.status}: ${pieces
                .map(({ text }) => text)
                .join('')
                .slice(0, 300)}`,
            ),
          )
      })
    })
    outgoing.on('error', failed)
    outgoing.end(body)
  })
}
