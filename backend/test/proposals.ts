import type { Proposals } from '#backend/modules/agents/index.ts'

/** For answers that change nothing. */
export const nothingProposed: Pick<Proposals, 'propose' | 'decide' | 'get'> = {
  propose: () => Promise.reject(new Error('Nothing is proposed here.')),
  decide: () => Promise.reject(new Error('Nothing is proposed here.')),
  get: () => Promise.reject(new Error('Nothing is proposed here.')),
}
