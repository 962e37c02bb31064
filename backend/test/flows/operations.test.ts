import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminKey, removeFolder, repositoryRoot, type ServerProcess, scratchFolder, startServer } from '../server-process.ts'

const metricsToken = 'operations-test-token-operations-test-token'

/** What the commands of docs/OPERATIONS.md come to on a server of this test, in this order. */
const performed: Record<string, RegExp> = {
  'openssl rand -hex 32': /^[0-9a-f]{64}\n$/,
  'npm run config:validate': /The configuration is valid\./,
  'npm run doctor': /Nothing is wrong\./,
  'npm run test:crm:connectivity': /./,
  'npm run test:agents:init': /crm/,
  'npm run backup': /Backup written: /,
  'npm run cli -- backup drill': /Drill passed: /,
  'npm run cli -- checklist pre-deploy': / 0 wrong\./,
  'npm run cli -- migrate status': /All migrations have run\./,
  'npm run cli -- migrate up': /All migrations had run\./,
  'npm run cli -- checklist post-deploy': / 0 wrong\./,
  'npm run cli -- checklist weekly': /restore: .* came back whole[\s\S]* 0 wrong\./,
  'npm run cli -- checklist security': /audit trail: whole[\s\S]* 0 wrong\./,
  'npm run cli -- audit verify': /The chain is whole/,
  'npm run cli -- flags list': /^modelAnswers\ton\t/m,
  'npm run cli -- flags set modelAnswers 10%': /^modelAnswers\t10%\tswitched\t/m,
  'npm run cli -- flags reset modelAnswers': /^modelAnswers\ton\tconfiguration\t/m,
  'curl -fsS http://127.0.0.1:3000/api/health': /"status":"ok"/,
  'curl -fsS "http://127.0.0.1:3000/api/health?check=liveness"': /"status":"ok"/,
  'curl -fsS "http://127.0.0.1:3000/api/health?check=readiness"': /"status":"ready"/,
  'curl -fsS "http://127.0.0.1:3000/api/health?check=detailed"': /"status":"healthy"/,
  'curl -fsS "http://127.0.0.1:3000/api/health?check=config"': /"valid":true/,
  'curl -fsS http://127.0.0.1:3000/api/health/database': /"status":"healthy"/,
  'curl -fsS -H "Authorization: Bearer $ADMIN_API_KEY" http://127.0.0.1:3000/api/agents/crm/health': /"initialized":true/,
  'curl -fsS -H "Authorization: Bearer $ADMIN_API_KEY" http://127.0.0.1:3000/api/deployment': /"version"/,
  'curl -fsS -H "Authorization: Bearer $METRICS_TOKEN" http://127.0.0.1:3000/metrics': /^crm_requests_total\{/m,
  'grep CRMAgent /var/log/chatsg/application.log | grep Initializing': /Initializing CRMAgent/,
  'grep CRMAgent /var/log/chatsg/application.log | grep Executing': /CRMAgent Executing/,
  'grep processingTime /var/log/chatsg/application.log': /"processingTime":\d/,
  'grep "Rate limit" /var/log/chatsg/application.log': /Rate limit exceeded/,
  'grep CRM_ACCESS /var/log/chatsg/audit.log': /"operation"/,
  'ps -eo pid,rss,etime,args | grep backend/server.js': /backend\/server\.js/,
}

/** Performed last, without a server. */
const restore = 'npm run restore -- /backup/chatsg/chatsg-20260101-023000.tar.gz'

const changesTheMachine = 'changes the machine it runs on'
const needsSystemd = 'needs systemd as the first process; the units are checked by deploy-files.test.ts'
const needsFirewall = 'changes the firewall of the machine'
const needsPgBackRest = 'performed by point-in-time.test.ts on a PostgreSQL of its own'
const installs = 'installs packages; .ci/run begins with it'

/** Every other command of the page, with the reason why it is not performed here. */
const notPerformed: Record<string, string> = {
  'useradd --system --create-home --home-dir /opt/chatsg --shell /bin/bash chatsg': changesTheMachine,
  'install -d -o chatsg -g chatsg -m 0700 /etc/chatsg /var/lib/chatsg /backup/chatsg': changesTheMachine,
  'install -d -o chatsg -g chatsg -m 0750 /var/log/chatsg': changesTheMachine,
  'deploy/update.sh chatsg-0.1.0.tar.gz': 'performed by deploy-update.test.ts',
  'deploy/update.sh chatsg-0.2.0.tar.gz': 'performed by deploy-update.test.ts',
  'npm run release': 'performed by scripts/release.test.ts on a repository of its own',
  'npm ci --include=dev': installs,
  'npm run build': 'performed by every start whose web app is stale',
  'npm prune --omit=dev': 'would take the tests away',
  'cp deploy/systemd/chatsg.service deploy/systemd/chatsg-backup.service deploy/systemd/chatsg-backup.timer deploy/systemd/chatsg-maintenance.service deploy/systemd/chatsg-maintenance.timer /etc/systemd/system/':
    changesTheMachine,
  'systemctl daemon-reload': needsSystemd,
  'systemctl enable --now chatsg chatsg-backup.timer chatsg-maintenance.timer': needsSystemd,
  'systemctl status chatsg': needsSystemd,
  'systemctl stop chatsg': needsSystemd,
  'systemctl start chatsg': needsSystemd,
  'systemctl reload chatsg': 'needs systemd; its signal is sent by workers.test.ts and deploy-update.test.ts',
  'systemctl reload nginx': needsSystemd,
  'journalctl -u chatsg --since "1 hour ago"': needsSystemd,
  'cp deploy/nginx/chatsg.conf /etc/nginx/conf.d/chatsg.conf': 'the file is served by a real nginx in deploy-nginx.test.ts',
  'nginx -t': 'the file is served by a real nginx in deploy-nginx.test.ts',
  'ufw allow 22/tcp': needsFirewall,
  'ufw allow 80/tcp': needsFirewall,
  'ufw allow 443/tcp': needsFirewall,
  'ufw deny 3000/tcp': needsFirewall,
  'ufw enable': needsFirewall,
  'promtool check rules deploy/prometheus/alerts.yml': 'performed by prometheus.test.ts',
  'promtool test rules deploy/prometheus/alerts.test.yml': 'performed by prometheus.test.ts',
  'pgbackrest --stanza=chatsg stanza-create': needsPgBackRest,
  'pgbackrest --stanza=chatsg check': needsPgBackRest,
  'pgbackrest --stanza=chatsg --type=full backup': needsPgBackRest,
  'pgbackrest --stanza=chatsg --delta --type=time "--target=2026-01-01 12:00:00+00" --target-action=promote restore': needsPgBackRest,
  'npm run test:performance': 'takes minutes; it has a run of its own',
}

const page = readFileSync(join(repositoryRoot, 'docs/OPERATIONS.md'), 'utf8')
const commands = [
  ...new Set(
    [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.split('\n').filter((line) => line !== '' && !line.startsWith('#'))),
  ),
]

it('every command of docs/OPERATIONS.md is performed here, or named with the reason why not', () => {
  expect([...commands].sort()).toEqual([...Object.keys(performed), restore, ...Object.keys(notPerformed)].sort())
})

describe('the commands of docs/OPERATIONS.md', { timeout: 300_000 }, () => {
  let folder: string
  let server: ServerProcess
  let env: Record<string, string>

  beforeAll(async () => {
    folder = await scratchFolder()
    env = {
      LOG_LEVEL: 'info',
      LOG_FILE: join(folder, 'log/application.log'),
      BACKUP_DIR: join(folder, 'backup'),
      METRICS_TOKEN: metricsToken,
      RATE_LIMIT_MAX: '20',
    }
    server = await startServer(join(folder, 'data'), env)
    const address = new URL(server.url)
    env = { ...env, ADMIN_API_KEY: adminKey, DEMO_DATA: 'none', DATA_DIR: join(folder, 'data'), PORT: address.port }
    await server.fetch('/api/crm/contacts', { method: 'POST', body: JSON.stringify({ first_name: 'Ada', last_name: 'Stone' }) })
    const asked = await server.fetch('/api/chat', { method: 'POST', body: JSON.stringify({ message: '/crm How many contacts are there?' }) })
    expect(asked.status).toBe(200)
    const strangers = await Promise.all(Array.from({ length: 30 }, () => fetch(`${server.url}/api/slash-commands`, { headers: { 'x-nothing': '' } })))
    expect(strangers.map(({ status }) => status)).toContain(429)
  }, 120_000)
  afterAll(async () => {
    await server?.stop('SIGKILL')
    await removeFolder(folder)
  })

  /** The command with the folders and the port of this test. */
  function here(command: string): string {
    return command
      .replaceAll('http://127.0.0.1:3000', server.url)
      .replaceAll('/var/log/chatsg', join(folder, 'log'))
      .replace(/\/backup\/chatsg\/chatsg-\d+-\d+\.tar\.gz/, () => join(folder, 'backup', readdirSync(join(folder, 'backup')).sort().at(-1) ?? 'none'))
  }

  function run(command: string): Promise<{ code: number; output: string }> {
    return new Promise((done) => {
      const variables = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env }
      execFile('sh', ['-c', here(command)], { cwd: repositoryRoot, env: variables, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
      )
    })
  }

  /** curl need not be on this machine; what it is asked to do is little. */
  async function ask(command: string): Promise<{ code: number; output: string }> {
    const line = here(command)
    const url = /(http:\/\/[^"\s]+)/.exec(line)?.[1] ?? ''
    const variable = /Bearer \$(\w+)/.exec(line)?.[1]
    const response = await fetch(url, variable === undefined ? {} : { headers: { authorization: `Bearer ${env[variable]}` } })
    return { code: response.ok ? 0 : 22, output: await response.text() }
  }

  it.each(Object.entries(performed))('%s', async (command, expected) => {
    const { code, output } = await (command.startsWith('curl ') ? ask(command) : run(command))
    expect(output).toMatch(expected)
    expect(code).toBe(0)
  })

  it(`${restore}, once the server has stopped`, async () => {
    expect(await server.stop()).toBe(0)
    const { code, output } = await run(restore)
    expect(output).toMatch(/Restored the backup of/)
    expect(code).toBe(0)
  })
})
