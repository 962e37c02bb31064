import type { Logger } from 'pino'
import { type Database, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor, Role } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import { getWorkspace, readRecords } from '#backend/modules/crm/index.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { StartWorkflow, WorkflowName, WorkflowRun } from '#contracts/workflows.ts'
import type { Proposals } from '../approvals/proposals.ts'
import { newLeadMail } from './new-lead-mail.workflow.ts'
import type { WorkflowDefinition } from './workflow.ts'
import * as repository from './workflows.repository.ts'

export interface WorkflowsDependencies {
  database: Database
  operations: Operations
  proposals: Pick<Proposals, 'propose'>
  clock: Clock
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
  /** Is told of every workflow that ended. */
  observe?: ((outcome: 'done' | 'failed') => void) | undefined
  /** Any workspace, in whose name is asked where something is due. */
  homeWorkspaceId: string
}

export type WorkflowsService = ReturnType<typeof createWorkflows>

const definitions: Readonly<Record<WorkflowName, WorkflowDefinition>> = { new_lead_mail: newLeadMail }
const heldForMs = 30_000
const tickMs = 2000
const mostAttempts = 5
const mostListed = 100
const secondMs = 1000

/**
 * Work of several agents, step by step. A step reads, and lands with its trace in one transaction; what it wants changed is proposed under
 * a key of the step. So any process goes on where another one ended, and nothing is proposed twice.
 */
