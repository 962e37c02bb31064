import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { isBeyondParsing } from './markdown-bounds.ts'
import { type Edit, findEdits, type MarkdownNode } from './markdown-edits.ts'

const byteOrderMark = '\ufeff'
/** Nothing that is written in good faith needs more than two. */
const mostRounds = 6

const githubSyntax = gfm()
// What finds addresses in text that is parsed already makes nodes of which nobody knows where they stand; such addresses are harmless.
const githubTree = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }))

/** A table cell of GitHub's Markdown may be a piece of code in the plain one, so a text has to be harmless as both. */
const dialects: readonly ((text: string) => MarkdownNode)[] = [
  (text) => fromMarkdown(text, { extensions: [githubSyntax], mdastExtensions: githubTree }),
  (text) => fromMarkdown(text),
]

/**
 * Markdown from a model or a record, made safe to show: images become their alternative text, raw HTML its text, and links to anything
 * else than http, https, mailto or a relative address their text. Everything else stays as it is, byte for byte; cleaning twice is cleaning once.
 */
export function cleanMarkdown(text: string): string {
  if (!mayHoldMarkup(text)) return text
  // The parser does not count it.
  if (text.startsWith(byteOrderMark)) return byteOrderMark + cleanMarkdown(text.slice(1))
  if (isBeyondParsing(text)) return withoutMarkup(text)
  let current = text
  for (let round = 0; round < mostRounds; round++) {
    const before = current
    for (const parse of dialects) current = apply(current, findEdits(parse(current), current))
    // What was cut may have held apart what now is one: `!` and a link, or the halves of a tag.
    if (current === before) return current
    if (isBeyondParsing(current)) return withoutMarkup(current)
  }
  return withoutMarkup(current)
}

/** Images, links and their definitions begin with a bracket, and raw HTML with `<`; a bare web address can lead nowhere else. */
export function mayHoldMarkup(text: string): boolean {
  return text.includes('[') || text.includes('<')
}

/** Every bracket as a character reference: nothing is left that could be a link, an image or HTML, whatever reads it. */
export function withoutMarkup(text: string): string {
  return text.replaceAll('[', '&#91;').replaceAll('<', '&lt;')
}

function apply(text: string, edits: readonly Edit[]): string {
  let result = ''
  let position = 0
  for (const { start, end, text: replacement } of edits) {
    result += text.slice(position, start) + replacement
    position = end
  }
  return result + text.slice(position)
}
