import { says } from '#backend/modules/planner/language/says.ts'
import type { Filter } from '#contracts/query.ts'
import type { Frame } from './frame.ts'
import type { ParseState } from './parse-state.ts'

/** "Do all contacts have an e-mail?" is answered by those who have none, and not by those who have one. */
export function askForExceptions(state: ParseState, frame: Frame): void {
  if (!state.whether || state.count || frame.kind === 'figure' || frame.kind === 'groups') return
  const [head] = state.phrases
  const every = state.items.find(
    ({ lexeme, index }) => (head === undefined || head.at < 0 || index <= head.at) && says(lexeme.text, 'everyOne', state.world.language),
  )
  if (every === undefined) return
  const said = frame.constraints.filter(({ at }) => at !== undefined && at > Math.max(every.index, head?.at ?? -1))
  const last = said.reduce<(typeof said)[number] | undefined>(
    (latest, one) => (latest === undefined || (one.at ?? 0) >= (latest.at ?? 0) ? one : latest),
    undefined,
  )
  const [single, ...rest] = frame.constraints
  const only = rest.length === 0 && single?.at === undefined && single?.record === undefined ? single : undefined
  const [field, ...others] = frame.fields
  const told = last ?? only
  if (told !== undefined && frame.whether === true) told.filter = denied(told.filter)
  else if (field !== undefined && others.length === 0 && frame.constraints.every(({ slot }) => slot !== 'record')) {
    frame.constraints.push({ slot: field, filter: { field, op: 'isEmpty' } })
    frame.fields = []
    frame.kind = 'list'
  } else {
    state.unexplained.push(every.lexeme.text)
    return
  }
  frame.whether = true
  frame.exceptions = true
  frame.assumptions.push({ note: 'exceptions' })
}

function denied(filter: Filter): Filter {
  if ('not' in filter) return filter.not
  if ('field' in filter && filter.op === 'isNotEmpty') return { field: filter.field, op: 'isEmpty' }
  if ('field' in filter && filter.op === 'isEmpty') return { field: filter.field, op: 'isNotEmpty' }
  return { not: filter }
}
