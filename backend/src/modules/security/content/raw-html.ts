import sanitizeHtml from 'sanitize-html'

/** Elements whose content is no text for a reader. */
export const elementsWithoutText = [
  'script',
  'style',
  'textarea',
  'option',
  'noscript',
  'iframe',
  'title',
  'xmp',
  'noembed',
  'noframes',
  'template',
  'svg',
  'math',
  'object',
  'select',
]

const knownElements = new Set(
  `a abbr acronym address applet area article aside audio b base bdi bdo bgsound big blink blockquote body br button canvas caption center cite code col colgroup
  data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
  html i img input ins kbd keygen label legend li link main map mark marquee menu meta meter nav nobr ol optgroup output p param picture plaintext pre progress q rb
  rp rt rtc ruby s samp search section slot small source span strike strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr`.split(
    /\s+/,
  ),
).union(new Set(elementsWithoutText))

/** The name of a tag that no browser knows, such as `<name>` in a letter or `List<String>` in code: meant to be read. */
const placeholder = /<\/?([a-z][a-z0-9]*)((?:\s+[a-z][a-z0-9]*)*)\s*\/?>/gi

const singleTag = /^<\/?([a-z][a-z0-9]*)[^<>]*>$/i

export function isKnownElement(name: string): boolean {
  return knownElements.has(name.toLowerCase())
}

/** What a reader sees of raw HTML, as text that holds no tag. */
export function rawHtmlToText(html: string): string {
  const name = singleTag.exec(html)?.[1]
  if (name !== undefined && isKnownElement(name)) return ''
  const shown = html.replace(placeholder, (tag, name: string) => (isKnownElement(name) ? tag : tag.replace('<', '&lt;')))
  return sanitizeHtml(shown, { allowedTags: [], allowedAttributes: {}, nonTextTags: elementsWithoutText }).trim()
}
