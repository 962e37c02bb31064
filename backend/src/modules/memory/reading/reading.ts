import { AppError } from '#backend/kernel/errors.ts'
import { checkFound, extractionPrompt } from '../extract/model-extract.ts'
import { createBatchReading } from './batch-reading.ts'
import { callerOf, inJob, jobOf, personOf, type ReadingDependencies, sentencesOf } from './reading-model.ts'
import {
  dropOldReadings,
  dropReading,
  listReadingWorkspaces,
  type Reading,
  restReadings,
  retryReading,
  returnReading,
  takeReading,
} from './readings.repository.ts'

export interface MemoryReading {
  /** Has what is due read, in one workspace or in all; resolves when nothing more is to be done now. */
  read(only?: string): Promise<void>
  /** Whether the last time did not go well. */
  isFailing(): boolean
  start(): void
  stop(): Promise<void>
}

const lookEveryMs = 15_000
const shortestRestSeconds = 60

/** Has a language model read what people wrote and no rule understood; any number of processes do so beside each other. */
export function createMemoryReading(dependencies: ReadingDependencies): MemoryReading {
  const { database, homeWorkspaceId, logger, model, learn } = dependencies
  const batched = model.batches === undefined ? undefined : createBatchReading(dependencies, model.batches)
  const stopping = new AbortController()
  const { signal } = stopping
  let timer: NodeJS.Timeout | undefined
  let working = Promise.resolve()
  let failed = false

  async function askAll(workspaceId: string, masks: boolean): Promise<void> {
    while (!signal.aborted) {
      const reading = await inJob(database, workspaceId, (tx) => takeReading(tx, model.callSeconds + shortestRestSeconds))
      if (reading === undefined) return
      const sentences = sentencesOf(reading, masks)
      if (sentences.length === 0) {
        await inJob(database, workspaceId, (tx) => dropReading(tx, reading.messageId))
        continue
      }
      try {
        const answer = await model.ask(callerOf(workspaceId, reading), extractionPrompt(sentences), signal)
        await learn(personOf(workspaceId, reading), reading, checkFound(answer, sentences))
        failed = false
      } catch (error) {
        if (!(await putBack(workspaceId, reading, error))) return
      }
    }
  }

  /** @returns whether others may be asked now */
  async function putBack(workspaceId: string, { messageId, userId }: Reading, error: unknown): Promise<boolean> {
    if (signal.aborted) await inJob(database, workspaceId, (tx) => returnReading(tx, messageId))
    else if (error instanceof AppError && error.code === 'RATE_LIMITED') {
      const seconds = Math.max(shortestRestSeconds, error.retryAfterSeconds ?? 0)
      await inJob(database, workspaceId, (tx) => restReadings(tx, userId, seconds))
      return error.details?.some(({ field }) => field === 'budget') === true
    } else {
      logger[failed ? 'debug' : 'warn']({ err: error }, 'A message could not be read for the memory; it is tried again')
      failed = true
      await inJob(database, workspaceId, (tx) => retryReading(tx, messageId))
    }
    return false
  }

  async function workOn(workspaceId: string): Promise<void> {
    await inJob(database, workspaceId, dropOldReadings)
    const masks = await model.masksPeople(jobOf(workspaceId))
    // What was sent before the setting was changed is still looked after.
    if (model.mode === 'batch') await batched?.collect(workspaceId, masks, signal)
    else {
      await batched?.lookAfter(workspaceId, masks, signal)
      await askAll(workspaceId, masks)
    }
  }

  async function look(only: string | undefined): Promise<void> {
    const due = await inJob(database, homeWorkspaceId, listReadingWorkspaces)
    for (const workspaceId of due) if (!signal.aborted && (only === undefined || only === workspaceId)) await workOn(workspaceId)
  }

  function read(only?: string): Promise<void> {
    working = working
      .then(() => look(only))
      .catch((error: unknown) => logger.warn({ err: error }, 'What waits to be read for the memory could not be looked at; it is tried again'))
    return working
  }

  const plan = () => {
    if (!signal.aborted) timer = setTimeout(() => void read().then(plan), lookEveryMs).unref()
  }

  return {
    read,
    isFailing: () => failed || batched?.isFailing() === true,
    start() {
      if (timer === undefined) plan()
    },
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      await working
    },
  }
}
