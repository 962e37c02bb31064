import { AppError, type ErrorCode } from '#backend/kernel/errors.ts'

/** What went wrong, for whoever decides what to do next. */
export type InsightlyProblem =
  | 'key'
  | 'plan'
  | 'room'
  | 'permission'
  | 'missing'
  | 'invalid'
  | 'conflict'
  | 'notDeleted'
  | 'tooOften'
  | 'dayUsedUp'
  | 'failed'
  | 'timeout'
  | 'unreachable'
  | 'unreadable'
  | 'cancelled'
  | 'address'
  | 'resting'

/**
 * What became of the call there: `unsent` never left, `refused` changed nothing, `unknown` may have been done, `done` was done although its
 * answer could not be read.
 */
export type CallFate = 'unsent' | 'refused' | 'unknown' | 'done'

export interface InsightlyErrorOptions {
  problem: InsightlyProblem
  fate: CallFate
  status?: number | undefined
  /** In Insightly's own words. */
  text?: string | undefined
  cause?: unknown
  retryAfterSeconds?: number | undefined
}

/** A call to Insightly that did not do what it was for. */
export class InsightlyError extends AppError {
  readonly problem: InsightlyProblem
  readonly fate: CallFate
  readonly status: number | undefined
  readonly text: string | undefined

  constructor(code: ErrorCode, message: string, { problem, fate, status, text, cause, retryAfterSeconds }: InsightlyErrorOptions) {
    super(code, message, { cause, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) })
    this.name = 'InsightlyError'
    this.problem = problem
    this.fate = fate
    this.status = status
    this.text = text
  }
}

/** Whether a write may have been done although it failed: then it is looked up before it is made again. */
export function isUncertain(error: unknown): boolean {
  return error instanceof InsightlyError && (error.fate === 'unknown' || error.fate === 'done')
}

/** Whether the object is not part of the account's plan, or switched off there. */
export function isNotInPlan(error: unknown): boolean {
  return error instanceof InsightlyError && error.problem === 'plan'
}
