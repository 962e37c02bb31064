import type { Transaction } from '#backend/infra/database/database.ts'
import { AppError, type ErrorDetail } from '#backend/kernel/errors.ts'
import { type AppliedChange, type Change, type ChangeContext, getWorkspace } from '#backend/modules/crm/index.ts'

/** Characters that the input of one proposal may have as JSON. */
const longestInput = 256_000
const deepestInput = 20

export type ChangeRunner = ReturnType<typeof createChangeRunner>

/** Finds changes by name and checks what they are given. */
export function createChangeRunner(changes: readonly Change[]) {
  const byName = new Map(changes.map((change) => [change.name, change]))

  /** @throws AppError VALIDATION when there is no such change */
  function get(tool: string): Change {
    const change = byName.get(tool)
    if (change !== undefined) return change
    throw new AppError('VALIDATION', `There is no change called "${tool.slice(0, 80)}"; there are ${[...byName.keys()].join(', ')}.`, {
      details: [{ field: 'tool', message: 'is unknown' }],
    })
  }

  return {
    all: changes,
    get,
    find: (tool: string) => byName.get(tool),
    /** @throws AppError VALIDATION naming everything that is wrong with the input */
    parse(tool: string, input: unknown): Record<string, unknown> {
      refuseUnbounded(input)
      const parsed = get(tool).input.safeParse(input)
      if (parsed.success) return parsed.data as Record<string, unknown>
      const details: ErrorDetail[] = parsed.error.issues
        .slice(0, 50)
        .map(({ path, message }) => (path.length === 0 ? { message } : { field: path.join('.'), message }))
      throw new AppError(
        'VALIDATION',
        details.length === 1 && details[0] !== undefined
          ? [details[0].field, details[0].message].filter(Boolean).join(': ')
          : `${details.length} things are not right.`,
        {
          details,
        },
      )
    },
    async apply(tx: Transaction, tool: string, input: Record<string, unknown>, id: string, now: Date): Promise<AppliedChange> {
      return get(tool).apply(tx, input, await contextOf(tx, id, now))
    },
    async undo(tx: Transaction, tool: string, applied: AppliedChange, id: string, now: Date): Promise<void> {
      await get(tool).undo(tx, applied, await contextOf(tx, id, now))
    },
  }
}

async function contextOf(tx: Transaction, id: string, now: Date): Promise<ChangeContext> {
  return { id, now, timeZone: (await getWorkspace(tx)).timeZone }
}

/** @throws AppError VALIDATION for what is larger or deeper than any sensible input */
function refuseUnbounded(input: unknown): void {
  if (depthOf(input, 0) > deepestInput) throw new AppError('VALIDATION', `The input is nested deeper than ${deepestInput} levels.`)
  if (JSON.stringify(input).length > longestInput) throw new AppError('VALIDATION', `The input is longer than ${longestInput / 1000} kB; ask for it in parts.`)
}

function depthOf(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null || depth > deepestInput) return depth
  let deepest = depth
  for (const item of Object.values(value)) deepest = Math.max(deepest, depthOf(item, depth + 1))
  return deepest
}
