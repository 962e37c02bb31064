import { placeName, type RequestValue } from './values.ts'

const maximumParts = 200
const boundaryOf = /boundary="?([^";]{1,200})"?/i
const parameter = /\b(?:file)?name\*?\s*=\s*(?:"((?:[^"\\]|\\.){0,2000})"|([^;\r\n]{0,2000}))/gi
const binary = /content-type:\s*(?:image\/(?!svg)|audio|video|font|application\/(?:octet-stream|pdf|zip|vnd|x-zip|gzip))/i

/** Names, file names and contents of a multipart body. */
export function multipartValues(text: string, contentType: string): RequestValue[] {
  const boundary = boundaryOf.exec(contentType)?.[1] ?? /^--([^\r\n]{1,200})/m.exec(text)?.[1]
  if (boundary === undefined) return [{ where: 'body', text, place: 'body' }]
  const values: RequestValue[] = []
  for (const part of text.split(`--${boundary.trim()}`, maximumParts).slice(1)) {
    const blank = /\r?\n\r?\n/.exec(part)
    const head = blank === null ? part : part.slice(0, blank.index)
    if (head.trim() === '' || head.startsWith('--')) continue
    const names = [...head.matchAll(parameter)].map((found) => found[1] ?? found[2] ?? '')
    const where = placeName('body', names[0] ?? '')
    // A file name is a path to whoever saves it.
    for (const name of names) if (name !== '') values.push({ where, text: name, place: 'query' })
    const content = blank === null ? '' : part.slice(blank.index + blank[0].length).replace(/\r?\n$/, '')
    if (content !== '' && !binary.test(head)) values.push({ where, text: content, place: 'body' })
  }
  return values
}
