import { decodePercent } from '../decode/percent.ts'
import type { Place, RequestParts } from '../threat.ts'
import { queryValues } from './query-values.ts'
import { placeName, type RequestValue } from './values.ts'

/** Headers of every browser, whose ordinary values need no look. */
const ordinary: Record<string, RegExp> = {
  accept: /^[\w.+*/;,=\- "?]*$/,
  'accept-charset': /^[\w;,=.* -]*$/,
  'accept-encoding': /^[\w;,=.* -]*$/,
  'accept-language': /^[\w;,=.* -]*$/,
  authorization: /^(?:Bearer|Basic|Negotiate) [\w.~+/=-]*$/i,
  'cache-control': /^[\w=, -]*$/,
  connection: /^[\w, -]*$/,
  'content-length': /^\d+$/,
  'content-type': /^[\w.+-]+\/[\w.+-]+(?:; ?(?:charset|boundary|version)="?[\w'()+,./:=?-]*"?)*$/i,
  host: /^[\w.-]+(?::\d+)?$/,
  'if-modified-since': /^[\w,: +-]*$/,
  'if-none-match': /^[\w"/,:=+*. -]*$/,
  origin: /^(?:null|https?:\/\/[\w.-]+(?::\d+)?)$/,
  priority: /^[\w=, -]*$/,
  pragma: /^[\w-]*$/,
  te: /^[\w, -]*$/,
  'transfer-encoding': /^[\w, -]*$/,
  'upgrade-insecure-requests': /^\d$/,
  'x-forwarded-for': /^[\da-f.:, ]*$/i,
  'x-forwarded-proto': /^[a-z]*$/,
  'x-real-ip': /^[\da-f.:]*$/i,
  'x-request-id': /^[\w-]*$/,
  'x-csrf-token': /^[\w.~+/=-]*$/,
}
/** A browser, a robot of a search engine or a library that says who it is. */
const ordinaryAgent =
  /^Mozilla\/\d\.\d \((?:Windows|Macintosh|X11|iPhone|iPad|Linux|Android|compatible)[\w ;.,:/+-]{0,160}\)(?: [A-Za-z]{2,20}\/[\w.]{1,20}(?: \(KHTML, like Gecko\))?){0,8}$/

const ordinaryPage = /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w./-]*)?(?:\?[\w.=&-]*)?$/
const clientHint = /^[\w", ;.=()/?!:&-]*$/

/** What a client wrote into its headers. */
export function headerValues(headers: RequestParts['headers']): RequestValue[] {
  const values: RequestValue[] = []
  for (const name in headers) {
    const header = headers[name]
    if (header === undefined) continue
    const key = name.toLowerCase()
    for (const text of typeof header === 'string' ? [header] : header) {
      const pattern = ordinary[key] ?? (key.startsWith('sec-') ? clientHint : undefined)
      if (pattern?.test(text) !== true) readHeader(values, key, text)
    }
  }
  return values
}

function readHeader(values: RequestValue[], key: string, text: string): void {
  const where = placeName('header', key)
  if (key === 'cookie') {
    values.push(...cookieValues(text, where))
  } else if (key === 'referer' || key === 'referrer') {
    if (ordinaryPage.test(text) && !text.includes('..')) return
    const cut = text.indexOf('?')
    values.push({ where, text: cut === -1 ? text : text.slice(0, cut), place: 'referer' })
    if (cut !== -1) values.push(...queryValues(text.slice(cut + 1), where, 'referer'))
  } else {
    const place: Place = key === 'user-agent' ? (ordinaryAgent.test(text) ? 'browser' : 'user-agent') : 'header'
    values.push({ where, text, place })
  }
}

const plainCookie = /^[\w.~%+/:=-]*$/

function cookieValues(header: string, where: string): RequestValue[] {
  return header.split(';', 100).flatMap((pair) => {
    const equals = pair.indexOf('=')
    const text = decodePercent(pair.slice(equals + 1).trim(), false)
    return plainCookie.test(text) && !text.includes('..')
      ? []
      : [{ where: placeName(where, pair.slice(0, Math.max(0, equals)).trim()), text, place: 'cookie' as const }]
  })
}
