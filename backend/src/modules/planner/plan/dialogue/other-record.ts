import type { Lexeme, RecordOption } from '#backend/modules/planner/language/reading.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import type { EntityName } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { Frame } from '../frame.ts'
import { valuesIn } from './widen.ts'

export interface OtherRecords {
  name: string
  entity: EntityName
  options: RecordOption[]
  /** The question before, of another record. */
  messageFor(asked: string, label: string): string
}

/** The records that bear a name which the answer before took for another one; undefined when it took none. */
export function otherRecords(lexemes: readonly Lexeme[], { frame, shown }: PlannerTurn): OtherRecords | undefined {
  const taken = new Set([...frame.constraints.flatMap(({ filter }) => valuesIn(filter)), ...(shown.ids.length === 1 ? shown.ids : [])])
  for (const lexeme of lexemes) {
    for (const { reading } of lexeme.readings) {
      if (reading.kind !== 'record') continue
      const before = frame.constraints.find((constraint) => constraint.record !== undefined)?.record
      const entity = before?.entity ?? (shown.ids.length === 1 || frame.constraints.some(({ slot }) => slot === 'record') ? shown.entity : undefined)
      if (entity === undefined) continue
      const options = reading.options.filter((option) => option.entity === entity && !taken.has(option.id))
      const name = lexeme.text
      return { name, entity, options, messageFor: (asked, label) => renamed(asked, before?.label ?? shown.label ?? labelIn(frame), name, label) }
    }
  }
  return undefined
}

/** The question with the name in it exchanged: the whole label when it was said, else what was said of it. */
function renamed(asked: string, label: string | undefined, name: string, wanted: string): string {
  for (const said of [label, name]) {
    const at = said === undefined ? -1 : fold(asked).indexOf(fold(said))
    if (said !== undefined && at !== -1 && fold(asked).length === asked.length)
      return `${asked.slice(0, at)}${wanted}${asked.slice(at + said.length).replace(/^(?:\s+\p{Lu}[\p{L}'’-]*)+/u, '')}`
  }
  return wanted
}

/** The frame about another record than the one it was about. */
export function withRecord(before: Frame, record: RecordOption): Frame {
  const frame = structuredClone(before)
  frame.assumptions = []
  delete frame.offset
  for (const constraint of frame.constraints) {
    const known = constraint.record
    if (known === undefined && constraint.slot !== 'record') continue
    const id = known?.id ?? valuesIn(constraint.filter)[0]
    if (id === undefined) continue
    constraint.filter = JSON.parse(JSON.stringify(constraint.filter).replaceAll(id, record.id))
    constraint.record = record
  }
  return frame
}

/** The name that all records of a frame's own condition bear, as the condition keeps it. */
function labelIn(frame: Frame): string | undefined {
  return frame.constraints.find(({ slot }) => slot === 'record')?.record?.label
}
