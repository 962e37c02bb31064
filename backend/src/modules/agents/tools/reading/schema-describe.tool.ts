import { z } from 'zod'
import type { CrmQuestions } from '#backend/modules/crm/index.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { ConfidentialFields } from '../confidential/confidential-fields.service.ts'
import type { ReadTool } from '../registry.ts'
import { entityInput } from './entity-input.ts'

const input = z.strictObject({ entity: entityInput.optional() })

/** The entities and fields there are. */
export function schemaDescribeTool({
  questions,
  confidential,
}: {
  questions: Pick<CrmQuestions, 'listCustomFields'>
  confidential: ConfidentialFields
}): ReadTool {
  return {
    effect: 'reads',
    name: 'schema.describe',
    title: 'Look at the fields there are',
    description: 'Names the fields, choices and relations of an entity, custom ones included; without an entity the entities there are.',
    scope: 'crm:read',
    input,
    async run({ actor }, given) {
      const { entity } = given as z.infer<typeof input>
      if (entity === undefined)
        return {
          value: { entities: Object.values(entities).map(({ name, label, relations }) => ({ name, label, relations: Object.keys(relations) })) },
          untrusted: false,
        }
      const kept = await confidential.of(actor)
      const { fields, relations, defaultTime, defaultMeasure } = entities[entity]
      const custom = await questions.listCustomFields(actor, entity)
      const described = [
        ...Object.entries(fields).map(([name, { type, label, choices, entity: target }]) => ({ name, type, label, choices, of: target })),
        ...custom.map(({ key, type, label, choices }) => ({
          name: `custom.${key}`,
          type,
          label,
          choices: choices.length === 0 ? undefined : choices,
          of: undefined,
        })),
      ].filter(({ name }) => !kept.hides(entity, name))
      return { value: { entity, fields: described, relations: relationsOf(relations), defaultTime, defaultMeasure }, untrusted: false }
    },
  }
}

function relationsOf(relations: Readonly<Record<string, { entity: EntityName }>>): Record<string, EntityName> {
  return Object.fromEntries(Object.entries(relations).map(([name, relation]) => [name, relation.entity]))
}
