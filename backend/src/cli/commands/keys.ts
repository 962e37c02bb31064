import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'
import { listWorkspaceIds } from '#backend/infra/database/workspaces.ts'
import { createRotation, type RotationHolder, workspacesHolder } from '#backend/modules/security/index.ts'

type RotateWorkspace = (workspaceId: string) => ReturnType<RotationHolder['rotate']>

/** `keys rotate`: every stored secret under the current encryption key. */
export function registerKeys(program: Command, context: CliContext): void {
  program
    .command('keys')
    .description('the keys that stored secrets are encrypted with')
    .command('rotate')
    .description('encrypt every stored secret anew with ENCRYPTION_KEY; ENCRYPTION_KEY_PREVIOUS reads what is older')
    .action(() =>
      context.with(async (opened) => {
        const { access, security, modelServices } = servicesOf(opened)
        const inWorkspaces = (name: string, rotate: RotateWorkspace) =>
          workspacesHolder({ name, listWorkspaceIds: () => listWorkspaceIds(opened.adminUrl), rotate })
        const secrets = inWorkspaces('secrets', security.secrets.rotate)
        const prompts = inWorkspaces('prompts and answers of models', modelServices.promptAudit.rotate)
        const { rotated, failed, holders } = await createRotation({ holders: [secrets, prompts, access.rotation] }).rotate()
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
