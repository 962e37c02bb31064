/** Fields that no prompt of a language model may hold, over HTTP. */
import { z } from 'zod'
import { entityNames } from './entities.ts'

export const confidentialFieldSchema = z.strictObject({
  entity: z.enum(entityNames),
  field: z.string().min(1).max(66).describe('Name of a field, or custom.<key>'),
})

/** `GET` and `PUT /api/settings/confidential-fields`. */
export const confidentialSettingsSchema = z.strictObject({
  fields: z.array(confidentialFieldSchema).max(500),
  /** E-mail addresses, phone numbers and names of people are replaced before a model sees them, and put back in its answer. */
  maskPeople: z.boolean(),
})
export type ConfidentialSettings = z.infer<typeof confidentialSettingsSchema>
