import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, createClock } from '#backend/kernel/clock.ts'
import { type ApprovalOutcome, createPoliciesService, createProposals, type PoliciesService, type Proposals } from '#backend/modules/agents/index.ts'
import { type Change, importChange, mergeChange, recordChanges } from '#backend/modules/crm/index.ts'
import { emailChanges } from '#backend/modules/email/index.ts'
import { createTestWorkspace, type TestWorkspace } from './harness.ts'
import { createTestOperations, type TestOperations } from './operations.ts'

export interface ApprovalsWorkspace extends TestWorkspace, TestOperations {
  proposals: Proposals
  policies: PoliciesService
  outcomes: [ApprovalOutcome, number][]
}

/** A workspace with proposals over it; the clock may be moved by the test. */
export async function createApprovalsWorkspace(options: { clock?: Clock; changes?: readonly Change[] } = {}): Promise<ApprovalsWorkspace> {
  const { clock = createClock(), changes = allChanges() } = options
  const workspace = await createTestWorkspace()
  const operations = createTestOperations(workspace.database, clock)
  const outcomes: [ApprovalOutcome, number][] = []
  const proposals = createProposals({
    operations: operations.operations,
    clock,
    changes,
    events: { record: (event) => void operations.events.push(event) },
    observe: (outcome, count) => void outcomes.push([outcome, count]),
  })
  const policies = createPoliciesService({ operations: operations.operations, clock, changes })
  return { ...workspace, ...operations, proposals, policies, outcomes }
}

/** Every change that the product knows. */
export function allChanges(): Change[] {
  return [...recordChanges(), mergeChange, importChange({ folder: join(tmpdir(), `chatsg-import-${process.pid}`) }), ...emailChanges()]
}
