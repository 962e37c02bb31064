import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, ok, problem, warning } from '#backend/cli/doctor/finding.ts'
import { type Config, inspectLoadedConfig, repositoryRoot } from '#backend/config/index.ts'

/** The configuration as the server will read it. */
export function checkConfiguration(): Finding[] {
  const { problems, warnings } = inspectLoadedConfig()
  const found = [
    ...problems.map((one) => problem('configuration', `${one.variable} ${one.problem}`, one.fix)),
    ...warnings.map((one) => warning('configuration', `${one.variable} ${one.problem}`, one.fix)),
  ]
  return found.length > 0 ? found : [ok('configuration', 'valid')]
}

/** What people outside come through: https, and a proxy whose word on their address is taken. */
export function checkEntrance({ application, security }: Config): Finding[] {
  const { environment, appUrl, trustedProxies } = application
  return [
    environment === 'production'
      ? ok('environment', environment)
      : warning('environment', `${environment}, whose defaults are for people who develop`, 'Set CHATSG_ENVIRONMENT=production.'),
    security.httpsOnly && appUrl.startsWith('https://')
      ? ok('address', `${appUrl}, cookies over https only`)
      : warning('address', `${appUrl}, and cookies over plain http`, 'Set APP_URL to the https address, and HTTPS_ONLY=true.'),
    trustedProxies.length > 0
      ? ok('proxies', 'the address of people comes from the proxy in front')
      : warning('proxies', 'none is trusted, so all who come through one share one rate limit', 'Set TRUSTED_PROXIES=127.0.0.1 when nginx runs here.'),
  ]
}

/** Files with secrets that others on this machine may read. */
export function checkSecretFiles({ application }: Config): Finding {
  const names = ['.env', `.env.${application.environment}`].map((name) => join(repositoryRoot, 'backend', name))
  const files = [...names, join(application.dataDir, 'secrets.json')].filter((file) => existsSync(file))
  const open = files.filter((file) => (statSync(file).mode & 0o007) !== 0)
  if (open.length === 0) return ok('secret files', files.length === 0 ? 'there are none' : `${files.length} that only their owner and group read`)
  return problem('secret files', `everybody on this machine may read ${open.join(', ')}`, `chmod 600 ${open.join(' ')}`)
}

/** Whether log lines survive a restart, in files or in the journal. */
export function checkLogs({ logging }: Config): Finding {
  if (logging.file === undefined) return ok('logs', 'go to the standard output; journalctl -u chatsg keeps them')
  if (!existsSync(logging.file))
    return warning('logs', `${logging.file} is not there yet`, 'It is made at the start; afterwards check its folder and its owner.')
  return ok('logs', `${logging.file}, ${Math.round(statSync(logging.file).size / 1000)} kB`)
}
