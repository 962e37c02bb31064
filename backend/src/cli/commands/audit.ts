import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'

/** `audit verify`: proves the audit trail, in the database and in its file. */
export function registerAudit(program: Command, context: CliContext): void {
  program
    .command('audit')
    .description('the audit trail')
    .command('verify')
    .description('prove that no entry of the audit trail was altered, removed or moved')
    .option('--file <path>', 'an audit log file to check too; the configured one when left out')
    .action((options: { file?: string }) =>
      context.with(async (opened) => {
        const { audit } = servicesOf(opened)
        const beganAt = performance.now()
        const chain = await audit.verify(opened.actor)
        const path = options.file ?? opened.logs.audit?.file?.path
        const file = path === undefined ? null : await audit.verifyFile(opened.actor, path)
        const seconds = Math.round(performance.now() - beganAt) / 1000
        const valid = chain.valid && file?.valid !== false
        const lines = [
          chain.firstBroken === null
            ? `The chain is whole: ${chain.entries} entries${chain.retired > 0 ? ` after ${chain.retired} removed by retention` : ''}, head ${chain.head ?? 'none'}.`
            : `The chain is broken at entry ${chain.firstBroken.sequence}: ${chain.firstBroken.reason}`,
        ]
        if (file !== null)
          lines.push(
            file.firstBroken === null
              ? `The file ${file.path} is whole: ${file.lines} lines${file.lines > 0 ? `, entries ${file.first} to ${file.last}` : ''}.`
              : `The file ${file.path} is broken at line ${file.firstBroken.line}${file.firstBroken.sequence === null ? '' : ` (entry ${file.firstBroken.sequence})`}: ${file.firstBroken.reason}`,
          )
        context.print({ ...chain, valid, seconds, file }, [...lines, `Checked in ${seconds} s.`].join('\n'))
        if (!valid) process.exitCode = 1
      }),
    )
}
