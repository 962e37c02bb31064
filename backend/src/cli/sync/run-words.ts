import type { OutboxPage } from '#contracts/outbox.ts'
import type { SyncRunJson, SyncStatus } from '#contracts/sync.ts'

const count = (value: number) => value.toLocaleString('en')

/** How far a run is, in one line. */
export function describeProgress({ mode, state, progress, apiCalls, error }: SyncRunJson): string {
  const { done, total, rowsPerSecond, secondsLeft } = progress
  const parts = [
    `${mode}: ${total === null || total === 0 ? count(done) : `${count(done)} of ${count(Math.max(done, total))}`} records`,
    ...(rowsPerSecond === null ? [] : [`${count(Math.round(rowsPerSecond))}/s`]),
    ...(secondsLeft === null ? [] : [`${describeSeconds(secondsLeft)} left`]),
    `${count(apiCalls)} calls`,
  ]
  const waits = state === 'queued' ? 'waits to be taken up' : error
  return waits === undefined ? parts.join(', ') : `${parts.join(', ')}; ${waits}`
}

/** How a run ended, with what it changed. */
export function describeRun(run: SyncRunJson): string {
  const took =
    run.startedAt === null || run.finishedAt === null ? '' : ` after ${describeSeconds((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000)}`
  const changes = Object.entries(run.counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([entity, counts]) => {
      const parts = (['created', 'updated', 'deleted'] as const).flatMap((kind) => (counts[kind] > 0 ? [`${count(counts[kind])} ${kind}`] : []))
      return parts.length === 0 ? [] : [`  ${entity.padEnd(14)}${parts.join(', ')}`]
    })
  const ended = { queued: 'is waiting', running: 'is under way', paused: 'is paused', done: 'done', failed: 'failed', cancelled: 'was cancelled' }[run.state]
  return [
    `${run.mode[0]?.toUpperCase()}${run.mode.slice(1)} run ${ended}${took}, ${count(run.apiCalls)} calls to Insightly.`,
    ...(changes.length === 0 && run.state === 'done' ? ['  Nothing was changed here.'] : changes),
    ...(run.error === undefined ? [] : [run.error]),
  ].join('\n')
}

/** How the mirror stands. */
export function describeStatus(status: SyncStatus): string {
  const { connection, lastRun, quota, asOf, lagSeconds, nextRunAt, outbox, conflicts, hookUrl } = status
  if (connection === null)
    return [
      'Nothing is mirrored: the records here are the only ones.',
      status.serverKey
        ? 'INSIGHTLY_API_KEY is set: the next start, or `npm run cli -- sync full`, copies everything. Who has left connects again under Settings, Insightly.'
        : 'Set INSIGHTLY_API_KEY, or connect under Settings, Insightly.',
    ].join('\n')
  return [
    `Mirrors ${connection.url}${connection.account === null ? '' : ` as ${connection.account}`}, since ${connection.connectedAt}.`,
    ...(connection.notInPlan.length === 0 ? [] : [`Not in the account's plan: ${connection.notInPlan.join(', ')}.`]),
    asOf === null ? 'No copy has been finished yet.' : `As of ${asOf}, ${describeSeconds(lagSeconds ?? 0)} ago.`,
    ...(lastRun === null ? [] : [lastRun.state === 'running' ? describeProgress(lastRun) : describeRun(lastRun)]),
    ...(nextRunAt === null ? [] : [`Next run: ${nextRunAt}.`]),
    ...(quota === null ? [] : [`Calls left of the day: ${count(quota.remaining)}${quota.limit === null ? '' : ` of ${count(quota.limit)}`}.`]),
    `Changes on their way there: ${count(outbox.pending)}; failed: ${count(outbox.failed)}; changed on both sides: ${count(conflicts)}.`,
    ...(hookUrl === null ? [] : [`Workflows of Insightly may report changes to ${hookUrl}`]),
  ].join('\n')
}

/** What waits, is being sent or was refused, a line each. */
export function describeOutbox({ items, counts, total }: OutboxPage): string {
  const lines = items.map(({ id, status, operation, entity, label, attempts, error, madeBy, madeAt }) =>
    [
      `${id.padStart(6)}  ${status.padEnd(8)}${operation} of ${entity} "${label ?? '(gone)'}", by ${madeBy ?? 'a job'} at ${madeAt}`,
      ...(attempts === 0 ? [] : [`tried ${attempts === 1 ? 'once' : `${attempts} times`}`]),
      ...(error === null ? [] : [error]),
    ].join('; '),
  )
  const more = total === null || total <= items.length ? [] : [`… and ${count(total - items.length)} more`]
  return [...lines, ...more, `Waiting: ${count(counts.pending)}; being sent: ${count(counts.sending)}; failed: ${count(counts.failed)}.`].join('\n')
}

function describeSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}
