import type { Edit } from './markdown-edits.ts'
import { elementsWithoutText, isKnownElement } from './raw-html.ts'
import { isSafeLink } from './safe-link.ts'

/** Plain text of a document. */
export interface PlainText {
  source: string
  /** What stands before it in its paragraph, heading or cell. */
  before: string
}

/**
 * Where words almost are raw HTML, an image or a script link: `<img src=http://…>` is text to one parser and a picture to the next.
 * The edits read the same for whoever shows Markdown.
 */
export function findNearMisses({ source, before }: PlainText): Edit[] {
  return [...findTags(source), ...findLinks(source, before), ...findImages(source)].sort((a, b) => a.start - b.start)
}

function findTags(text: string): Edit[] {
  const edits: Edit[] = []
  for (const { index, 0: found, 1: name } of text.matchAll(/<(?:\/?([a-z][a-z0-9]*)[^<>]*>?|!--|!\[|![a-z]|\?)/gi)) {
    if (isEscaped(text, index)) continue
    const isDropped = name !== undefined && found.endsWith('>') && isKnownElement(name)
    if (isDropped) edits.push({ start: index, end: index + found.length, text: '' })
    else if (name === undefined || found.endsWith('>') || isOpenTag(name, found)) edits.push({ start: index, end: index + 1, text: '&lt;' })
  }
  return edits
}

/** "a <b" is a comparison, `<img src=x` the beginning of a tag that the page around it would close. */
function isOpenTag(name: string, found: string): boolean {
  return elementsWithoutText.includes(name.toLowerCase()) || found.includes('=')
}

/** `[text](javascript:alert('a b'))` is no link because of the blank, for those who count blanks. */
function findLinks(text: string, before: string): Edit[] {
  const first = before.includes('[') ? -1 : text.indexOf('[')
  if (first === -1 && !before.includes('[')) return []
  return [...text.matchAll(/\]\(\s*<?\s*([^()\s<>]*)/g)]
    .filter(({ index, 1: address = '' }) => index > first && !isSafeLink(address))
    .map(({ index }) => ({ start: index + 1, end: index + 2, text: '\\(' }))
}

function findImages(text: string): Edit[] {
  return [...text.matchAll(/!\[(?=[^[\]]*\]\()/g)].map(({ index }) => ({ start: index + 1, end: index + 2, text: '\\[' }))
}

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0
  while (text[index - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}
