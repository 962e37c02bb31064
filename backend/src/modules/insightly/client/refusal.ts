import type { ErrorCode } from '#backend/kernel/errors.ts'
import { type CallFate, InsightlyError, type InsightlyProblem } from './insightly-error.ts'
import type { InsightlyObject } from './objects.ts'

/** What a call is for, in words and for counting. */
export interface CallPurpose {
  operation: 'list' | 'search' | 'get' | 'create' | 'update' | 'delete'
  object: InsightlyObject
  /** What it reads or changes of the record, such as `its notes`. */
  part?: string | undefined
}

export interface Refusal {
  status: number
  /** In Insightly's own words. */
  text: string | undefined
  retryAfterSeconds: number | undefined
  isDayUsedUp: boolean
}

/** A status that is no success, as a sentence with a way out. */
export function toRefusal(purpose: CallPurpose, { status, text, retryAfterSeconds, isDayUsedUp }: Refusal): InsightlyError {
  const { object } = purpose
  const isWrite = !['list', 'search', 'get'].includes(purpose.operation)
  const isWholeList = (purpose.operation === 'list' || purpose.operation === 'search') && purpose.part === undefined
  const what = describe(purpose)
  const says = text === undefined ? '' : ` Insightly says: “${text}”`
  const fail = (code: ErrorCode, problem: InsightlyProblem, sentence: string, fate: CallFate = 'refused') =>
    new InsightlyError(code, `${sentence}${says}`, {
      problem,
      fate,
      status,
      text,
      retryAfterSeconds: retryAfterSeconds ?? (status === 429 ? (isDayUsedUp ? 3600 : 1) : undefined),
    })

  if (status === 401)
    return fail(
      'UPSTREAM',
      'key',
      'Insightly refuses the API key. Check INSIGHTLY_API_KEY, and that INSIGHTLY_API_URL names your pod, such as https://api.na1.insightly.com/v3.1.',
    )
  if (status === 402)
    return fail('FORBIDDEN', 'room', `Insightly's plan has no room left, so it refused to ${what}. Make room there or change the plan, then try again.`)
  if (status === 429)
    return isDayUsedUp
      ? fail('RATE_LIMITED', 'dayUsedUp', `The calls that Insightly's plan allows a day are used up, so it refused to ${what}. It works again the next day.`)
      : fail('RATE_LIMITED', 'tooOften', `Insightly is called too often with this key, so it refused to ${what}. Try again shortly.`)
  if ((status === 403 || status === 404) && isWholeList && !object.inEveryPlan)
    return fail('FORBIDDEN', 'plan', `${capital(object.many)} are not in your Insightly plan, or are switched off there; everything else works without them.`)
  if (status === 403) return fail('FORBIDDEN', 'permission', `The Insightly user of the API key may not ${what}. An administrator there can allow it.`)
  if (status === 405 || (status === 404 && isWholeList))
    return fail('UPSTREAM', 'address', `Insightly cannot ${what} at this address. INSIGHTLY_API_URL should end in /v3.1.`)
  if (status === 404) return fail('NOT_FOUND', 'missing', `Insightly could not ${what}: it has no such ${object.one}. It may have been deleted there.`)
  if (status === 409) return fail('CONFLICT', 'conflict', `Insightly refused to ${what}, because it is in use or was changed there.`)
  if (status === 413) return fail('PAYLOAD_TOO_LARGE', 'invalid', `Insightly refused to ${what}, because it is too large.`)
  if (status === 417) return fail('CONFLICT', 'notDeleted', `Insightly could not ${what}; nothing was changed there. Look at the ${object.one} in Insightly.`)
  if (status >= 400 && status < 500) return fail('VALIDATION', 'invalid', `Insightly refused to ${what}; nothing was changed there.`)
  if (status >= 500)
    return isWrite
      ? fail(
          'UPSTREAM',
          'failed',
          `Insightly failed (${status}) when asked to ${what}, and may or may not have done so. Look there before trying again.`,
          'unknown',
        )
      : fail('UPSTREAM', 'failed', `Insightly failed (${status}) when asked to ${what}. Nothing is wrong on this side; try again later.`)
  return fail(
    'UPSTREAM',
    'address',
    `Insightly answered ${status} when asked to ${what}, which is no answer of its API. Check INSIGHTLY_API_URL.`,
    isWrite ? 'unknown' : 'refused',
  )
}

const verbs: Record<CallPurpose['operation'], string> = {
  list: 'list',
  search: 'search',
  get: 'read',
  create: 'create',
  update: 'change',
  delete: 'delete',
}

/** `create a contact`, `read the notes of a contact`. */
export function describe({ operation, object, part }: CallPurpose): string {
  const article = /^[aeio]/.test(object.one) ? 'an' : 'a'
  if (part !== undefined) return `${operation === 'create' ? 'add to' : verbs[operation]} the ${part} of ${article} ${object.one}`
  return operation === 'list' || operation === 'search' ? `${verbs[operation]} ${object.many}` : `${verbs[operation]} ${article} ${object.one}`
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
