/** Something that is measured and compared. */
export interface AlertRule {
  name: string
  severity: 'warning' | 'critical'
  /** It is raised above this. */
  threshold: number
  /** Undefined where it cannot be told right now, or is not configured; that changes nothing. */
  read(): number | undefined | Promise<number | undefined>
  /** One sentence for people: what is wrong, and the way out. */
  describe(value: number): string
}

/** What the last readings of a rule were, which decides when something is told. */
export interface RuleState {
  isActive: boolean
  above: number
  below: number
}

/** Readings in a row that raise an alert, and those that resolve it, so that nobody is told of what comes and goes. */
const raisedAfter = 2
const resolvedAfter = 3
/** Below nine tenths of the limit it is over. */
const resolvedBelow = 0.9

/** The state after one more reading, and what has changed by it. */
export function judge(state: RuleState, value: number, threshold: number): { state: RuleState; change: 'raised' | 'resolved' | undefined } {
  const above = value > threshold ? state.above + 1 : 0
  const below = value <= threshold * resolvedBelow ? state.below + 1 : 0
  if (!state.isActive && above >= raisedAfter) return { state: { isActive: true, above, below: 0 }, change: 'raised' }
  if (state.isActive && below >= resolvedAfter) return { state: { isActive: false, above: 0, below }, change: 'resolved' }
  return { state: { isActive: state.isActive, above, below }, change: undefined }
}