export function createWorkflows({ database, operations, proposals, clock, logger, observe, homeWorkspaceId }: WorkflowsDependencies) {
  const holder = newId()
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()

  const system = (workspaceId: string): Actor => ({ type: 'system', workspaceId, job: 'workflows' })
  const inJob = <T>(workspaceId: string, work: (tx: Transaction) => Promise<T>) => database.transaction(system(workspaceId), work)

  /** The person as they are now: who has lost the right to propose, or is gone, has nothing proposed. */
  async function personOf(workspaceId: string, userId: string): Promise<Extract<Actor, { type: 'user' }>> {
    const [person] = await inJob(workspaceId, (tx) =>
      tx.query<{ name: string; role: Role }>(sql`select name, role from users where workspace_id = ${workspaceId} and id = ${userId} and active`),
    )
    if (person === undefined) throw new AppError('FORBIDDEN', 'The person it works for is not active any more.')
    return { type: 'user', workspaceId, userId, ...person, via: 'session' }
  }

  async function perform(workspaceId: string, run: repository.WorkflowRow): Promise<void> {
    const definition = definitions[run.name]
    const index = run.steps.length
    const step = definition.steps[index]
    if (step === undefined) throw new Error(`The workflow ${run.name} has no step ${index}.`)
    const actor = await personOf(workspaceId, run.userId)
    const now = clock.now()
    const outcome = await operations.run(actor, { name: `workflows.${run.name}`, scope: 'crm:read', query: { step: step.title }, readOnly: true }, async (tx) =>
      step.run({ tx, now, timeZone: (await getWorkspace(tx)).timeZone, source: run.source, state: run.state, person: { id: actor.userId, name: actor.name } }),
    )
    const state: Record<string, unknown> = { ...run.state, ...outcome.state }
    if (outcome.calls !== undefined && outcome.calls.length > 0) {
      const { source } = run
      const batch = await proposals.propose(actor, {
        calls: outcome.calls,
        agent: step.agent,
        source: { kind: 'workflow', text: source.label, entity: source.entity, recordId: source.recordId },
        // What is proposed was read in a mail.
        untrusted: true,
        key: `workflow ${run.id} ${index}`,
      })
      state.batchId = batch.batchId
    }
    const steps = [...run.steps, { agent: step.agent, title: step.title, said: outcome.said, at: now.toISOString() }]
    const isDone = outcome.isLast === true || steps.length === definition.steps.length
    await inJob(workspaceId, (tx) => repository.advanceRun(tx, { id: run.id, holder, state, steps, isDone, now: clock.now().toISOString() }))
    if (isDone) observe?.('done')
  }

  async function workOn(workspaceId: string): Promise<void> {
    while (!stopping.signal.aborted) {
      const now = clock.now()
      const until = new Date(now.getTime() + heldForMs).toISOString()
      const run = await inJob(workspaceId, (tx) => repository.claimRun(tx, holder, { now: now.toISOString(), until }))
      if (run === undefined) return
      try {
        await perform(workspaceId, run)
      } catch (error) {
        logger.warn({ err: error, workflow: run.name, runId: run.id }, 'A step of a workflow failed')
        const isHopeless = run.attempts + 1 >= mostAttempts || (error instanceof AppError && error.code !== 'UNAVAILABLE' && error.code !== 'CONFLICT')
        const sentence = error instanceof AppError ? error.message : 'Something went wrong in this step; it was logged.'
        const dueAt = isHopeless ? null : new Date(clock.now().getTime() + secondMs * 2 ** run.attempts).toISOString()
        await inJob(workspaceId, (tx) => repository.noteFailure(tx, { id: run.id, holder, error: sentence, dueAt, now: clock.now().toISOString() }))
        if (isHopeless) observe?.('failed')
      }
    }
  }

  async function look(): Promise<void> {
    const due = await inJob(homeWorkspaceId, (tx) =>
      tx.query<{ id: string }>(sql`select workspace_id as id from agent_workflow_workspaces(${clock.now().toISOString()}::timestamptz)`),
    )
    for (const { id } of due) await workOn(id)
  }

  function tick(): Promise<void> {
    working = working.then(look).catch((error: unknown) => logger.error({ err: error }, 'Workflows stumbled and try again'))
    return working
  }

  return {
    /** Starts a workflow about a mail, once for each mail and person. */
    async start(actor: Actor, { name, emailId }: StartWorkflow): Promise<WorkflowRun> {
      if (actor.type !== 'user') throw new AppError('FORBIDDEN', 'A workflow works for a person.')
      const { userId } = actor
      const id = await operations.run(actor, { name: 'workflows.start', scope: 'crm:write', query: { workflow: name, emailId } }, async (tx) => {
        const [mail] = await readRecords(tx, 'emails', [emailId])
        if (mail === undefined) throw notFound('The mail')
        const source = { entity: 'emails', recordId: emailId, label: `${String(mail.from ?? '')}: ${String(mail.subject ?? '')}`.slice(0, 300) }
        return repository.insertRun(tx, { id: newId(), name, source, userId, key: `${name} ${emailId}`, now: clock.now().toISOString() })
      })
      void tick()
      return this.get(actor, id)
    },

    async get(actor: Actor, id: string): Promise<WorkflowRun> {
      const row = isUuid(id)
        ? await operations.run(actor, { name: 'workflows.get', scope: 'chat', event: null, readOnly: true }, (tx) => repository.findRun(tx, id))
        : undefined
      if (row === undefined) throw notFound('The workflow')
      return toRun(row)
    },

    async list(actor: Actor): Promise<{ items: WorkflowRun[]; nextCursor: null; total: null }> {
      const rows = await operations.run(actor, { name: 'workflows.list', scope: 'chat', event: null, readOnly: true }, (tx) =>
        repository.listRuns(tx, mostListed),
      )
      return { items: rows.map(toRun), nextCursor: null, total: null }
    },

    async cancel(actor: Actor, id: string): Promise<WorkflowRun> {
      await this.get(actor, id)
      await operations.run(actor, { name: 'workflows.cancel', scope: 'crm:write', query: { id } }, (tx) =>
        repository.cancelRun(tx, id, clock.now().toISOString()),
      )
      return this.get(actor, id)
    },

    /** Does what is due now. */
    tick,

    /** Looks for what is due from now on, beside any number of other processes. */
    begin(): void {
      const plan = () => {
        if (!stopping.signal.aborted) timer = setTimeout(() => void tick().then(plan), tickMs).unref()
      }
      plan()
    },

    async close(): Promise<void> {
      stopping.abort()
      clearTimeout(timer)
      await working
    },
  }
}

function toRun({ id, name, status, source, state, steps, error, createdAt, endedAt }: repository.WorkflowRow): WorkflowRun {
  const next = status === 'running' ? definitions[name].steps.slice(steps.length).map(({ title }) => title) : []
  return { id, name, status, source, steps, next, batchId: typeof state.batchId === 'string' ? state.batchId : null, error, createdAt, endedAt }
}
