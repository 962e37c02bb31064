import type { FastifySerializerCompiler } from 'fastify'
import { serializerCompiler as compileZod } from 'fastify-type-provider-zod'
import { LRUCache } from 'lru-cache'
import { isDeeplyFrozen } from '#backend/kernel/deep-freeze.ts'

type Serialize = (data: unknown) => string

/** Characters of what is kept, in all. */
const maxSize = 2_000_000
const written = new LRUCache<object, { by: Serialize; member: string | undefined; text: string }>({ maxSize })

/** Writes answers by their schemas, which leave out what they do not name; one that can no longer change is written once and sent again as it is. */
export const serializerCompiler: FastifySerializerCompiler<Parameters<typeof compileZod>[0]['schema']> = (route) => {
  const serialize: Serialize = compileZod(route)
  return (data: unknown) => {
    const lasting = lastingPart(data)
    if (lasting === undefined) return serialize(data)
    const { value, member } = lasting
    const kept = written.get(value)
    if (kept?.by === serialize && kept.member === member) return kept.text
    const text = serialize(data)
    written.set(value, { by: serialize, member, text }, { size: text.length })
    return text
  }
}

/** What an answer consists of when nothing else is in it and it can no longer change: itself, or its only member, such as the items of a list. */
function lastingPart(data: unknown): { value: object; member: string | undefined } | undefined {
  if (isDeeplyFrozen(data)) return { value: data, member: undefined }
  if (typeof data !== 'object' || data === null) return undefined
  const [entry, ...others] = Object.entries(data)
  if (entry === undefined || others.length > 0) return undefined
  const [member, value] = entry
  return isDeeplyFrozen(value) ? { value, member } : undefined
}
