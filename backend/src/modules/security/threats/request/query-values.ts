import { decodeBase64 } from '../decode/base64.ts'
import { decodePercent } from '../decode/percent.ts'
import { decodeUtf7 } from '../decode/unicode.ts'
import type { Place } from '../threat.ts'
import { maximumValues, placeName, plainName, type RequestValue } from './values.ts'

/** The parameters of a query or a form, decoded as a server would. */
export function queryValues(query: string, parent: string, place: Place, exempt?: ReadonlySet<string>): RequestValue[] {
  const values: RequestValue[] = []
  if (query === '') return values
  for (const pair of query.split('&', maximumValues)) {
    const equals = pair.indexOf('=')
    const name = equals === -1 ? '' : decodePercent(pair.slice(0, equals), true)
    const raw = equals === -1 ? pair : pair.slice(equals + 1)
    if (exempt?.has(name) === true) continue
    const where = name === '' ? parent : placeName(parent, name)
    if (!plainName.test(name) || name.includes('__')) values.push({ where, text: name, place })
    if (raw === '') continue
    values.push({ where, text: decodePercent(decodeUtf7(raw), true), place })
    // A plus sign is a letter of base64, and a space of everything else.
    const hidden = raw.includes('+') ? decodeBase64(decodePercent(raw, false)) : undefined
    if (hidden !== undefined) values.push({ where, text: hidden, place })
  }
  return values
}

/** A query that was not cut in pairs, for what a reader without pairs would see in it. */
export function wholeQuery(query: string, parent: string, place: Place): RequestValue[] {
  return query.includes('&') && /[;|`<]|%(?:0[ad]|26|3[bc]|60|7c)/i.test(query) ? [{ where: parent, text: decodePercent(query, true), place }] : []
}
