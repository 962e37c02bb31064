import { maximumValues, placeName, plainName, type RequestValue } from './values.ts'

const maximumDepth = 24

/** Keys and strings of a JSON value; nesting and number are bounded, the rest is looked at as one text. */
export function jsonValues(value: unknown, where: string): RequestValue[] {
  const values: RequestValue[] = []
  const rest: string[] = []
  walk(value, where, 0)
  if (rest.length > 0) values.push({ where, text: rest.join('\n'), place: 'body' })
  return values

  function push(place: string, text: string): void {
    if (text === '') return
    if (values.length < maximumValues) values.push({ where: place, text, place: 'body' })
    else rest.push(text)
  }

  function walk(node: unknown, place: string, depth: number): void {
    if (typeof node === 'string') push(place, node)
    else if (typeof node !== 'object' || node === null) return
    else if (depth > maximumDepth) rest.push(JSON.stringify(node))
    else if (Array.isArray(node)) for (const item of node) walk(item, place, depth + 1)
    else
      for (const [key, item] of Object.entries(node)) {
        const name = placeName(place, key).slice(0, 120)
        if (!plainName.test(key) || key.includes('__')) push(name, key)
        // The two levels of constructor.prototype are one name to whoever merges objects.
        if (key === 'constructor' && typeof item === 'object' && item !== null && 'prototype' in item) push(name, 'constructor.prototype')
        walk(item, name, depth + 1)
      }
  }
}
