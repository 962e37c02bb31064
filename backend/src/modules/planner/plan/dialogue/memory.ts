import type { PendingChoice, PlannerMemory, PlannerTurn } from '#backend/modules/planner/planner.types.ts'

const mostTurns = 12

/** The last answer, if there was one. */
export function lastTurn(memory: PlannerMemory | undefined): PlannerTurn | undefined {
  const { question, frame, shown, matched } = memory ?? {}
  if (frame === undefined || shown === undefined || matched === undefined) return undefined
  return { frame, shown, matched, ...(question === undefined ? {} : { question }) }
}

/** The answers of the conversation, the last at the end. */
export function turnsOf(memory: PlannerMemory | undefined): PlannerTurn[] {
  const last = lastTurn(memory)
  return [...(memory?.history ?? []), ...(last === undefined ? [] : [last])]
}

/** The memory after an answer; of a long conversation the first answer and the latest stay. */
export function remember(before: readonly PlannerTurn[], turn: PlannerTurn, memory: PlannerMemory | undefined): PlannerMemory {
  const [first, ...rest] = before.map(({ frame, shown, matched, question }) => ({
    frame,
    shown: { entity: shown.entity, ids: [] },
    matched,
    ...(question === undefined ? {} : { question }),
  }))
  const history = first === undefined ? [] : [first, ...rest.slice(-mostTurns)]
  const list = turn.shown.ids.length < 2 ? listOf(memory) : undefined
  return { ...turn, ...(history.length === 0 ? {} : { history }), ...(list === undefined ? {} : { list }) }
}

/** The memory with what is asked back added; whatever was answered stays. */
export function awaitChoice(memory: PlannerMemory | undefined, pending: PendingChoice): PlannerMemory {
  const { lost: _, ...kept } = memory ?? {}
  return { ...kept, pending }
}

export function withoutPending({ pending: _, ...memory }: PlannerMemory): PlannerMemory {
  return memory
}

/** The list that "the third one" counts in after one of its records was looked at. */
function listOf(memory: PlannerMemory | undefined): PlannerTurn | undefined {
  const last = lastTurn(memory)
  return last !== undefined && last.shown.ids.length > 1 ? last : memory?.list
}
