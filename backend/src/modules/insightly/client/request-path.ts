import { AppError } from '#backend/kernel/errors.ts'

/** Rows of a page, at most. */
export const longestPage = 500

/** Which rows of a list. Insightly sorts by ascending id and by nothing else. */
export interface PageOptions {
  /** Rows, 500 at most and by default. */
  top?: number | undefined
  skip?: number | undefined
  /** Without links, tags and custom fields. */
  brief?: boolean | undefined
  /** Tells how many there are in all. */
  countTotal?: boolean | undefined
  /** Of lead statuses: also that of converted leads, which is left out otherwise. */
  includeConverted?: boolean | undefined
}

/** @throws AppError VALIDATION when a page of this size cannot be asked for */
export function pageParameters({ top = longestPage, skip = 0, brief, countTotal, includeConverted }: PageOptions): Record<string, string> {
  if (!Number.isInteger(top) || top < 1 || top > longestPage) throw new AppError('VALIDATION', `A page of Insightly has 1 to ${longestPage} rows.`)
  if (!Number.isSafeInteger(skip) || skip < 0) throw new AppError('VALIDATION', 'Rows are skipped from none upwards.')
  return {
    ...(brief === true ? { brief: 'true' } : {}),
    ...(skip > 0 ? { skip: String(skip) } : {}),
    top: String(top),
    ...(countTotal === true ? { count_total: 'true' } : {}),
    ...(includeConverted === true ? { include_converted: 'true' } : {}),
  }
}

/** Steps of a path below the API's address. */
export function pathOf(steps: readonly string[], parameters: Record<string, string> = {}): string {
  const path = steps.map(encodeURIComponent).join('/')
  const query = new URLSearchParams(parameters).toString()
  return query === '' ? path : `${path}?${query}`
}

/** An id as a step of a path. @throws AppError VALIDATION when it is none */
export function idStep(id: number): string {
  if (!Number.isSafeInteger(id) || id < 1) throw new AppError('VALIDATION', 'An id of Insightly is a whole number above nought.')
  return String(id)
}
