import { z } from 'zod'
import { type EntityName, entities, entityNames } from '#contracts/entities.ts'

/** Plural or singular name of an entity. */
export const entityInput = z
  .string()
  .max(40)
  .transform((name, context): EntityName => {
    const wanted = name.trim().toLowerCase()
    const found = Object.values(entities).find((entity) => entity.name === wanted || entity.singular === wanted)
    if (found !== undefined) return found.name
    context.addIssue({ code: 'custom', message: `There is no entity "${name}"; there are ${entityNames.join(', ')}.` })
    return z.NEVER
  })
  .describe(`One of ${entityNames.join(', ')}`)
