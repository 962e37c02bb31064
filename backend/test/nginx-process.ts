import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent } from 'undici'
import { freePort, repositoryRoot } from './server-process.ts'

export interface NginxProcess {
  httpUrl: string
  httpsUrl: string
  /** Trusts the certificate that was made for it. */
  dispatcher: Agent
  /** The same for clients that do not speak HTTP/2. */
  oldDispatcher: Agent
  output(): string
  stop(): Promise<void>
}

/** A certificate for this machine, signed by itself. */
export function makeCertificate(folder: string): { certificate: string; key: string } {
  const [certificate, key] = [join(folder, 'chatsg.crt'), join(folder, 'chatsg.key')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '2', ...subject], { stdio: 'ignore' })
  return { certificate, key }
}

export interface NginxOptions {
  nginx: string
  /** Of its own: configuration, temporary files. */
  folder: string
  certificate: { certificate: string; key: string }
  upstreams: readonly number[]
  webFolder: string
}

/** Runs nginx on free ports with deploy/nginx/chatsg.conf, in which only ports, certificate and folders are others. */
export async function startNginx({ nginx, folder, certificate, upstreams, webFolder }: NginxOptions): Promise<NginxProcess> {
  const [http, https] = [await freePort(), await freePort()]
  mkdirSync(folder, { recursive: true })
  const site = readFileSync(join(repositoryRoot, 'deploy/nginx/chatsg.conf'), 'utf8')
    .replace('listen 80;', `listen 127.0.0.1:${http};`)
    .replace('listen 443 ssl http2;', `listen 127.0.0.1:${https} ssl http2;`)
    .replace(/^ *listen \[::\].*\n/gm, '')
    .replace(/server 127\.0\.0\.1:3000( .*)?;/, (_, options = '') => upstreams.map((port) => `server 127.0.0.1:${port}${options};`).join('\n    '))
    .replace('/etc/nginx/tls/chatsg.crt', certificate.certificate)
    .replace('/etc/nginx/tls/chatsg.key', certificate.key)
    .replace('/opt/chatsg/current/frontend/dist', webFolder)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, name)};`).join('\n  ')
  writeFileSync(join(folder, 'chatsg.conf'), site)
  const owner = process.getuid?.() === 0 ? 'user root;\n' : ''
  writeFileSync(
    join(folder, 'nginx.conf'),
    `${owner}daemon off;\npid ${join(folder, 'nginx.pid')};\nerror_log stderr warn;\nworker_processes 1;\nevents {}\nhttp {\n  access_log off;\n  types { text/html html; application/javascript js; text/css css; }\n  ${temporary}\n  include ${join(folder, 'chatsg.conf')};\n}\n`,
  )
  const child: ChildProcess = spawn(nginx, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  child.stderr?.on('data', (chunk) => (output += chunk))
  const exited = new Promise<void>((done) => child.once('exit', () => done()))
  let hasEnded = false
  exited.then(() => {
    hasEnded = true
  })
  for (let attempt = 0; !(await isListening(https)); attempt += 1) {
    if (hasEnded || attempt > 200) throw new Error(`nginx did not start:\n${output}`)
    await sleep(50)
  }
  const ca = readFileSync(certificate.certificate)
  const dispatcher = new Agent({ connect: { ca } })
  const oldDispatcher = new Agent({ connect: { ca }, allowH2: false })
  return {
    httpUrl: `http://127.0.0.1:${http}`,
    httpsUrl: `https://127.0.0.1:${https}`,
    dispatcher,
    oldDispatcher,
    output: () => output,
    async stop() {
      await Promise.all([dispatcher.destroy(), oldDispatcher.destroy()])
      child.kill('SIGTERM')
      await exited
    },
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.once('connect', () => socket.destroy())
  })
}
