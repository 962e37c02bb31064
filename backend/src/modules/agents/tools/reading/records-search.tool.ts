import { z } from 'zod'
import type { CrmQuestions } from '#backend/modules/crm/index.ts'
import { entities } from '#contracts/entities.ts'
import type { ConfidentialFields } from '../confidential/confidential-fields.service.ts'
import type { ReadTool } from '../registry.ts'
import { entityInput } from './entity-input.ts'

const input = z.strictObject({
  q: z.string().trim().min(1).max(200).describe('Names in any order, an e-mail address, a phone number, a domain'),
  entity: entityInput.optional(),
  limit: z.int().min(1).max(20).default(8),
})

/** Finds records by name, address or number. */
export function recordsSearchTool({ questions, confidential }: { questions: Pick<CrmQuestions, 'search'>; confidential: ConfidentialFields }): ReadTool {
  return {
    effect: 'reads',
    name: 'records.search',
    title: 'Search records',
    description:
      'Finds records by what they are called, an e-mail address or a phone number, tolerating typing mistakes; gives their ids. To count or list by conditions use records.query.',
    scope: 'crm:read',
    input,
    async run({ actor }, given) {
      const { q, entity, limit } = given as z.infer<typeof input>
      const kept = await confidential.of(actor)
      const hits = await questions.search(actor, { q, entity, limit })
      const items = hits.map(({ entity: noun, id, label, detail, score }) => {
        const name = Object.values(entities).find(({ singular }) => singular === noun)?.name
        if (name === undefined || !kept.touches(name)) return { entity: noun, id, label, detail, score }
        return { entity: noun, id, label: kept.hidesLabel(name) ? entities[name].label : label, detail: '', score }
      })
      return {
        value: { items },
        untrusted: items.length > 0,
        citations: items.map(({ entity: noun, id, label }) => {
          const name = Object.values(entities).find(({ singular }) => singular === noun)?.name ?? noun
          return { entity: noun, id, label, url: `/crm/${name}/${id}` }
        }),
      }
    },
  }
}
