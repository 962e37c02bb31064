import type { Command } from 'commander'
import type { Services } from '#backend/app.ts'
import { backupSettings } from '#backend/cli/backup/backup-settings.ts'
import { checkEncryptionKey, checkLastBackup, checkRestore } from '#backend/cli/checklist/backups.ts'
import { checkServer } from '#backend/cli/checklist/server.ts'
import { checkConfiguration, checkEntrance, checkLogs, checkSecretFiles } from '#backend/cli/checklist/surroundings.ts'
import type { CliContext, OpenContext } from '#backend/cli/context.ts'
import { checkDatabase } from '#backend/cli/doctor/database.ts'
import { describeFinding, type Finding, ok, problem } from '#backend/cli/doctor/finding.ts'
import { checkInstallation, checkMachine, checkNode, checkWebApp } from '#backend/cli/doctor/machine.ts'
import { checkDataFolder, checkDisk } from '#backend/cli/doctor/storage.ts'
import { servicesOf } from '#backend/cli/services.ts'
import { type Config, loadConfig, repositoryRoot } from '#backend/config/index.ts'
import { readVersion } from '#backend/version.ts'

type Checklist = (config: Config, context: CliContext) => Promise<Finding[]>

const checklists: Record<string, { description: string; check: Checklist }> = {
  'pre-deploy': { description: 'before a release goes into service', check: preDeploy },
  'post-deploy': { description: 'once it serves', check: postDeploy },
  weekly: { description: 'once a week: disk, backups that come back, audit trail', check: weekly },
  security: { description: 'what is safe and what is not', check: security },
}

/** `checklist pre-deploy|post-deploy|weekly|security`: the guide's lists, each line looked at and not ticked. */
export function registerChecklist(program: Command, context: CliContext): void {
  const checklist = program.command('checklist').description('lists of what has to be right, looked at line by line')
  for (const [name, { description, check }] of Object.entries(checklists)) {
    checklist
      .command(name)
      .description(description)
      .action(async () => {
        const configuration = checkConfiguration()
        const isValid = configuration.every(({ status }) => status !== 'problem')
        const findings = isValid ? [...configuration, ...(await check(loadConfig(), context))] : configuration
        const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length
        const verdict = `${findings.length} lines: ${count('ok')} ok, ${count('warning')} to think about, ${count('problem')} wrong.`
        context.print({ checklist: name, ok: count('problem') === 0, findings }, [...findings.map(describeFinding), verdict].join('\n'))
        if (count('problem') > 0) process.exitCode = 1
      })
  }
}

async function preDeploy(config: Config): Promise<Finding[]> {
  const { backupDir, encryptionKey } = backupSettings(config)
  return [
    ...checkEntrance(config),
    checkMachine(),
    checkNode(),
    await checkInstallation(repositoryRoot),
    checkWebApp(repositoryRoot),
    await checkDataFolder(config.application.dataDir),
    await checkDisk(config.application.dataDir),
    ...(await checkDatabase(config)),
    checkSecretFiles(config),
    checkEncryptionKey(config.application.dataDir, encryptionKey),
    checkLastBackup(backupDir, new Date(), { isNeeded: true }),
  ]
}

async function postDeploy(config: Config): Promise<Finding[]> {
  const { backupDir } = backupSettings(config)
  return [
    ...(await checkServer(config, readVersion())),
    ...(await checkDatabase(config)),
    checkLogs(config),
    checkLastBackup(backupDir, new Date(), { isNeeded: false }),
  ]
}

async function weekly(config: Config, context: CliContext): Promise<Finding[]> {
  const { backupDir, secrets } = backupSettings(config)
  const now = new Date()
  return [
    await checkDisk(config.application.dataDir),
    ...(await checkDatabase(config)),
    checkLogs(config),
    checkLastBackup(backupDir, now, { isNeeded: true }),
    ...(await context.with(async (opened) => [
      await checkRestore(backupDir, { adminUrl: opened.adminUrl, secrets, now }),
      await checkAuditTrail(servicesOf(opened), opened),
    ])),
  ]
}

async function security(config: Config, context: CliContext): Promise<Finding[]> {
  return [
    ...checkEntrance(config),
    checkSecretFiles(config),
    ...(await context.with(async (opened) => {
      const services = servicesOf(opened)
      return [await checkAuditTrail(services, opened), ...(await checkPosture(services, opened))]
    })),
  ]
}

async function checkAuditTrail({ audit }: Services, { actor }: OpenContext): Promise<Finding> {
  const chain = await audit.verify(actor)
  if (chain.firstBroken === null) return ok('audit trail', `whole: ${chain.entries} entries`)
  const found = `broken at entry ${chain.firstBroken.sequence}: ${chain.firstBroken.reason}`
  return problem('audit trail', found, 'Compare with the last backup, and find out who could write to the database.')
}

const statuses = { good: 'ok', warning: 'warning', bad: 'problem' } as const

/** What the page on security shows, line by line. */
async function checkPosture({ posture }: Services, { actor }: OpenContext): Promise<Finding[]> {
  const checks = await posture.check(actor)
  return checks.map(({ label, state, detail }) => ({ check: label, status: statuses[state], found: detail }))
}
