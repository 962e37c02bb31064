import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { checkDatabase } from '#backend/cli/doctor/database.ts'
import { describeFinding, type Finding, ok, problem, warning } from '#backend/cli/doctor/finding.ts'
import { checkInstallation, checkMachine, checkNode, checkWebApp } from '#backend/cli/doctor/machine.ts'
import { checkPort } from '#backend/cli/doctor/port.ts'
import { checkDataFolder, checkDisk } from '#backend/cli/doctor/storage.ts'
import { inspectLoadedConfig, loadConfig, repositoryRoot } from '#backend/config/index.ts'

/** `doctor`: what is wrong with this machine and its configuration, and how to mend it. */
export function registerDoctor(program: Command, context: CliContext): void {
  program
    .command('doctor')
    .description('look at machine, configuration, database, disk, ports and clocks, and say how to mend what is wrong')
    .action(async () => {
      const findings = [checkMachine(), checkNode(), await checkInstallation(repositoryRoot), ...(await checkConfigured()), checkWebApp(repositoryRoot)]
      const problems = findings.filter(({ status }) => status === 'problem').length
      const verdict = problems === 0 ? 'Nothing is wrong.' : `${problems} ${problems === 1 ? 'problem' : 'problems'} found.`
      context.print({ ok: problems === 0, findings }, [...findings.map(describeFinding), verdict].join('\n'))
      if (problems > 0) process.exitCode = 1
    })
}

/** What can only be looked at where the configuration says. */
async function checkConfigured(): Promise<Finding[]> {
  const { problems, warnings } = inspectLoadedConfig()
  const found = [
    ...problems.map((one) => problem('configuration', `${one.variable} ${one.problem}`, one.fix)),
    ...warnings.map((one) => warning('configuration', `${one.variable} ${one.problem}`, one.fix)),
  ]
  if (problems.length > 0) return [...found, warning('database', 'not looked at', 'Mend the configuration first.')]
  const config = loadConfig()
  const { application } = config
  return [
    ...(found.length > 0 ? found : [ok('configuration', `valid for ${application.environment}`)]),
    await checkDataFolder(application.dataDir),
    await checkDisk(application.dataDir),
    await checkPort(application.host, application.port),
    ...(await checkDatabase(config)),
  ]
}
