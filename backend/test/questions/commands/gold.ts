import { z } from 'zod'

const values = z.record(z.string(), z.unknown()).default({})
/** Values that may stand beside those that were said, such as what follows from them. */
const any = z.array(z.string()).default([])
const meant = { kind: z.string(), record: z.string().optional(), sql: z.string().optional() }

const changeSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('create'), kind: z.string(), values, any }),
  z.strictObject({ do: z.literal('update'), ...meant, values, any }),
  z.strictObject({ do: z.literal('delete'), ...meant }),
  z.strictObject({ do: z.literal('send'), to: z.array(z.string()), values, any }),
  z.strictObject({ do: z.literal('reply'), from: z.string(), values, any }),
  z.strictObject({ do: z.literal('forward'), from: z.string(), to: z.array(z.string()), values, any }),
])

/** A change as somebody wrote it down by hand who knew what was meant. A value `{or: […]}` is any of these. */
export type GoldChange = z.infer<typeof changeSchema>

const commandSchema = z.strictObject({
  id: z.string(),
  voice: z.string(),
  ask: z.string(),
  /** A question back, a hint where to undo, or nothing at all. */
  expect: z.enum(['asks', 'none', 'undo']).optional(),
  changes: z.array(z.union([changeSchema, z.strictObject({ or: z.array(changeSchema) })])).default([]),
})
export type GoldCommand = z.infer<typeof commandSchema>

export function parseCommands(text: string): GoldCommand[] {
  return text
    .trim()
    .split('\n')
    .map((line) => commandSchema.parse(JSON.parse(line)))
}
