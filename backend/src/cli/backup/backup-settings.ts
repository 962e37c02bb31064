import { join } from 'node:path'
import { type Config, repositoryRoot } from '#backend/config/index.ts'

/** Where backups go, what they are sealed with, and which files of the configuration they hold. */
export function backupSettings(config: Config) {
  const { application, retention, security } = config
  const files = ['.env', `.env.${application.environment}`].map((name) => [`backend/${name}`, join(repositoryRoot, 'backend', name)] as const)
  return {
    dataDir: application.dataDir,
    backupDir: retention.backupDir,
    retentionDays: retention.backupDays,
    encryptionKey: security.encryptionKey,
    secrets: [security.encryptionKey, ...(security.encryptionKeyPrevious === undefined ? [] : [security.encryptionKeyPrevious])],
    configurationFiles: Object.fromEntries([...files, ['data/secrets.json', join(application.dataDir, 'secrets.json')]]),
  }
}
