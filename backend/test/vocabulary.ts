import { entities, entityNames } from '#contracts/entities.ts'
import type { TestWorkspace } from './harness.ts'

/** Adds the spellings of records that a test wrote by hand, as the record writer does with its own. */
export async function fillVocabulary({ gold }: Pick<TestWorkspace, 'gold'>): Promise<void> {
  for (const entity of entityNames) {
    for (const [field, { vocabulary, type }] of Object.entries(entities[entity].fields)) {
      if (vocabulary !== true || type === 'tags') continue
      await gold(
        `insert into field_values (workspace_id, entity, field, value, norm)
         select distinct workspace_id, '${entity}', '${field}', ${field}, fold(btrim(${field})) from ${entities[entity].table} where workspace_id = $1 and ${field} <> '' on conflict do nothing`,
      )
    }
  }
}
