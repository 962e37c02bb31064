import { z } from 'zod'
import type { RecordsService } from '#backend/modules/crm/index.ts'
import type { ConfidentialFields } from '../confidential/confidential-fields.service.ts'
import type { ReadTool } from '../registry.ts'
import { citationOf } from './citations.ts'
import { entityInput } from './entity-input.ts'

const input = z.strictObject({ entity: entityInput, id: z.uuid() })

/** One record with all its fields. */
export function recordsGetTool({ records, confidential }: { records: Pick<RecordsService, 'getRecord'>; confidential: ConfidentialFields }): ReadTool {
  return {
    effect: 'reads',
    name: 'records.get',
    title: 'Look at a record',
    description: 'Gives one record by its id, with every field.',
    scope: 'crm:read',
    input,
    async run({ actor }, given) {
      const { entity, id } = given as z.infer<typeof input>
      const kept = await confidential.of(actor)
      const record = kept.strip(entity, await records.getRecord(actor, entity, id))
      return { value: filled(record), untrusted: true, citations: [citationOf(entity, id, record, kept)] }
    },
  }
}

/** What is empty tells nothing and costs tokens. */
function filled(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)))
}
