import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { isStateField, type Lexis, usualTaskStates } from './lexis.ts'
import { ask, type Step } from './step.ts'

const mostChoices = 15

/**
 * The values as records here spell them. A field that has few values in use, again and again, is a choice: a value that none has is
 * asked back with those in use.
 */
export async function asInUse(
  tx: Transaction,
  entity: EntityName,
  values: Readonly<Record<string, unknown>>,
  lexis: Lexis,
): Promise<{ kind: 'values'; values: Record<string, unknown> } | Step> {
  const spelt: Record<string, unknown> = { ...values }
  for (const [path, value] of Object.entries(values)) {
    if (typeof value !== 'string' || !mayBeChoice(path, entity, lexis)) continue
    const { rows } = await runQuery(
      tx,
      {
        entity,
        filter: { field: path, op: 'isNotEmpty' },
        groupBy: [{ field: path }],
        measures: [{ fn: 'count', as: 'records' }],
        sort: [{ by: 'records', direction: 'desc' }],
        limit: mostChoices + 1,
      },
      { now: lexis.context.now, timeZone: lexis.context.timeZone },
    )
    const used = rows.map((row) => ({ name: String(row[path] ?? ''), count: Number(row.records ?? 0) }))
    const named = used.find(({ name }) => fold(name) === fold(value))
    if (named !== undefined) spelt[path] = named.name
    const records = used.reduce((sum, { count }) => sum + count, 0)
    const known = named !== undefined || isUsual(entity, path, value) || choicesOf(path, entity, lexis).some((choice) => fold(choice) === fold(value))
    if (known || used.length > mostChoices || records < used.length * 3) continue
    const label = (path.startsWith('custom.') ? customOf(path, entity, lexis)?.label : entities[entity].fields[path]?.label) ?? path
    return ask(
      `No record here has the ${label.toLowerCase()} “${value}”, so nothing would change. In use are ${used.map(({ name }) => `“${name}”`).join(', ')}. Which of them do you mean?`,
    )
  }
  return { kind: 'values', values: spelt }
}

const choosing = /^(?:status|priority|source|industry|category)$/

function mayBeChoice(path: string, entity: EntityName, lexis: Lexis): boolean {
  const custom = customOf(path, entity, lexis)
  return custom === undefined ? choosing.test(path) || isStateField(path) : /text|choice|select|dropdown|list/i.test(custom.type)
}

function customOf(path: string, entity: EntityName, { world }: Lexis) {
  return world.customFields.find((field) => field.entity === entity && `custom.${field.key}` === path)
}

function choicesOf(path: string, entity: EntityName, lexis: Lexis): readonly string[] {
  return customOf(path, entity, lexis)?.choices ?? entities[entity].fields[path]?.choices ?? []
}

/** Where tasks usually stand is known before one stands there. */
function isUsual(entity: EntityName, path: string, value: string): boolean {
  return entity === 'tasks' && path === 'status' && Object.values(usualTaskStates).some((usual) => fold(usual) === fold(value))
}
