import type { Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import type { Constraint, Frame } from '#backend/modules/planner/plan/frame.ts'
import type { PlannerContext } from '#backend/modules/planner/planner.types.ts'
import type { Filter } from '#contracts/query.ts'

const texts: Readonly<Record<string, readonly string[]>> = { notes: ['body', 'title'], emails: ['subject', 'body'], tasks: ['title'], events: ['title'] }

/** Words that stand nowhere side by side are looked for one by one; what nothing is linked to is looked for by its name. */
export async function textFound(tx: Transaction, frame: Frame, { now, timeZone }: PlannerContext): Promise<Frame> {
  const fields = texts[frame.entity]
  if (fields === undefined) return frame
  const finds = async (filter: Filter) => (await runQuery(tx, { entity: frame.entity, filter, limit: 1 }, { now, timeZone })).total > 0
  const constraints: Constraint[] = []
  const assumptions = [...frame.assumptions]
  for (const constraint of frame.constraints) {
    // "Unanswered e-mails": a word that stands nowhere says something else of them.
    if (constraint.slot.startsWith('text:') && !(await finds(constraint.filter))) throw new AppError('VALIDATION', 'None of the records holds that word.')
    const text = constraint.slot === 'text' ? textOf(constraint.filter) : constraint.slot === 'record:products' ? constraint.record?.label : undefined
    if (text === undefined || (constraint.slot === 'text' && !text.includes(' ')) || (await finds(constraint.filter))) {
      constraints.push(constraint)
      continue
    }
    const options = [
      anywhere(fields, text),
      {
        and: text
          .split(/[^\p{L}\p{N}]+/u)
          .filter((word) => word.length > 2)
          .map((word) => anywhere(fields, word)),
      },
    ]
    const filter = await firstThat(options, finds)
    constraints.push(filter === undefined ? constraint : { slot: 'text', filter })
    if (filter !== undefined) assumptions.push({ note: 'wordsInText', text })
  }
  return { ...frame, constraints, assumptions }
}

function anywhere(fields: readonly string[], value: string): Filter {
  const tests = fields.map((field): Filter => ({ field, op: 'contains', value }))
  return tests.length === 1 ? (tests[0] as Filter) : { or: tests }
}

function textOf(filter: Filter): string | undefined {
  if ('or' in filter) return textOf(filter.or[0] as Filter)
  return 'field' in filter && filter.op === 'contains' && typeof filter.value === 'string' ? filter.value : undefined
}

async function firstThat(filters: readonly Filter[], test: (filter: Filter) => Promise<boolean>): Promise<Filter | undefined> {
  for (const filter of filters) if (!('and' in filter && filter.and.length === 0) && (await test(filter))) return filter
  return undefined
}
