import { createServer } from 'node:net'
import { type Finding, ok, problem } from './finding.ts'

/** Whether the server can listen, or already does. */
export async function checkPort(host: string, port: number): Promise<Finding> {
  const code = await tryToListen(host, port)
  if (code === undefined) return ok('port', `${host}:${port} is free`)
  if (code === 'EADDRINUSE') {
    if (await isOurs(host, port)) return ok('port', `ChatSG is running on ${host}:${port}`)
    return problem('port', `${host}:${port} is taken by another program`, 'Stop that program, or set PORT to a free one.')
  }
  if (code === 'EACCES') return problem('port', `${port} needs more rights than this user has`, 'Set PORT to one above 1023.')
  return problem('port', `${host}:${port} cannot be listened on (${code})`, 'Set HOST to an address of this machine, such as 127.0.0.1.')
}

function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
    server.listen(port, host, () => server.close(() => done(undefined)))
  })
}

async function isOurs(host: string, port: number): Promise<boolean> {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  try {
    const response = await fetch(`http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}/api/health`, { signal: AbortSignal.timeout(3000) })
    return ((await response.json()) as { status?: unknown }).status === 'ok'
  } catch {
    // Whatever does not answer like us is somebody else.
    return false
  }
}
