import { findNearMisses } from './near-misses.ts'
import { elementsWithoutText, rawHtmlToText } from './raw-html.ts'
import { isSafeLink } from './safe-link.ts'

/** As much of a syntax tree (mdast) as is looked at. */
export interface MarkdownNode {
  type: string
  position?: { start: { offset?: number | undefined }; end: { offset?: number | undefined } } | undefined
  children?: readonly MarkdownNode[] | undefined
  url?: string
  alt?: string | null | undefined
  value?: string
  identifier?: string
}

/** A stretch of the source and what it becomes. */
export interface Edit {
  start: number
  end: number
  text: string
}

/** What has to change so that a document has no image, no raw HTML and no link but to the web, a mailbox or a page beside it. In order, apart from each other. */
export function findEdits(root: MarkdownNode, source: string): Edit[] {
  const unsafeDefinitions = new Set<string>()
  const seen = new Set<string>()
  visit(root, (node) => {
    if (node.type !== 'definition' || node.identifier === undefined) return
    // The first definition of a name is the one that counts.
    if (!seen.has(node.identifier) && !isSafeLink(node.url ?? '')) unsafeDefinitions.add(node.identifier)
    seen.add(node.identifier)
  })
  const edits: Edit[] = []
  collect(root, { source, unsafeDefinitions, edits, blockStart: 0 })
  return edits.filter(({ start, end, text }) => end > start || text !== '')
}

interface Findings {
  source: string
  /** Where the paragraph, heading or cell begins that is looked at. */
  blockStart: number
  unsafeDefinitions: ReadonlySet<string>
  edits: Edit[]
}

function collect(node: MarkdownNode, findings: Findings): void {
  const { edits, unsafeDefinitions } = findings
  switch (node.type) {
    case 'paragraph':
    case 'heading':
    case 'tableCell':
      findings.blockStart = rangeOf(node).start
      break
    case 'image':
    case 'imageReference':
      edits.push({ ...rangeOf(node), text: escapeText(node.alt ?? '') })
      return
    case 'definition':
      if (!isSafeLink(node.url ?? '')) edits.push({ ...rangeOf(node), text: '' })
      return
    case 'link':
      if (isSafeLink(node.url ?? '')) break
      unwrap(node, findings)
      return
    case 'linkReference':
      if (!unsafeDefinitions.has(node.identifier ?? '')) break
      unwrap(node, findings)
      return
    case 'html':
      edits.push({ ...rangeOf(node), text: rawHtmlToText(node.value ?? '') })
      return
  }
  collectChildren(node.children ?? [], findings)
}

function collectChildren(children: readonly MarkdownNode[], findings: Findings): void {
  for (let index = 0; index < children.length; index++) {
    const child = children[index] as MarkdownNode
    const { start } = rangeOf(child)
    let last = index
    if (isWords(child, findings.source)) {
      while (isWords(children[last + 1], findings.source)) last++
      collectNearMisses(start, rangeOf(children[last] as MarkdownNode).end, findings)
    } else {
      last = endOfElementWithoutText(children, index) ?? index
      if (last === index) collect(child, findings)
      else findings.edits.push({ start, end: rangeOf(children[last] as MarkdownNode).end, text: '' })
    }
    index = last
  }
}

/** Text, and the bare addresses in it that GitHub's Markdown makes links of. */
function isWords(node: MarkdownNode | undefined, source: string): boolean {
  return node?.type === 'text' || (node?.type === 'link' && !'[<'.includes(source.charAt(rangeOf(node).start)))
}

function collectNearMisses(start: number, end: number, { source, edits, blockStart }: Findings): void {
  const text = { source: source.slice(start, end), before: source.slice(blockStart, start) }
  for (const miss of findNearMisses(text)) edits.push({ start: start + miss.start, end: start + miss.end, text: miss.text })
}

/** A link becomes the source of its text; where the parser does not say where that stands, the text alone. */
function unwrap(node: MarkdownNode, findings: Findings): void {
  const { start, end } = rangeOf(node)
  const children = node.children ?? []
  const first = children.at(0)?.position?.start.offset
  const last = children.at(-1)?.position?.end.offset
  if (first === undefined || last === undefined) {
    findings.edits.push({ start, end, text: escapeText(textOf(node)) })
    return
  }
  findings.edits.push({ start, end: first, text: '' })
  collectChildren(children, findings)
  findings.edits.push({ start: last, end, text: '' })
}

/** Where `<script>` among words ends: the index of its closing tag. */
function endOfElementWithoutText(siblings: readonly MarkdownNode[], index: number): number | undefined {
  const tagName = (node: MarkdownNode | undefined, pattern: RegExp) => (node?.type === 'html' ? pattern.exec(node.value ?? '')?.[1]?.toLowerCase() : undefined)
  const name = tagName(siblings[index], /^<([a-z]+)\b/i)
  if (name === undefined || !elementsWithoutText.includes(name)) return undefined
  const closing = siblings.findIndex((node, at) => at > index && tagName(node, /^<\/([a-z]+)\s*>$/i) === name)
  return closing === -1 ? undefined : closing
}

function rangeOf({ type, position }: MarkdownNode): { start: number; end: number } {
  const start = position?.start.offset
  const end = position?.end.offset
  if (start === undefined || end === undefined) throw new Error(`The Markdown parser does not say where its ${type} stands.`)
  return { start, end }
}

function textOf({ value, children = [] }: MarkdownNode): string {
  return (value ?? '') + children.map(textOf).join('')
}

/** Plain words as Markdown that reads the same, on one line. */
function escapeText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/&(?=[a-z#])/gi, '&amp;')
    .replaceAll('<', '&lt;')
}

function visit(node: MarkdownNode, look: (node: MarkdownNode) => void): void {
  look(node)
  for (const child of node.children ?? []) visit(child, look)
}
