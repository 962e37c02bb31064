import type { Transaction } from '#backend/infra/database/database.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import type { PlannerContext } from '#backend/modules/planner/planner.types.ts'
import { withActivityOf } from './activity-of.ts'
import { duplicatesOf } from './duplicates.ts'
import { daysOfEveryYear } from './every-year.ts'
import { firstOfEach } from './first-of-each.ts'
import { aboutRecords } from './related-records.ts'
import { sameAs } from './same-as.ts'
import { similarTo } from './similar-records.ts'
import { textFound } from './text-found.ts'

/**
 * Fills in what a frame can only know from the records: those that share a value, those like one named, those that an activity is
 * about. What is filled in is stated in the assumptions, and the query remains an ordinary one.
 */
export async function expandFrame(tx: Transaction, frame: Frame, context: PlannerContext): Promise<Frame> {
  let expanded = frame.constraints.some(({ everyYear }) => everyYear === true) ? daysOfEveryYear(frame, context) : frame
  if (frame.constraints.some(({ about }) => about !== undefined)) expanded = await aboutRecords(tx, expanded, context)
  if (frame.constraints.some(({ record }) => record !== undefined)) expanded = await withActivityOf(tx, expanded)
  expanded = await textFound(tx, expanded, context)
  const { expansion } = expanded
  if (expansion?.kind === 'duplicates') return duplicatesOf(tx, expanded, expansion)
  if (expansion?.kind === 'firstOfEach') return firstOfEach(tx, expanded, expansion, context)
  if (expansion?.kind === 'sameAs') return sameAs(tx, expanded, expansion, context)
  if (expansion?.kind === 'similar') return similarTo(tx, expanded, expansion.to, context)
  return expanded
}
