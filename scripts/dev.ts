import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { loadConfig } from '../backend/src/config/index.ts'
import { startDevInsightly } from './dev-insightly.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

const { application, crm } = loadConfig()
process.env.VITE_PROXY_TARGET ??= `http://${application.host}:${application.port}`

// The page comes from Vite, which passes /api on, so its address is the one that links and cookies are made for.
const vite = await createServer({ root: `${root}frontend`, configFile: `${root}vite.config.ts`, server: { host: '127.0.0.1' }, clearScreen: false })
await vite.listen()
const pageUrl = vite.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? 'http://127.0.0.1:5173'

const insightly = await startDevInsightly(crm)
process.stdout.write(`\n${insightly.described}\n`)

const server: ChildProcess = spawn(process.execPath, ['--watch', '--watch-preserve-output', 'backend/src/main.ts', '--no-web-build'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, APP_URL: pageUrl },
})

let stopping = false
async function stop(exitCode: number): Promise<void> {
  if (stopping) return
  stopping = true
  if (server.exitCode === null && server.signalCode === null) {
    const gone = new Promise((done) => server.once('exit', done))
    server.kill('SIGTERM')
    await gone
  }
  await vite.close()
  await insightly.close()
  process.exit(exitCode)
}

server.on('error', (error) => {
  process.stderr.write(`The server could not be started: ${error.message}\n`)
  void stop(1)
})
server.on('exit', (code) => void stop(code ?? 0))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
