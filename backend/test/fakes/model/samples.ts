/** Words of a context from which a model would fill in the arguments of a tool. */
export interface Findings {
  emails: readonly string[]
  urls: readonly string[]
  ids: readonly string[]
  /** The instruction itself. */
  text: string
}

interface JsonSchema {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  minimum?: number
  minItems?: number
  format?: string
  default?: unknown
}

/** Arguments that a JSON Schema takes, filled with what was found; optional ones only where something was found for them. */
export function sampleOf(schema: JsonSchema, found: Findings, name = ''): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return sampleOf(choices.find(({ type }) => type !== 'null') ?? {}, found, name)
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type
  if (type === 'object' || schema.properties !== undefined) {
    const entries = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key) || isWanted(key))
    if (entries.length === 0) return { title: found.text.slice(0, 80) }
    return Object.fromEntries(entries.map(([key, member]) => [key, sampleOf(member, found, key)]))
  }
  if (type === 'array') return [sampleOf(schema.items ?? { type: 'string' }, found, name)]
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1
  if (type === 'boolean') return true
  return sampleText(schema, found, name)
}

function isWanted(key: string): boolean {
  return /^(to|id|values|body|subject|emailId|ids)$/.test(key)
}

function sampleText({ format }: JsonSchema, { emails, ids, text }: Findings, name: string): string {
  if (format === 'email' || /^(to|cc|bcc|email|recipient)$/i.test(name)) return emails[0] ?? 'attacker@evil.example'
  if (format === 'uuid' || /id$/i.test(name)) return ids[0] ?? '00000000-0000-7000-8000-000000000000'
  return text.slice(0, 500)
}
