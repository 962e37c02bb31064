import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../test/fakes/model/main.ts', import.meta.url))

/** The stand-in for a server of language models as a process of its own. */
export interface ModelProcess {
  /** What OPENAI_BASE_URL is set to. */
  url: string
  stop(): Promise<void>
}

/**
 * Starts it on a free port.
 * @param pieceMs milliseconds between two words of an answer
 */
export async function startModel(reply: string, pieceMs: number): Promise<ModelProcess> {
  const child = spawn(process.execPath, [entry, '--port', '0', '--piece-ms', String(pieceMs), '--reply', reply], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [''])])) as [string]
  const url = / at (\S+)$/.exec(line)?.[1]
  if (url === undefined) {
    child.kill('SIGKILL')
    throw new Error(`The stand-in model did not start: ${line}`)
  }
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
