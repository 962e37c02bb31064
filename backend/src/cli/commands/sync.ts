import type { Command } from 'commander'
import type { CliContext, OpenContext } from '#backend/cli/context.ts'
import { servicesOf } from '#backend/cli/services.ts'
import { followRun } from '#backend/cli/sync/follow-run.ts'
import { describeOutbox, describeRun, describeStatus } from '#backend/cli/sync/run-words.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { outboxQuerySchema, outboxStatuses } from '#contracts/outbox.ts'
import { type SyncRunJson, type SyncStatus, syncModes } from '#contracts/sync.ts'

type Mode = (typeof syncModes)[number]
type Services = ReturnType<typeof servicesOf>

const described: Record<Mode, string> = {
  full: 'copy every record, or go on with a copy that was interrupted',
  incremental: 'fetch what was changed since the last run',
  reconcile: 'compare all ids: what was deleted there goes here',
}
const interrupted = 130

/** `sync full` and its kind: runs of the mirror of Insightly, done by the server or by this command, whoever takes them up. */
export function registerSync(program: Command, context: CliContext): void {
  const sync = program.command('sync').description('the mirror of Insightly')
  sync
    .command('status', { isDefault: true })
    .description('how the mirror stands')
    .action(() => told(context, ({ services, opened }) => services.sync.status(opened.actor)))
  for (const mode of syncModes) {
    const command = sync.command(mode).description(described[mode])
    if (mode === 'reconcile') command.option('--confirm-deletions', 'most records of a kind are gone there, and may be deleted here')
    command.action((options: { confirmDeletions?: boolean }) => run(context, mode, options.confirmDeletions ?? false))
  }
  const changes = { pause: 'hold the run until it is resumed', resume: 'go on with a paused run', cancel: 'end the run; what has landed stays' } as const
  for (const change of ['pause', 'resume', 'cancel'] as const)
    sync
      .command(change)
      .description(changes[change])
      .action(() => told(context, ({ services, opened }) => services.sync.change(opened.actor, change)))
  sync
    .command('leave')
    .description('stop mirroring, forget the key and keep every record')
    .action(() => told(context, ({ services, opened }) => services.sync.leave(opened.actor)))
  sync
    .command('outbox')
    .description('changes on their way to Insightly, and those it refused')
    .option('--status <status>', `one of ${outboxStatuses.join(', ')}; all that is open when left out`)
    .option('--limit <number>', 'how many, 200 at most', '50')
    .action((options: { status?: string; limit: string }) =>
      withServices(context, async ({ services, opened }) => {
        const query = outboxQuerySchema.safeParse(options)
        if (!query.success) throw new AppError('VALIDATION', `--status is one of ${outboxStatuses.join(', ')}, and --limit a number from 1 to 200.`)
        const page = await services.insightly.outbox.list(opened.actor, query.data)
        context.print(page, describeOutbox(page))
      }),
    )
}

interface Open {
  services: Services
  opened: OpenContext
}

function withServices(context: CliContext, work: (open: Open) => Promise<void>): Promise<void> {
  return context.with(async (opened) => {
    const services = servicesOf(opened)
    try {
      await work({ services, opened })
    } finally {
      // Before the database goes: a run is given back, and calls are noted.
      await services.insightly.close()
    }
  })
}

function told(context: CliContext, work: (open: Open) => Promise<SyncStatus>): Promise<void> {
  return withServices(context, async (open) => {
    const status = await work(open)
    context.print(status, describeStatus(status))
  })
}

function run(context: CliContext, mode: Mode, mayDeleteMost: boolean): Promise<void> {
  return withServices(context, async ({ services, opened }) => {
    const { actor, config } = opened
    if (config.application.safeMode) throw new AppError('UNAVAILABLE', 'SAFE_MODE is set, so Insightly is not called. Start without it to go on.')
    await services.sync.connectEnvironment()
    const id = await startOrJoin(services, opened, mode, mayDeleteMost)
    const stopping = new AbortController()
    const stop = () => stopping.abort()
    process.once('SIGINT', stop).once('SIGTERM', stop)
    services.insightly.runner.start()
    const read = async () => (await services.sync.listRuns(actor, 20)).find((candidate) => candidate.id === id)
    const ended = await followRun({ read, output: process.stderr, signal: stopping.signal })
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop)
    if (stopping.signal.aborted) return letGo(context, id, ended)
    if (ended === undefined) throw new AppError('NOT_FOUND', 'The run is not there any more.')
    const hint = ended.state === 'paused' ? '\n`npm run cli -- sync resume` goes on with it.' : ''
    context.print(ended, `${describeRun(ended)}${hint}`)
    if (ended.state !== 'done') process.exitCode = 1
  })
}

/** The run of this kind that is under way is as good as one of our own. */
async function startOrJoin({ sync }: Services, { actor }: OpenContext, mode: Mode, mayDeleteMost: boolean): Promise<string> {
  try {
    return await sync.start(actor, { mode, mayDeleteMost })
  } catch (error) {
    const { lastRun } = await sync.status(actor)
    const isSame = lastRun?.mode === mode && ['queued', 'running'].includes(lastRun.state)
    if (!(error instanceof AppError && error.code === 'CONFLICT') || lastRun === null || !isSame) throw error
    return lastRun.id
  }
}

function letGo(context: CliContext, id: string, run: SyncRunJson | undefined): void {
  process.exitCode = interrupted
  context.print(
    run ?? { id },
    'Let go of the run. What has landed stays; a running server goes on with it at once, or else the next start, or this command when it is given again.',
  )
}
