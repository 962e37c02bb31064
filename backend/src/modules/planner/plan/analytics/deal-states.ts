import type { Note } from '#backend/modules/planner/phrases/notes.ts'
import type { StateMeaning } from '#backend/modules/planner/plan/states.ts'
import type { Filter } from '#contracts/query.ts'

/** Days that "soon" takes in. */
export const soonDays = 30
const now = { now: true } as const
const open: Filter = { field: 'state', op: 'eq', value: 'open' }

/** States of deals that are a judgement: what is said with them is in `stateNote`. */
export function judgedDealState(state: string, stalledDays: number): StateMeaning | undefined {
  switch (state) {
    case 'atRisk':
      return {
        filter: {
          and: [
            open,
            {
              or: [
                { field: 'forecast_close_date', op: 'lt', value: now },
                { field: 'stage_changed_at', op: 'lt', value: { now: true, daysAgo: stalledDays } },
              ],
            },
          ],
        },
        time: 'forecast_close_date',
        slot: 'state',
      }
    case 'closingSoon':
      return { filter: { and: [open, { field: 'forecast_close_date', op: 'during', value: { next: soonDays, unit: 'day' } }] }, slot: 'state' }
    default:
      return undefined
  }
}

/** What a judged state was taken for, said with the answer. */
export function stateNote(state: string, stalledDays: number): Note | undefined {
  switch (state) {
    case 'atRisk':
      return { note: 'atRisk', days: stalledDays }
    case 'closingSoon':
      return { note: 'soon', days: soonDays }
    case 'stalled':
      return { note: 'stalled', days: stalledDays }
    default:
      return undefined
  }
}
