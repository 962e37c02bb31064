import type { ChatAnswer } from '#contracts/chat.ts'
import { type FoundChange, findChanges } from './changes.ts'
import { type Judgement, judge } from './judge.ts'
import type { ScoreTask } from './scenario.ts'
import { differingTables, isSameState, type WorkspaceState } from './state.ts'

/** What the score needs of a workspace in which it may do as it likes. */
export interface ScoreWorld {
  timeZone: string
  /** E-mail address of the person who asks. */
  person: string
  ask(message: string, sessionId: string | undefined): Promise<Omit<ChatAnswer, 'routing'>>
  /** Approves all that is pending of a batch. */
  approve(batchId: string): Promise<unknown>
  undo(batchId: string): Promise<unknown>
  state(before?: WorkspaceState): Promise<WorkspaceState>
  /** Puts a fresh copy in place of what could not be undone. */
  renew(): Promise<void>
  close(): Promise<void>
}

export interface TaskResult extends Judgement {
  task: ScoreTask
  /** What the product said last; undefined when asking failed. */
  text: string | undefined
  clarifies: boolean
  /** Titles of what was proposed. */
  proposed: string[]
  /** Why asking or approving failed. */
  error: string | undefined
  /** Tables that undo did not put back. */
  notUndone: string[]
  inputTokens: number
  outputTokens: number
  costUsd: number
  elapsedMs: number
}

/** Asks, approves, compares the state with the expected one and takes everything back, task by task. */
export async function runTasks(tasks: readonly ScoreTask[], world: ScoreWorld, onDone?: (result: TaskResult) => void): Promise<TaskResult[]> {
  const results: TaskResult[] = []
  let clean = await world.state()
  for (const task of tasks) {
    const { result, isUndone } = await runTask(task, world, clean)
    if (!isUndone) {
      await world.renew()
      clean = await world.state()
    }
    results.push(result)
    onDone?.(result)
  }
  return results
}

async function runTask(task: ScoreTask, world: ScoreWorld, clean: WorkspaceState): Promise<{ result: TaskResult; isUndone: boolean }> {
  const beganAt = performance.now()
  const batches: string[] = []
  const proposed: string[] = []
  const usage = { inputTokens: 0, outputTokens: 0, costUsd: 0 }
  let answer: Omit<ChatAnswer, 'routing'> | undefined
  let error: string | undefined
  try {
    for (const message of typeof task.message === 'string' ? [task.message] : task.message) {
      answer = await world.ask(message, answer?.sessionId)
      usage.inputTokens += answer.usage.inputTokens
      usage.outputTokens += answer.usage.outputTokens
      usage.costUsd += Number(answer.usage.costUsd)
      for (const part of answer.parts) {
        if (part.type !== 'data-proposals') continue
        proposed.push(...part.data.proposals.map(({ title }) => title))
        batches.push(part.data.batchId)
        await world.approve(part.data.batchId)
      }
    }
  } catch (cause) {
    // A task that breaks the service is not done; the others are still to be scored.
    error = cause instanceof Error ? cause.message : String(cause)
  }
  const elapsedMs = performance.now() - beganAt
  const after = await world.state(clean)
  const found: FoundChange[] = findChanges(clean, after)
  const judged = judge(task.expect, found, { before: clean, after, timeZone: world.timeZone, person: world.person })
  const verdict = error !== undefined && judged.verdict === 'done' ? 'abstained' : judged.verdict
  const notUndone = isSameState(clean, after) ? [] : await takeBack(batches, world, clean)
  const result = {
    task,
    ...judged,
    verdict,
    text: answer?.text,
    clarifies: answer?.parts.some(({ type }) => type === 'data-clarify') ?? false,
    proposed,
    error,
    notUndone,
    ...usage,
    elapsedMs,
  } satisfies TaskResult
  return { result, isUndone: notUndone.length === 0 }
}

async function takeBack(batches: readonly string[], world: ScoreWorld, clean: WorkspaceState): Promise<string[]> {
  try {
    for (const batch of batches.toReversed()) await world.undo(batch)
  } catch (cause) {
    return [`undo: ${cause instanceof Error ? cause.message : String(cause)}`]
  }
  return differingTables(clean, await world.state(clean))
}
