import { z } from 'zod'
import { AppError } from '#backend/kernel/errors.ts'
import type { CrmQuestions } from '#backend/modules/crm/index.ts'
import { entities } from '#contracts/entities.ts'
import { maxQueryRows, type TypedQueryInput, typedQuerySchema } from '#contracts/query.ts'
import type { ConfidentialFields } from '../confidential/confidential-fields.service.ts'
import type { ReadTool } from '../registry.ts'
import { citationsOf, holdsWords } from './citations.ts'
import { entityInput } from './entity-input.ts'

const loose = z.unknown()

// The whole schema is some thousand tokens; its service checks what is meant by these.
const input = z.strictObject({
  entity: entityInput,
  title: z.string().max(300).optional().describe('What is asked, in words, for people'),
  filter: loose
    .optional()
    .describe(
      'Conditions {"field","op","value"} combined by {"and":[…]}, {"or":[…]}, {"not":…}. op: eq ne in notIn gt gte lt lte between contains notContains startsWith endsWith isEmpty isNotEmpty during. ' +
        'during takes {"period":"month","offset":-1}, {"last":30,"unit":"day"}, {"next":7,"unit":"day"} or {"from":"2026-01-01","to":"2026-02-01"}. field may be a path such as organisation.country or custom.region. ' +
        'Of related records: {"relation":"orders","where":{…},"count":{"op":"gte","value":3}}, also sum, avg, min, max {"field","op","value"}',
    ),
  select: z.array(z.string()).max(40).optional().describe('Fields to show of each record; the usual ones when left out'),
  groupBy: loose.optional().describe('[{"field":"stage"}] or, for times, [{"field":"created_at","bucket":"month"}]'),
  measures: loose
    .optional()
    .describe('[{"fn":"count"}] or [{"fn":"sum","field":"value"}]; fn: count sum avg min max median percentile countDistinct share winRate cycleDays'),
  having: loose.optional().describe('[{"measure":"count","op":"gt","value":5}]'),
  sort: loose.optional().describe('[{"by":"value","direction":"desc"}]'),
  limit: z.int().min(1).max(maxQueryRows).optional(),
  offset: z.int().min(0).optional(),
  currency: z.string().length(3).optional().describe('Only money in this currency'),
})

const usualRows = 20
const mostRows = 100

/** The typed query as a tool. */
export function recordsQueryTool({ questions, confidential }: { questions: Pick<CrmQuestions, 'query'>; confidential: ConfidentialFields }): ReadTool {
  return {
    effect: 'reads',
    name: 'records.query',
    title: 'Query records',
    description:
      'Lists, counts, sums and groups records exactly. Use it for every figure. `total` is how many match; rows are a part of them. Money comes per currency. schema.describe names the fields of an entity.',
    scope: 'crm:read',
    input,
    async run({ actor, timeZone }, given) {
      const kept = await confidential.of(actor)
      const asked = typedQuerySchema.safeParse({ ...(given as object), limit: Math.min((given as { limit?: number }).limit ?? usualRows, mostRows), timeZone })
      if (!asked.success) {
        const details = asked.error.issues.slice(0, 10).map(({ path, message }) => ({ field: path.join('.'), message }))
        throw new AppError('VALIDATION', 'This is no query.', { details })
      }
      const query = withoutHidden(asked.data)
      const hidden = kept.findHidden(query)
      if (hidden !== undefined)
        throw new AppError('FORBIDDEN', `The field "${hidden}" is kept from language models in this workspace, or from your role. Ask without it.`)
      const result = await questions.query(actor, query)
      const { rows, columns, total, asOf, explanation, notes } = result
      const isRecords = query.groupBy === undefined && query.measures === undefined
      return {
        value: { explanation, total, rows, asOf, ...(notes === undefined ? {} : { notes }) },
        untrusted: holdsWords(result),
        citations: isRecords ? citationsOf(query.entity, result, kept) : [],
        coverage: { matched: total, shown: rows.length, asOf },
        parts: [
          { type: 'data-table', data: { title: query.title ?? explanation.slice(0, 300), columns, rows, total } },
          { type: 'data-plan', data: query },
        ],
      }

      function withoutHidden(wanted: z.infer<typeof typedQuerySchema>): z.infer<typeof typedQuerySchema> & TypedQueryInput {
        if (wanted.select !== undefined || wanted.groupBy !== undefined || wanted.measures !== undefined || !kept.touches(wanted.entity)) return wanted
        const select = entities[wanted.entity].defaultColumns.filter((field) => !kept.hides(wanted.entity, field))
        return { ...wanted, select: select.length === 0 ? ['id'] : select }
      }
    },
  }
}
