import { Decimal } from 'decimal.js'
import type { Database, Transaction } from '#backend/infra/database/database.ts'
import type { ModelCaller } from '#backend/infra/models/model-call.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { seesEverything } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { ModelBudget, ModelBudgets, ModelBudgetsChange } from '#contracts/models.ts'
import { type InFlight, personOf } from './in-flight.ts'
import { type BudgetRow, isUser, listBudgets, nobody, putBudget, readSpent, type Spent } from './spending.repository.ts'

type Scope = ModelBudget['scope']

interface Limit {
  scope: Scope
  usdPerDay: Decimal
}

export interface BudgetsOptions {
  database: Database
  operations: Operations
  clock: Clock
  inFlight: InFlight
  installationUsdPerDay: number | undefined
  /** Milliseconds after which budgets that another process changed are seen. */
  rereadMs?: number
}

export type BudgetsService = ReturnType<typeof createBudgetsService>

const job = 'model budgets'
const mostWorkspaces = 10_000
const dayMs = 86_400_000

/** What models may cost a day: the installation, a workspace, a person. */
export function createBudgetsService({ database, operations, clock, inFlight, installationUsdPerDay, rereadMs = 5000 }: BudgetsOptions) {
  const known = new Map<string, { rows: readonly BudgetRow[]; readAt: number }>()
  const asJob = (workspaceId: string): Actor => ({ type: 'system', workspaceId, job })

  async function rowsOf(workspaceId: string): Promise<readonly BudgetRow[]> {
    const kept = known.get(workspaceId)
    if (kept !== undefined && performance.now() - kept.readAt < rereadMs) return kept.rows
    const rows = await database.transaction(asJob(workspaceId), listBudgets, { readOnly: true })
    if (known.size >= mostWorkspaces) known.clear()
    known.set(workspaceId, { rows, readAt: performance.now() })
    return rows
  }

  /** Those that an actor's calls have to keep. */
  async function limitsOf(actor: Actor): Promise<Limit[]> {
    const rows = await rowsOf(actor.workspaceId)
    const limits: Limit[] = []
    if (installationUsdPerDay !== undefined) limits.push({ scope: 'installation', usdPerDay: new Decimal(installationUsdPerDay) })
    const workspace = rows.find(({ scope }) => scope === 'workspace')
    if (workspace !== undefined) limits.push({ scope: 'workspace', usdPerDay: new Decimal(workspace.usdPerDay) })
    if (actor.type === 'user') {
      const ofPeople = rows.filter(({ scope }) => scope === 'person')
      const person = ofPeople.find(({ userId }) => userId === actor.userId) ?? ofPeople.find(({ userId }) => userId === nobody)
      if (person !== undefined) limits.push({ scope: 'person', usdPerDay: new Decimal(person.usdPerDay) })
    }
    return limits
  }

  async function spentBy(actor: Actor): Promise<Spent> {
    const day = clock.now().toISOString().slice(0, 10)
    return inFlight.whileReading(() => database.transaction(asJob(actor.workspaceId), (tx) => readSpent(tx, day, personOf(actor)), { readOnly: true }))
  }

  function toBudgets(rows: readonly BudgetRow[]): ModelBudgets {
    const amountOf = (scope: BudgetRow['scope']) => rows.find((row) => row.scope === scope && row.userId === nobody)?.usdPerDay ?? null
    return {
      installationUsdPerDay: installationUsdPerDay === undefined ? null : String(installationUsdPerDay),
      workspaceUsdPerDay: amountOf('workspace'),
      personUsdPerDay: amountOf('person'),
      people: rows.filter(({ scope, userId }) => scope === 'person' && userId !== nobody).map(({ userId, name, usdPerDay }) => ({ userId, name, usdPerDay })),
    }
  }

  return {
    /** When the day's budgets begin anew: at midnight in UTC. */
    renewsAt(): Date {
      return new Date((Math.floor(clock.now().getTime() / dayMs) + 1) * dayMs)
    },

    /** @throws AppError RATE_LIMITED, with the detail `budget`, when one is used up */
    async reserve({ actor }: ModelCaller, estimatedUsd: string | null): Promise<() => void> {
      const limits = await limitsOf(actor)
      if (limits.length > 0) {
        const read = await spentBy(actor)
        // From here to the reservation nothing is waited for, so that no two calls take the same rest.
        const noted = inFlight.of('noted', actor)
        const made = inFlight.of('made', actor)
        for (const { scope, usdPerDay } of limits) {
          const spent = noted[scope].plus(read[scope])
          if (usdPerDay.lte(spent)) throw this.exhausted(scope)
          if (usdPerDay.lte(made[scope].plus(spent))) throw nearlyExhausted()
        }
      }
      return inFlight.add('made', actor, estimatedUsd ?? '0')
    },

    exhausted(scope: Scope): AppError {
      const retryAfterSeconds = Math.ceil((this.renewsAt().getTime() - clock.now().getTime()) / 1000)
      const message = `${whose[scope]} is used up. It begins anew at midnight (UTC), at ${this.renewsAt().toISOString()}. What the built-in planner can answer is answered as before.`
      return new AppError('RATE_LIMITED', message, { retryAfterSeconds, details: [{ field: 'budget', message: scope }] })
    },

    /** Those that apply to an actor; what others spent is told to admins alone. */
    async stateFor(actor: Actor): Promise<ModelBudget[]> {
      const limits = await limitsOf(actor)
      if (limits.length === 0) return []
      const read = await spentBy(actor)
      const noted = inFlight.of('noted', actor)
      return limits.map(({ scope, usdPerDay }) => {
        const spent = noted[scope].plus(read[scope])
        // The installation may have other workspaces, whose spending is nobody's business here.
        const isTold = scope === 'person' || (scope === 'workspace' && seesEverything(actor))
        return { scope, usdPerDay: usdPerDay.toFixed(), spentUsd: isTold ? spent.toFixed() : null, isExhausted: usdPerDay.lte(spent) }
      })
    },

    /** @throws AppError FORBIDDEN to all but owners and admins */
    getBudgets(actor: Actor): Promise<ModelBudgets> {
      return operations.run(actor, { name: 'models.budgets', scope: 'workspace:admin', event: null, readOnly: true }, async (tx) =>
        toBudgets(await listBudgets(tx)),
      )
    },

    /** @throws AppError NOT_FOUND for a person who is not in the workspace */
    async updateBudgets(actor: Actor, change: ModelBudgetsChange): Promise<ModelBudgets> {
      const rows = await operations.run(
        actor,
        { name: 'models.budgets.update', scope: 'workspace:admin', event: 'SETTING_CHANGE', query: { ...change } },
        async (tx) => {
          await writeBudgets(tx, change)
          return listBudgets(tx)
        },
      )
      known.delete(actor.workspaceId)
      return toBudgets(rows)
    },
  }
}

async function writeBudgets(tx: Transaction, { workspaceUsdPerDay, personUsdPerDay, people = [] }: ModelBudgetsChange): Promise<void> {
  if (workspaceUsdPerDay !== undefined) await putBudget(tx, { scope: 'workspace', userId: nobody, usdPerDay: workspaceUsdPerDay })
  if (personUsdPerDay !== undefined) await putBudget(tx, { scope: 'person', userId: nobody, usdPerDay: personUsdPerDay })
  for (const { userId, usdPerDay } of people) {
    if (!(await isUser(tx, userId))) throw notFound('This person')
    await putBudget(tx, { scope: 'person', userId, usdPerDay })
  }
}

const whose: Record<Scope, string> = {
  installation: "Today's budget of this installation for language models",
  workspace: "Today's budget of your workspace for language models",
  person: 'Your budget of today for language models',
}

function nearlyExhausted(): AppError {
  return new AppError(
    'RATE_LIMITED',
    "What is left of today's budget for language models is set aside for answers that are being made right now. Try again in a moment.",
    {
      retryAfterSeconds: 10,
      details: [{ field: 'budget', message: 'in flight' }],
    },
  )
}
