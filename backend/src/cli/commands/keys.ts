import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'
import { listWorkspaceIds } from '#backend/infra/database/workspaces.ts'
import { createRotation, workspacesHolder } from '#backend/modules/security/index.ts'

/** `keys rotate`: every stored secret under the current encryption key. */
export function registerKeys(program: Command, context: CliContext): void {
  program
    .command('keys')
    .description('the keys that stored secrets are encrypted with')
    .command('rotate')
    .description('encrypt every stored secret anew with ENCRYPTION_KEY; ENCRYPTION_KEY_PREVIOUS reads what is older')
    .action(() =>
      context.with(async (opened) => {
        const { access, security } = servicesOf(opened)
        const secrets = workspacesHolder({ name: 'secrets', listWorkspaceIds: () => listWorkspaceIds(opened.adminUrl), rotate: security.secrets.rotate })
        const { rotated, failed, holders } = await createRotation({ holders: [secrets, access.rotation] }).rotate()
        const lines = holders.map((holder) => `  ${holder.name}: ${holder.rotated} rotated, ${holder.failed} unreadable`)
        if (failed > 0) {
          lines.push(
            `${failed} could not be read and ${failed === 1 ? 'was' : 'were'} left as before. Set ENCRYPTION_KEY_PREVIOUS to the key they were encrypted with and run this again.`,
          )
          process.exitCode = 1
        }
        context.print(
          { rotated, failed },
          [`${rotated} ${rotated === 1 ? 'value was' : 'values were'} encrypted anew with ENCRYPTION_KEY.`, ...lines].join('\n'),
        )
      }),
    )
}
