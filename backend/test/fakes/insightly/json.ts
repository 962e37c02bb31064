/** A number that JavaScript cannot hold; it is written out with the digits it came with. */
export interface ExactNumber {
  readonly rawJSON: string
}

export type Value = null | boolean | number | string | readonly Value[] | ExactNumber | Row

/** One record, or a part of one, as JSON has it. */
export interface Row {
  [name: string]: Value
}

interface ReviverContext {
  source?: string
}

const parseWithSource = JSON.parse as unknown as (text: string, reviver: (key: string, value: unknown, context: ReviverContext) => unknown) => unknown
const { rawJSON, isRawJSON } = JSON as unknown as { rawJSON(text: string): ExactNumber; isRawJSON(value: unknown): value is ExactNumber }

/** JSON as written: numbers with more digits than a double holds keep them. */
export function parseJson(text: string): unknown {
  return parseWithSource(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && losesDigits(source) ? rawJSON(source) : value,
  )
}

function losesDigits(source: string): boolean {
  return source.replace(/[^0-9]/g, '').length > 15 || /[eE]/.test(source)
}

export function isExactNumber(value: unknown): value is ExactNumber {
  return isRawJSON(value)
}

/** A decimal as a number where a double holds it, else with its digits. */
export function toNumber(text: string): number | ExactNumber {
  return losesDigits(text) ? rawJSON(text) : Number(text)
}

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawJSON(value)
}
