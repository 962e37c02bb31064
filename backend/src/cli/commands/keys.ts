import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'

/** `keys rotate`: every stored secret under the current encryption key. */
export function registerKeys(program: Command, context: CliContext): void {
  program
    .command('keys')
    .description('the keys that stored secrets are encrypted with')
    .command('rotate')
    .description('encrypt every stored secret anew with ENCRYPTION_KEY; ENCRYPTION_KEY_PREVIOUS reads what is older')
    .action(() =>
      context.with(async ({ database, clock, config, adminUrl }) => {
        const { listWorkspaceIds } = await import('#backend/infra/database/workspaces.ts')
        const { createKeyRing, createRotation, createSecretsService, workspacesHolder } = await import('#backend/modules/security/index.ts')
        const keyRing = createKeyRing({ current: config.security.encryptionKey, previous: config.security.encryptionKeyPrevious })
        const secrets = createSecretsService({ database, keyRing, clock })
        const { rotated, failed, holders } = await createRotation({
          holders: [workspacesHolder({ name: 'secrets', listWorkspaceIds: () => listWorkspaceIds(adminUrl), rotate: secrets.rotate })],
        }).rotate()
        const lines = holders.map((holder) => `  ${holder.name}: ${holder.rotated} rotated, ${holder.failed} unreadable`)
        context.print(
          { rotated, failed },
          [
            `${rotated} ${rotated === 1 ? 'value is' : 'values are'} now encrypted with the key ${keyRing.keyId}.`,
            ...lines,
            ...(failed === 0
              ? []
              : [
                  `${failed} could not be read and ${failed === 1 ? 'was' : 'were'} left as before. Set ENCRYPTION_KEY_PREVIOUS to the key they were written with and run this again.`,
                ]),
          ].join('\n'),
        )
        if (failed > 0) process.exitCode = 1
      }),
    )
}
