import { readDate } from '../dates.ts'
import { badRequest } from './refusal.ts'

/** The parameters of a request; names in any case, unknown ones without effect. */
export type Query = ReadonlyMap<string, string>

export interface ListParameters {
  top: number
  skip: number
  brief: boolean
  countTotal: boolean
}

const defaultTop = 100
const maxTop = 500

export function readQuery(search: string): Query {
  return new Map([...new URLSearchParams(search)].map(([name, value]) => [name.toLowerCase(), value]))
}

export function listParameters(query: Query): ListParameters {
  return {
    top: Math.min(maxTop, wholeNumber(query, 'top', 1) ?? defaultTop),
    skip: wholeNumber(query, 'skip', 0) ?? 0,
    brief: isTrue(query.get('brief')),
    countTotal: isTrue(query.get('count_total')),
  }
}

export function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true'
}

function wholeNumber(query: Query, name: string, least: number): number | undefined {
  const text = query.get(name)
  if (text === undefined || text === '') return undefined
  if (!/^\d{1,9}$/.test(text) || Number(text) < least) throw badRequest(`The value '${text}' is not valid for ${name}.`)
  return Number(text)
}

/** The instant after which changes are asked for, in either form. */
export function updatedAfter(query: Query): number | undefined {
  const text = query.get('updated_after_utc')
  if (text === undefined || text === '') return undefined
  const instant = readDate(text)
  if (instant === undefined) throw badRequest(`The value '${text}' is not valid for updated_after_utc.`)
  return instant
}
