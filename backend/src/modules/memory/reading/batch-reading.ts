import type { EndedBatch, ModelBatches } from '#backend/infra/models/model-batches.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import { checkFound, extractionPrompt } from '../extract/model-extract.ts'
import { closeBatch, type NotedCall, noteBatch, type OpenBatch, openBatch, restBatch, takeBatch } from './batches.repository.ts'
import { callerOf, inJob, personOf, type ReadingDependencies, sentencesOf } from './reading-model.ts'
import { dropReading, listBatchedReadings, listDueReadings, restReadings, retryBatched } from './readings.repository.ts'

const mostInBatch = 200
const lookEverySeconds = 300
/** A batch whose making was not confirmed may still be on its way into the provider's list. */
const shortestRestSeconds = 60
const longestRestSeconds = 3600
const givenUpAfterMs = 3 * 86_400_000

/** Has messages read in batches: each step is noted before the next, so that any process goes on where another one was stopped. */
export function createBatchReading({ database, logger, learn }: ReadingDependencies, batches: ModelBatches) {
  let failed = false

  /** @returns whether the provider does what it is asked */
  async function step(workspaceId: string, batch: OpenBatch, masks: boolean, signal: AbortSignal): Promise<boolean> {
    const rest = (seconds: number) => inJob(database, workspaceId, (tx) => restBatch(tx, batch, { seconds, failures: 0 }))
    if (batch.remoteId === null) {
      const remoteId = await begin(workspaceId, batch, masks, signal)
      if (remoteId !== undefined && (await inJob(database, workspaceId, (tx) => noteBatch(tx, batch, { remoteId })))) await rest(shortestRestSeconds)
      return true
    }
    const came = await batches.look(batch.remoteId, signal)
    if (came === 'running') {
      await rest(lookEverySeconds)
      return true
    }
    if (came === 'gone' || came.status !== 'completed')
      logger.warn({ batch: batch.remoteId, ...(came === 'gone' ? {} : { status: came.status, codes: came.codes }) }, 'A batch ended without all of its answers')
    if (came !== 'gone') await read(workspaceId, batch, came, masks)
    await batches.removeFiles(came === 'gone' ? [batch.fileId ?? ''].filter((id) => id !== '') : came.files, signal)
    await end(workspaceId, batch)
    return came !== 'gone' && came.status !== 'failed'
  }

  /** @returns the provider's id; undefined when nothing is left to be asked, or another process asks */
  async function begin(workspaceId: string, batch: OpenBatch, masks: boolean, signal: AbortSignal): Promise<string | undefined> {
    if (batch.fileId !== null) {
      // Its making may have succeeded where nobody heard of it.
      const made = await batches.find(batch.id, new Date(batch.createdAt), signal)
      if (made !== undefined) return made
      await batches.removeFiles([batch.fileId], signal)
    }
    const readings = new Map((await inJob(database, workspaceId, (tx) => listBatchedReadings(tx, batch.id))).map((reading) => [reading.messageId, reading]))
    const calls = batch.calls.flatMap(({ id, messageId }) => {
      const reading = readings.get(messageId)
      const sentences = reading === undefined ? [] : sentencesOf(reading, masks)
      return sentences.length === 0 ? [] : [{ id, messages: extractionPrompt(sentences) }]
    })
    if (calls.length === 0) {
      await end(workspaceId, batch)
      return undefined
    }
    const fileId = await batches.upload(batch.id, batch.model, calls, signal)
    if (await inJob(database, workspaceId, (tx) => noteBatch(tx, batch, { fileId }))) return await batches.create(batch.id, fileId, signal)
    await batches.removeFiles([fileId], signal)
    return undefined
  }

  /** Twice does no harm: the books know each call, and what was learned waits no more. */
  async function read(workspaceId: string, batch: OpenBatch, { answers }: EndedBatch, masks: boolean): Promise<void> {
    const readings = new Map((await inJob(database, workspaceId, (tx) => listBatchedReadings(tx, batch.id))).map((reading) => [reading.messageId, reading]))
    for (const call of batch.calls) {
      const answer = answers.get(call.id)
      if (answer === undefined) continue
      const reading = readings.get(call.messageId)
      const sentences = reading === undefined ? [] : sentencesOf(reading, masks)
      const messages = sentences.length === 0 ? undefined : extractionPrompt(sentences)
      batches.note({ id: call.id, caller: callerOf(workspaceId, call), model: batch.model, since: new Date(batch.createdAt), messages }, answer)
      if (reading !== undefined && answer.text !== null) await learn(personOf(workspaceId, reading), reading, checkFound(answer.text, sentences))
    }
  }

  /** What has no answer waits again. */
  async function end(workspaceId: string, batch: OpenBatch): Promise<void> {
    await inJob(database, workspaceId, async (tx) => {
      await retryBatched(tx, batch.id)
      if (!(await closeBatch(tx, batch))) throw new AppError('CONFLICT', 'Another process looks after this batch.')
    })
  }

  async function stumbled(workspaceId: string, batch: OpenBatch, error: unknown): Promise<void> {
    logger[failed ? 'debug' : 'warn']({ err: error }, 'A batch for the memory could not be looked after; it is tried again')
    failed = true
    if (Date.now() - Date.parse(batch.createdAt) > givenUpAfterMs) return await end(workspaceId, batch)
    const failures = batch.failures + 1
    const asked = error instanceof AppError ? (error.retryAfterSeconds ?? 0) : 0
    const seconds = Math.min(longestRestSeconds, Math.max(shortestRestSeconds * 2 ** Math.min(failures - 1, 10), asked))
    await inJob(database, workspaceId, (tx) => restBatch(tx, batch, { seconds, failures }))
  }

  /** Looks after every batch of a workspace that is due. */
  async function lookAfter(workspaceId: string, masks: boolean, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const batch = await inJob(database, workspaceId, takeBatch)
      if (batch === undefined) return
      try {
        failed = !(await step(workspaceId, batch, masks, signal))
      } catch (error) {
        // Who is stopped leaves it to whoever takes it up after the lease.
        if (!signal.aborted) await stumbled(workspaceId, batch, error)
      }
    }
  }

  return {
    lookAfter,
    isFailing: () => failed,

    /** Puts what is due into a batch and sends it; what no budget allows waits on. */
    async collect(workspaceId: string, masks: boolean, signal: AbortSignal): Promise<void> {
      const due = await inJob(database, workspaceId, (tx) => listDueReadings(tx, mostInBatch))
      const giveBack: (() => void)[] = []
      const calls: NotedCall[] = []
      const resting = new Set<string>()
      try {
        for (const reading of due) {
          const { messageId, sessionId, userId } = reading
          const sentences = sentencesOf(reading, masks)
          if (sentences.length === 0) await inJob(database, workspaceId, (tx) => dropReading(tx, messageId))
          if (sentences.length === 0 || resting.has(userId)) continue
          try {
            giveBack.push(await batches.reserve(callerOf(workspaceId, reading), extractionPrompt(sentences)))
            calls.push({ id: newId(), messageId, sessionId, userId })
          } catch (error) {
            if (!(error instanceof AppError && error.code === 'RATE_LIMITED')) throw error
            resting.add(userId)
            await inJob(database, workspaceId, (tx) => restReadings(tx, userId, Math.max(shortestRestSeconds, error.retryAfterSeconds ?? 0)))
          }
        }
        if (calls.length > 0) await inJob(database, workspaceId, (tx) => openBatch(tx, { id: newId(), model: batches.model, calls }))
        await lookAfter(workspaceId, masks, signal)
      } finally {
        for (const release of giveBack) release()
      }
    },
  }
}
