import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from '#backend/kernel/errors.ts'
import { importableEntities } from '#contracts/import.ts'

/** Field of the entity, or `custom.<key>`, with the value it is to have. A day stands for any moment of it; people are named by their e-mail addresses. */
const valuesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))
/** A record by its id in the file it was imported from. */
const recordId = z.string().min(1)

/** One thing that is to be different afterwards. */
export const expectedChangeSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('create'), entity: z.string(), values: valuesSchema }),
  z.strictObject({ do: z.literal('update'), entity: z.string(), id: recordId, values: valuesSchema }),
  z.strictObject({ do: z.literal('delete'), entity: z.string(), id: recordId }),
  z.strictObject({ do: z.literal('send'), to: z.array(z.string()).min(1), subject: z.string(), body: z.string() }),
  z.strictObject({ do: z.literal('reply'), email: recordId, body: z.string() }),
  z.strictObject({ do: z.literal('forward'), email: recordId, to: z.array(z.string()).min(1) }),
])
export type ExpectedChange = z.infer<typeof expectedChangeSchema>

export const scoreTaskSchema = z.strictObject({
  id: z.string().min(1),
  domain: z.string().min(1),
  /** What the person types; several are one conversation. */
  message: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  /** Everything that is to be different afterwards; nothing else may be. */
  expect: z.array(expectedChangeSchema),
})
export type ScoreTask = z.infer<typeof scoreTaskSchema>

const personSchema = z.strictObject({ name: z.string().min(1), email: z.email() })

export const scenarioSchema = z.strictObject({
  /** The moment at which everything is asked. */
  now: z.iso.datetime({ offset: true }),
  timeZone: z.string().default('UTC'),
  currency: z.string().default('USD'),
  /** Who asks, as the owner of the workspace. */
  person: personSchema,
  /** Colleagues, who may own records. */
  people: z.array(personSchema).default([]),
  /** Read in this order. */
  files: z
    .array(
      z.strictObject({
        entity: z.enum(importableEntities as [string, ...string[]]),
        /** Relative to the scenario. */
        path: z.string().min(1),
        /** Heading → column, where the headings are not ours. */
        mapping: z.record(z.string(), z.string().nullable()).optional(),
        createMissing: z.boolean().default(false),
      }),
    )
    .default([]),
  tasks: z.array(scoreTaskSchema).min(1),
})
export type Scenario = z.infer<typeof scenarioSchema>

/** A scenario of which every file is a whole path. @throws AppError VALIDATION saying what is wrong with the file */
export async function readScenario(path: string): Promise<Scenario> {
  return parseScenario(await readFile(path, 'utf8'), dirname(resolve(path)))
}

export function parseScenario(text: string, folder: string): Scenario {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new AppError('VALIDATION', 'The scenario is not JSON.', { cause })
  }
  const { success, data, error } = scenarioSchema.safeParse(json)
  if (!success) throw new AppError('VALIDATION', `The scenario is not right:\n${z.prettifyError(error)}`)
  const ids = new Set<string>()
  for (const { id } of data.tasks) {
    if (ids.has(id)) throw new AppError('VALIDATION', `The scenario has two tasks with the id "${id}".`)
    ids.add(id)
  }
  return { ...data, files: data.files.map((file) => ({ ...file, path: resolve(folder, file.path) })) }
}
