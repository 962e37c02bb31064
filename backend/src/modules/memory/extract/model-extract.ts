import { z } from 'zod'
import { fold } from '#contracts/fold.ts'
import { memoryKinds } from '#contracts/memory.ts'
import type { Extracted } from '../memory.types.ts'
import { holdsSecret } from './secrets.ts'
import { ownSentences } from './sentences.ts'

/** A model that finds facts and preferences in what a person wrote; what it answers is checked, not believed. */
export type ExtractByModel = (text: string) => Promise<unknown>

const foundSchema = z.array(
  z.object({
    kind: z.enum(memoryKinds),
    subject: z.string().trim().min(1).max(80).default('me'),
    key: z.string().trim().min(1).max(120),
    value: z.string().trim().min(1).max(200),
    text: z.string().trim().min(1).max(300),
  }),
)
const most = 5
const confidence = 0.6

/** What a model found that the person really wrote: value and subject have to stand in their own sentences. */
export async function extractWithModel(extract: ExtractByModel, message: string): Promise<Extracted[]> {
  const own = ownSentences(message).join(' ')
  if (own === '' || holdsSecret(own)) return []
  const found = foundSchema.safeParse(await extract(own))
  if (!found.success) return []
  const written = fold(own)
  return found.data
    .slice(0, most)
    .filter(({ subject, value }) => written.includes(fold(value)) && (subject === 'me' || written.includes(fold(subject))))
    .map((memory) => ({ ...memory, key: fold(memory.subject === 'me' ? memory.key : `${memory.subject}: ${memory.key}`), confidence }))
}
