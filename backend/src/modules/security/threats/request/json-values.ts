import { maximumValues, placeName, plainName, type RequestValue } from './values.ts'

const longestPlace = 120

/** Keys and strings of a JSON value, however deep; their number is bounded, the rest is looked at as one text. */
export function jsonValues(value: unknown, where: string): RequestValue[] {
  const values: RequestValue[] = []
  const rest: string[] = []
  const push = (place: string, text: string) => {
    if (text === '') return
    if (values.length < maximumValues) values.push({ where: place, text, place: 'body' })
    else rest.push(text)
  }
  // A list of what is still to visit instead of recursion, which nesting could exhaust.
  const open: [node: unknown, place: string][] = [[value, where]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, place] = next
    if (typeof node === 'string') push(place, node)
    else if (Array.isArray(node)) for (const item of node) open.push([item, place])
    else if (typeof node === 'object' && node !== null) for (const [key, item] of Object.entries(node)) open.push([item, visitKey(key, item, place, push)])
  }
  if (rest.length > 0) values.push({ where, text: rest.join('\n'), place: 'body' })
  return values
}

function visitKey(key: string, item: unknown, place: string, push: (place: string, text: string) => void): string {
  const name = placeName(place, key).slice(0, longestPlace)
  if (!plainName.test(key) || key.includes('__')) push(name, key)
  // The two levels of constructor.prototype are one name to whoever merges objects.
  if (key === 'constructor' && typeof item === 'object' && item !== null && 'prototype' in item) push(name, 'constructor.prototype')
  return name
}
