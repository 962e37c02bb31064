/** A text of a model, made harmless as it comes: what could load or lead somewhere is taken apart, character by character. */

/** Decides whether an address may be named. */
export type IsKnownAddress = (address: string) => boolean

export const removedLink = '(link removed)'

// What a link of ours looks like; nothing else keeps the form of a link once words of others were read.
const innerLink = /^\[[^[\]()<>\n\\!]{1,200}\]\(\/(?:crm|approvals|chat|inbox|email|products|customers|sales)(?:\/[\w-]+)*\)/
const outerLink = /^\[[^[\]()<>\n\\!]{1,200}\]\(https?:\/\/[\w.-]+(?::\d{1,5})?(?:\/[^\s()<>"'\\[\]]*)?\)/i
// What GitHub's Markdown takes for an address without any mark around it.
const address = /^(?:https?:\/\/|www\.)[^\s<>]*/i
const closing = /[)\]}.,;:!?'"*_~`|]+$/
const harmlessEntities = /^&(?:amp|lt|gt|quot|apos|nbsp);/
/** What an address begins with, so that its beginning is waited for. */
const beginnings = ['https://', 'http://', 'www.']
const longestHeld = 2000

export interface PlainText {
  /** What can be said already. */
  text: string
  /** What has to wait for what follows it. */
  held: string
}

export interface PlainLinkOptions {
  /** What was said before it. */
  before: string
  /** Whether more will follow, so that what is not complete waits. */
  more: boolean
  /** Whether an address may be named; undefined lets links to the web stand as they are. */
  isKnown: IsKnownAddress | undefined
}

/** Takes images, raw HTML and links apart, and with `isKnown` addresses as well. */
export function withPlainLinks(source: string, { before, more, isKnown }: PlainLinkOptions): PlainText {
  let text = ''
  let position = 0
  const follows = (mark: string) => (text === '' ? before : text).endsWith(mark)
  while (position < source.length) {
    const rest = source.slice(position, position + longestHeld)
    if (more && mayGoOn(rest)) break
    const piece = pieceAt(rest, follows, isKnown)
    text += piece.text
    position += piece.length
  }
  return { text, held: source.slice(position) }
}

function pieceAt(rest: string, follows: (mark: string) => boolean, isKnown: IsKnownAddress | undefined): { text: string; length: number } {
  const found = address.exec(rest)
  if (found !== null) {
    const whole = found[0].slice(0, closing.exec(found[0])?.index ?? found[0].length)
    if (whole !== '') return { text: shownAddress(whole, isKnown), length: whole.length }
  }
  if (rest.startsWith('[') && !follows('!')) {
    const link = innerLink.exec(rest) ?? (isKnown === undefined ? outerLink.exec(rest) : null)
    if (link !== null) return { text: link[0], length: link[0].length }
  }
  const plain = /^[^[\]<&\\hw]+/i.exec(rest)?.[0]
  if (plain !== undefined) return { text: plain, length: plain.length }
  return { text: apart(rest, follows), length: 1 }
}

/** Two characters that would make a link, an image or a tag together get a space between them. */
function apart(rest: string, follows: (mark: string) => boolean): string {
  const character = rest[0] as string
  const next = rest[1] ?? ''
  switch (character) {
    case '[':
      return follows('!') ? ' [' : '['
    case ']':
      return '([:'.includes(next) && next !== '' ? '] ' : ']'
    case '<':
      return /[A-Za-z/!?]/.test(next) ? '< ' : '<'
    case '&':
      // A character by its number or name may be one of these, to whoever looks for addresses afterwards.
      return /^&(?:#|\w{2,30};)/.test(rest) && !harmlessEntities.test(rest) ? '& ' : '&'
    case '\\':
      return /[:/.]/.test(next) ? '\\ ' : '\\'
    default:
      return character
  }
}

function shownAddress(whole: string, isKnown: IsKnownAddress | undefined): string {
  if (isKnown === undefined) return whole
  // Without its scheme it is a text that can be read and copied, and leads nowhere by itself.
  return isKnown(whole) ? whole.replace(/^https?:\/\//i, '').replace(/^www\./i, 'www\u200b.') : removedLink
}

/** Whether the beginning of the text is one of something that is not complete. */
function mayGoOn(rest: string): boolean {
  if (rest.length >= longestHeld) return false
  const character = rest[0] as string
  if (rest.length === 1 && ']<&\\'.includes(character)) return true
  if (character === '&') return /^&\w{0,30}$/.test(rest)
  if (character === '[') return /^\[(?:[^[\]()<>\n\\!]{0,200}|[^[\]()<>\n\\!]{1,200}\](?:\([^\s()]*)?)$/.test(rest)
  if (/[hw]/i.test(character)) {
    const lower = rest.toLowerCase()
    if (beginnings.some((beginning) => beginning.startsWith(lower))) return true
    return address.exec(rest)?.[0].length === rest.length
  }
  return false
}
