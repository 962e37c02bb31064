/** What can be asked, and questions kept because their answer was not right. */
import { z } from 'zod'
import { typedQuerySchema } from './query.ts'

export const keptOutcomes = ['declined', 'clarified', 'corrected'] as const

export const keptQuestionSchema = z.object({
  id: z.string(),
  text: z.string(),
  /** Messages of the conversation before it, oldest first. */
  askedBefore: z.array(z.string()),
  outcome: z.enum(keptOutcomes),
  plan: typedQuerySchema.partial({ limit: true, offset: true }).nullable(),
  /** The message that repaired it. */
  correction: z.string().nullable(),
  at: z.string(),
  /** Whose question it is. */
  person: z.string().nullable(),
})
export type KeptQuestion = z.infer<typeof keptQuestionSchema>

/** `null`: nobody has asked the person yet. */
export const consentSchema = z.object({ consents: z.boolean().nullable() })
export const changeConsentSchema = z.object({ consents: z.boolean() })
export const keepQuestionSchema = z.object({ messageId: z.uuid().describe('Id of the answer that is not right') })

const exampleSchema = z.object({ question: z.string() })

/** Made from vocabulary, schema and the workspace's own data. */
export const grammarSchema = z.object({
  /** Families of questions, each with examples that are answered here. */
  families: z.array(z.object({ name: z.string(), examples: z.array(exampleSchema) })),
  entities: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      /** Other words for it. */
      words: z.array(z.string()),
      fields: z.array(z.object({ name: z.string(), label: z.string(), type: z.string(), isCustom: z.boolean() })),
    }),
  ),
  /** Figures by name, with further words for each. */
  measures: z.array(z.object({ name: z.string(), words: z.array(z.string()) })),
  /** Spans of time. */
  times: z.array(z.string()),
  /** Messages that change the answer before them. */
  followUps: z.array(z.string()),
})
export type Grammar = z.infer<typeof grammarSchema>
