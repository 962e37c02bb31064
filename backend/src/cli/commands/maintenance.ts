import type { Command } from 'commander'
import type { CliContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'

const shownRuns = 14

/** `maintenance run|status`: what the server does by itself each night. */
export function registerMaintenance(program: Command, context: CliContext): void {
  const maintenance = program.command('maintenance').description('what has been kept for long enough goes: docs/retention.md')
  maintenance
    .command('run')
    .description('remove it now instead of at night')
    .action(() =>
      context.with(async (opened) => {
        const done = await servicesOf(opened).retention.run({ again: true })
        if (done === undefined) return context.fail('Another process is removing it right now; `maintenance status` tells when it has ended.')
        context.print(done, describeRemoved(done.removed))
      }),
    )
  maintenance
    .command('status')
    .description('the last runs')
    .action(() =>
      context.with(async (opened) => {
        const runs = await servicesOf(opened).retention.list(shownRuns)
        const lines = runs.map(({ dueOn, finishedAt, removed, error }) =>
          error === null ? `${dueOn}  ${finishedAt === null ? 'under way' : describeRemoved(removed)}` : `${dueOn}  failed: ${error}`,
        )
        context.print({ runs }, lines.length === 0 ? 'It has not run yet; the server begins a minute after its start.' : lines.join('\n'))
      }),
    )
}

function describeRemoved(removed: Record<string, number>): string {
  const kinds = Object.entries(removed).map(([kind, number]) => `${kind} ${number}`)
  return kinds.length === 0 ? 'Nothing had been kept for too long.' : `Removed: ${kinds.join(', ')}.`
}
