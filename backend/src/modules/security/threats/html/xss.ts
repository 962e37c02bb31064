import { mark } from '../marks.ts'
import { type Detector, excerpt, type Finding, type InspectedText } from '../threat.ts'
import { attributeScore, elementScore, isEvent } from './elements.ts'
import { scriptScore } from './script.ts'
import { readAttributes, readTags } from './tags.ts'
import { isActiveStyle, isScriptUrl } from './urls.ts'

const relevant = mark.angle | mark.quote | mark.doubleQuote | mark.backtick | mark.parenthesis | mark.equals | mark.colon | mark.bracket
const assignsEvent = /(?:^|[\s"'`/;,)>\0<])(on[a-z]{3,24})[\s\0]*=[\s\0]*[^\s=]/g
const schemes = /(?:^|["'\s=(;,>])((?:j\s*a\s*v\s*a|v\s*b|l\s*i\s*v\s*e)\s*s\s*c\s*r\s*i\s*p\s*t\s*:|data:|mocha:|feed:)/g

/** Markup, attributes and script that would run in a page that shows the value without escaping it. */
export const detectXss: Detector = (value) => {
  if ((value.marks & relevant) === 0) return (value.marks & (mark.plus | mark.wide)) === 0 ? undefined : inOldEncoding(value)
  const markup = inMarkup(value)
  if (markup !== undefined && markup.score >= 70) return markup
  const found = [markup, inOldEncoding(value), inAttribute(value), inAddress(value), inScript(value), inStyle(value)]
  return found.reduce((best, one) => (one !== undefined && one.score > (best?.score ?? 0) ? one : best), undefined)
}

function finding(what: string, value: InspectedText, score: number, index = 0): Finding | undefined {
  return score === 0 ? undefined : { kind: 'xss', what: `${what}: ${excerpt(value.text, index)}`, score }
}

function inMarkup(value: InspectedText): Finding | undefined {
  if ((value.marks & mark.angle) === 0) return undefined
  let best = 0
  let sum = 0
  let name = ''
  for (const tag of readTags(value.text)) {
    const score = elementScore(tag)
    sum = Math.min(60, sum + (score < 50 ? score : 0))
    if (score > best) {
      best = score
      name = tag.name
    }
    if (best >= 70) break
  }
  // Several halves, such as a closed text area and a style sheet, are a whole only together with script.
  const total = best < 50 && sum > best && scriptScore(value.lower) >= 45 ? 60 : best
  return finding(`<${name.slice(0, 20)}>`, value, total)
}

/** A value that leaves the attribute it was put into: `" onmouseover=alert(1)`. */
function inAttribute(value: InspectedText): Finding | undefined {
  if ((value.marks & mark.equals) === 0) return undefined
  for (const found of value.lower.matchAll(assignsEvent)) if (isEvent(found[1] ?? '')) return finding('event handler', value, 65, found.index)
  const quote = value.text.search(/["'`]/)
  if (quote === -1 || quote > 200) return undefined
  for (const [name, content] of readAttributes(value.text, quote + 1)) if (attributeScore(name, content) >= 70) return finding('attribute', value, 65, quote)
  return undefined
}

/** Markup in UTF-7 or in seven bits, which old browsers read as such. */
function inOldEncoding(value: InspectedText): Finding | undefined {
  const index = value.lower.search(/\+adw-?\s*\/?[a-z]{2,}|\u00bc\s*\/?(?:script|img|svg|iframe|body)/)
  return index === -1 ? undefined : finding('markup in an old encoding', value, 60, index)
}

function inAddress(value: InspectedText): Finding | undefined {
  if ((value.marks & mark.colon) === 0) return undefined
  for (const found of value.lower.matchAll(schemes)) {
    const address = value.lower.slice(found.index + found[0].length - (found[1] ?? '').length)
    if (!isScriptUrl(address)) continue
    // "JavaScript: The Good Parts" is a book.
    const code = address.slice(address.indexOf(':') + 1, 200)
    if (address.startsWith('data:') || /^\s*(?:[\w$.[\]"'`+-]+\s?[(`=[]|\/\/|\/\*|%|["'`;]|[a-z.]+\s*$|&|\\|void|\w+\.\w+)/.test(code))
      return finding('script address', value, 60, found.index)
  }
  return undefined
}

function inScript(value: InspectedText): Finding | undefined {
  return finding('script', value, scriptScore(value.lower))
}

function inStyle(value: InspectedText): Finding | undefined {
  if (!/style|expression|@import|binding|url\s*\(/.test(value.lower)) return undefined
  return isActiveStyle(value.lower) && /expression\s*\(|javascript|binding|vbscript|@import\s*['"u]/.test(value.lower.replaceAll(/\/\*.{0,100}?\*\/|\\/g, ''))
    ? finding('active style', value, 60)
    : undefined
}
