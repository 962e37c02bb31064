import sanitizeHtml from 'sanitize-html'
import { elementsWithoutText } from './raw-html.ts'
import { isSafeAbsoluteLink } from './safe-link.ts'

/** Characters of a cleaned message; what is longer is cut, and says so. */
export const longestHtml = 200_000
/** Characters of a message that are looked at: pictures inside a message make it long and leave nothing. */
const longestSource = 1_000_000
const deepestSource = 1000
/** Elements that have no end, or often none in mails. */
const closedByTheNext = new Set([
  'p',
  'li',
  'td',
  'th',
  'tr',
  'dt',
  'dd',
  'option',
  'br',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'col',
  'area',
  'base',
  'wbr',
  'source',
])
const deepestNesting = 100
const cutNote = '<p>[The rest of this message is too long to be shown.]</p>'
const mostRounds = 4

/** Written by ourselves; every other value is a number or the name of a language. */
const linkAttributes = new Set(['href', 'rel'])

const options: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'div', 'span', 'br', 'hr', 'wbr', 'blockquote', 'pre', 'center', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    ...['a', 'b', 'strong', 'i', 'em', 'u', 's', 'strike', 'del', 'ins', 'sub', 'sup', 'small', 'mark', 'code', 'kbd', 'samp', 'q', 'cite', 'abbr', 'time'],
    ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
  ],
  allowedAttributes: {
    a: ['href', 'rel', 'target'],
    ol: ['start'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
    '*': ['dir', 'lang'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  nonTextTags: elementsWithoutText,
  nestingLimit: deepestNesting,
  disallowedTagsMode: 'discard',
  transformTags: {
    a: (_tagName, { href }) =>
      href !== undefined && isSafeAbsoluteLink(href)
        ? { tagName: 'a', attribs: { href: href.trim(), rel: 'noopener noreferrer nofollow', target: '_blank' } }
        : // A relative link would lead into this application.
          { tagName: 'span', attribs: {} },
    '*': (tagName, attributes) => ({
      tagName,
      attribs: Object.fromEntries(Object.entries(attributes).filter(([name, value]) => linkAttributes.has(name) || /^[\w-]{1,20}$/.test(value))),
    }),
    img: (_tagName, attributes) => ({ tagName: 'span', attribs: {}, text: isPixel(attributes) ? '' : imageNote(attributes.alt ?? '') }),
  },
}

/**
 * The body of an e-mail, made safe to show: text, lists, tables and links to the web or a mailbox stay; images become a note with their
 * alternative text, since fetching one tells its sender that the message was read. Cleaning twice is cleaning once.
 */
export function cleanHtml(html: string): string {
  let cleaned = cleanWithin(html, longestHtml)
  if (cleaned.isCut) cleaned = { text: cleanWithin(html, longestHtml - cutNote.length).text + cutNote, isCut: false }
  let current = cleaned.text
  for (let round = 0; round < mostRounds; round++) {
    const next = sanitizeHtml(current, options)
    if (next === current && current.length <= longestHtml) return current
    current = next
  }
  return `<pre>${sanitizeHtml(html.slice(0, longestHtml / 10), { allowedTags: [], allowedAttributes: {}, nonTextTags: elementsWithoutText })}</pre>`
}

/** Escaping makes a text longer, so as much of it is taken as ends up within the bound. */
function cleanWithin(html: string, longest: number): { text: string; isCut: boolean } {
  let source = html.slice(0, endOfReasonable(html))
  let text = sanitizeHtml(source, options)
  while (text.length > longest) {
    source = source.slice(0, Math.floor((source.length * longest * 0.9) / text.length))
    text = sanitizeHtml(source, options)
  }
  return { text, isCut: source.length < html.length }
}

/** Where the source becomes too long, or nests so deeply that parsing it would take minutes: every level costs what all above it hold. */
function endOfReasonable(html: string): number {
  let depth = 0
  for (const { index, 1: slash, 2: name = '' } of html.slice(0, longestSource).matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (closedByTheNext.has(name.toLowerCase())) continue
    if (slash === '') depth++
    else if (depth > 0) depth--
    if (depth > deepestSource) return index
  }
  return longestSource
}

/** An image nobody sees is there to report that the message was opened. */
function isPixel({ width, height }: sanitizeHtml.Attributes): boolean {
  return [width, height].some((size) => size !== undefined && /^\s*[01]\s*(px)?\s*$/i.test(size))
}

function imageNote(alt: string): string {
  const words = alt.replace(/\s+/g, ' ').trim().slice(0, 200)
  return words === '' ? '[Image]' : `[Image: ${words}]`
}
