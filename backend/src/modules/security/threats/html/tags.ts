/** An element as a browser would read it, names in lower case. */
export interface HtmlTag {
  name: string
  attributes: [name: string, value: string][]
  isClosing: boolean
}

const maximumTags = 200
const maximumAttributes = 40
/** Of all tags together. */
const attributeBudget = 400
const name = /[a-z!?%][^\s\0/>]*/iy
const attributeName = /[^\s\0/>=][^\s\0/>=]*/y
const blank = /[\s\0/]*/y
const assignment = /[\s\0]*=[\s\0]*/y
const unquoted = /[^\s\0>]*/y

/** Reads the tags of a text the way browsers do, closed or not. */
export function readTags(text: string): HtmlTag[] {
  const tags: HtmlTag[] = []
  let budget = attributeBudget
  for (let at = text.indexOf('<'); at !== -1 && tags.length < maximumTags; at = text.indexOf('<', at + 1)) {
    // Filters that trim blanks turn "< script" into a tag.
    let start = at + 1
    while (start < text.length && start < at + 8 && text.charCodeAt(start) <= 32) start += 1
    const isClosing = text[start] === '/'
    const found = readAt(name, text, isClosing ? start + 1 : start)
    if (found === '') continue
    const attributes = budget > 0 ? readAttributes(text, start + (isClosing ? 1 : 0) + found.length) : []
    budget -= attributes.length
    tags.push({ name: found.toLowerCase(), attributes, isClosing })
  }
  return tags
}

/** Attributes from an index on, up to the end of the tag. */
export function readAttributes(text: string, from: number): [name: string, value: string][] {
  const attributes: [string, string][] = []
  let at = from
  while (at < text.length && attributes.length < maximumAttributes) {
    at += readAt(blank, text, at).length
    if (text[at] === '>') break
    const key = readAt(attributeName, text, at)
    if (key === '') {
      at += 1
      continue
    }
    at += key.length
    const equals = readAt(assignment, text, at)
    if (equals === '') {
      attributes.push([key.toLowerCase(), ''])
      continue
    }
    at += equals.length
    const quote = text[at]
    if (quote === '"' || quote === "'" || quote === '`') {
      const end = text.indexOf(quote, at + 1)
      attributes.push([key.toLowerCase(), text.slice(at + 1, end === -1 ? text.length : end)])
      at = end === -1 ? text.length : end + 1
    } else {
      const value = readAt(unquoted, text, at)
      attributes.push([key.toLowerCase(), value])
      at += value.length
    }
  }
  return attributes
}

function readAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}
