import type { RequestParts } from '../threat.ts'
import { jsonValues } from './json-values.ts'
import { multipartValues } from './multipart-values.ts'
import { queryValues } from './query-values.ts'
import type { RequestValue } from './values.ts'
import { xmlValues } from './xml-values.ts'

type Body = NonNullable<RequestParts['body']>

const looksLikeForm = /^[\w.%[\]$-]{1,80}=/
const looksLikeJson = /^\s*[{[]/

/** What a client wrote into a body, by its type; what does not parse is taken as text. */
export function bodyValues({ contentType, text, parsed }: Body): RequestValue[] {
  const type = contentType.toLowerCase()
  if (parsed !== undefined && parsed !== null && typeof parsed === 'object') return jsonValues(parsed, 'body')
  if (text === undefined || text === '') return typeof parsed === 'string' ? plainText(parsed) : []
  if (type.includes('multipart/')) return multipartValues(text, contentType)
  if (type.includes('x-www-form-urlencoded') && !looksLikeJson.test(text)) return queryValues(text, 'body', 'body')
  if (type.includes('xml')) return xmlValues(text)
  if (!type.includes('json') && looksLikeForm.test(text) && !type.includes('text/')) return [...queryValues(text, 'body', 'body'), ...plainText(text)]
  if (type.includes('json') || looksLikeJson.test(text)) {
    const value = parse(text)
    if (value !== undefined) return jsonValues(value, 'body')
  }
  return text.trimStart().startsWith('<?xml') ? xmlValues(text) : plainText(text)
}

function plainText(text: string): RequestValue[] {
  return [{ where: 'body', text, place: 'body' }]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
