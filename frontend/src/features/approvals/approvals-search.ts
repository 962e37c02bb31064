import { type Proposal, proposalStatuses } from '#contracts/approvals.ts'

export const approvalViews = ['waiting', 'history', 'policies'] as const
export type ApprovalView = (typeof approvalViews)[number]

/** What the address says is shown. */
export interface ApprovalsSearch {
  view?: ApprovalView | undefined
  status?: Proposal['status'] | undefined
}

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined => values.find((one) => one === value)

export const parseApprovalsSearch = (search: Record<string, unknown>): ApprovalsSearch => ({
  view: oneOf(approvalViews, search.view),
  status: oneOf(proposalStatuses, search.status),
})
