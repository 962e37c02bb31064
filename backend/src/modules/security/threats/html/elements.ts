import { scriptScore } from './script.ts'
import type { HtmlTag } from './tags.ts'
import { isActiveStyle, isScriptUrl } from './urls.ts'

const addressAttributes =
  /^(?:href|src|srcset|action|formaction|background|dynsrc|lowsrc|poster|data|code|codebase|classid|from|to|by|values|content|cite|longdesc|usemap|profile|manifest|ping|folder|movie|value|url|style|archive|size|(?:\w+:)?href|xlink.*)$/
/** Elements no form field has a reason to hold. */
const activeElements =
  /^(?:\w+:)?(?:script|iframe|frame|frameset|object|embed|applet|base|isindex|vmlframe|layer|ilayer|bgsound|portal|fencedframe|xss|\?import|%)/
const suspiciousElements = /^(?:meta|link|style|svg|math|form|xml|template|noscript|noembed|plaintext|xmp|listing|\?xml|!\[cdata|!entity|!attlist|\?pi)/

/** How much like an attack one element is: 0 to 100. */
export function elementScore({ name, attributes, isClosing }: HtmlTag): number {
  const isActive = activeElements.test(name)
  if (isClosing) return /^(?:script|style|textarea|title|noscript|iframe)/.test(name) ? 25 : 0
  let score = isActive ? 70 : 0
  for (const [key, value] of attributes) score = Math.max(score, attributeScore(key, value))
  if (score >= 50 || !suspiciousElements.test(name)) return score
  const has = (key: string) => attributes.some(([other]) => other === key)
  if (name.startsWith('meta') && has('http-equiv')) return 60
  if (name.startsWith('link') && (has('href') || has('rel'))) return 55
  if (name.startsWith('!entity') || name.startsWith('?xml-s') || name.startsWith('!attlist')) return 60
  return name.startsWith('style') || name.startsWith('svg') || name.startsWith('math') ? 30 : 20
}

/** The same for one attribute: an event handler, an address that runs, an active style. */
export function attributeScore(name: string, value: string): number {
  const key = name.replace(/^[^a-z]+/, '')
  if (/^on[a-z]{3,}/.test(key) && value !== '') return isEvent(key) ? 75 : 55
  if (/^(?:srcdoc|datasrc|dataformatas|fscommand|seeksegmenttime)$/.test(key)) return 60
  if (key === 'style' && isActiveStyle(value)) return 70
  if (addressAttributes.test(key) && (isScriptUrl(value) || /(?:url\s*=\s*['"]?\s*)(?:java|vb|data:)/i.test(value))) return 75
  if (value.includes('&{')) return 60
  return value.length > 3 && (key === 'style' || key.startsWith('xmlns')) && scriptScore(value) >= 60 ? 60 : 0
}

const events =
  /^on(?:abort|activate|after|animation|auxclick|before|begin|blur|bounce|canplay|cancel|cellchange|change|click|close|context|controlselect|copy|cuechange|cut|data|dblclick|deactivate|drag|drop|duration|emptied|end|error|filter|finish|focus|formdata|fullscreen|gesture|gotpointer|hash|help|input|invalid|key|language|layout|load|losecapture|lostpointer|media|message|mouse|move|offline|online|orientation|outofsync|page|paste|pause|play|pointer|popstate|progress|property|ratechange|readystate|redo|repeat|reset|resize|resume|reverse|row|scroll|search|securitypolicy|seek|select|show|slotchange|stalled|start|stop|storage|submit|suspend|syncrestored|time|toggle|touch|track|transition|undo|unhandled|unload|url|volume|waiting|webkit|wheel|zoom)/

/** Whether the attribute is an event handler of HTML, SVG or an old browser. */
export function isEvent(name: string): boolean {
  return events.test(name)
}
