import { DateTime } from 'luxon'
import { usersNamed } from '#backend/modules/planner/world/world.ts'
import { entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { asInUse } from './choices.ts'
import { withDetailsNamed } from './contact-details.ts'
import { introducedBefore, readDraft } from './draft.ts'
import { type Draft, kindOf, valuesOf } from './draft-values.ts'
import type { Lexis } from './lexis.ts'
import { clean } from './message.ts'
import { placeTail } from './nouns.ts'
import { type Action, type ActionReader, cannot, type Step, step } from './step.ts'
import { findUser } from './users.ts'

const verbs = /^(?:add|create|make|put|enter|register|record|set up|open|log|insert|write|start|raise|file|jot down|take|leave)\s+(.+)$/i

/** "Add Avery White as a new lead and assign them to Raj", "make a backlog task called X on the front-end board". */
export const readCreate: ActionReader = (text, lexis) => readSeveral(text, lexis) ?? readOne(text, lexis)

const names = '(\\p{Lu}\\S* \\p{Lu}[^\\s,]*(?:(?:, and |, | and )\\p{Lu}\\S* \\p{Lu}[^\\s,]*)+)'
const people = '(lead|customer|client|contact|prospect)s'
const severally: readonly RegExp[] = [
  new RegExp(
    `^(?:add|create|make|enter|register|put in) (?:(?:two|three|four|five|the following|these|\\d+) )?(?:new )?(?<kind>${people})(?<owner> (?:for|under|with) \\p{Lu}\\S*?)?(?: (?:called|named)|[:,])* (?<names>${names})(?<rest>.*)$`,
    'u',
  ),
  new RegExp(`^(?:add|create|make|enter|register|put in) (?<names>${names}) as (?:new )?(?<kind>${people})(?<rest>.*)$`, 'u'),
]

/** "Add Robin Castle and Toni Berg as new leads and assign both to Raj." */
function readSeveral(text: string, lexis: Lexis): Action | undefined {
  const said = `${text.charAt(0).toLowerCase()}${text.slice(1)}`
  const groups = severally.map((pattern) => pattern.exec(said)?.groups).find((found) => found !== undefined)
  if (groups === undefined) return undefined
  const rest = `${(groups.owner ?? '').replace(/^ (?:for|under|with) /, ' assigned to ')}${groups.rest ?? ''}`.replace(
    / (?:assign|give|hand) (?:both|all|all three|them all|both of them|all of them) to /i,
    ' assign them to ',
  )
  const actions = (groups.names ?? '')
    .split(/, and |, | and /)
    .map((name) => readOne(`add ${name} as a new ${(groups.kind ?? '').replace(/s$/, '')}${rest}`, lexis))
  if (actions.some((action) => action === undefined)) return undefined
  return async (tx, known) => {
    const steps: Extract<Step, { kind: 'step' }>[] = []
    for (const action of actions as Action[]) {
      const made = await action(tx, known)
      if (made.kind !== 'step') return made
      steps.push(made)
    }
    return step(
      steps.flatMap(({ calls }) => calls),
      steps.map((made) => made.text).join('. '),
    )
  }
}

const readOne: ActionReader = (text, lexis) => {
  const assigned = /^(?:[Aa]ssign|[Gg]ive) (\p{Lu}\S*(?: \p{Lu}\S*)+) to (.+?) (as an? new .+)$/u.exec(text)
  if (assigned !== null) return readCreate(`add ${assigned[1]} ${assigned[3]} and assign them to ${assigned[2]}`, lexis)
  const given = /^(?:re-?assign|assign|give|hand) (?:them|him|her|it)(?: over)? to (.+)$/i.exec(text)?.[1]
  const introduced = given === undefined ? undefined : introducedBefore(lexis)
  // "Hana Suzuki is a new lead. Assign her to Raj": she is not here yet.
  if (given !== undefined && introduced?.noun !== undefined && /\bnew\b/i.test(lexis.before)) return readCreate(`add them and assign them to ${given}`, lexis)
  const task =
    /^(?:re-?assign|assign|give) (an? (?:new )?(?:[\p{L}-]+ ){0,3}?(?:task|ticket|to-?do)(?: (?:called|named|titled))? ⟦\d+⟧)(?: to)? (\S+)(.*)$/iu.exec(text)
  if (task !== null) return readCreate(`create ${task[1]} assigned to ${task[2]}${task[3]}`, lexis)
  // What is put on a board or into its backlog is a task.
  const listed = /^(?:add|put|create|make|enter) (⟦\d+⟧) ((?:to|on|in|into|onto) .*\b(?:board|backlog)\b.*)$/i.exec(text)
  if (listed !== null) return readCreate(`create a task called ${listed[1]} ${(listed[2] ?? '').replace(/^(?:to|into|onto) /i, 'in ')}`, lexis)
  const said = verbs.exec(text)?.[1]
  // A note on a record is no note without it.
  if (said === undefined || /^(?:an? )?(?:new )?(?:note|call|visit) to /i.test(said)) return undefined
  // "Assign Reese Martinez to them as a new lead."
  const detailed = clean(withDetailsNamed(said.replace(/\s*\(((?:phone|mobile|tel|email|number)\b[^()]*)\)/gi, ' with $1 ')))
  const draft = (detailed === clean(said) ? undefined : readPersonDraft(detailed, lexis)) ?? readDraft(clean(said), lexis)
  // "Make Taylor Brown Sofia's customer" names nobody new.
  if (/'s?$/.test(draft?.name ?? '') && !/^⟦/.test(said)) return undefined
  return draft === undefined ? undefined : createAction(draft, lexis)
}

/** Contact details are of people alone. */
function readPersonDraft(said: string, lexis: Lexis): Draft | undefined {
  const draft = readDraft(said, lexis)
  return draft?.noun?.entities.some((entity) => entity === 'contacts' || entity === 'leads') === true ? draft : undefined
}

/** Adds what a sentence behind says of the new record: "They're a new lead and need to be assigned to Nadia". */
export function readCreateWith(text: string, after: string, lexis: Lexis): Action | undefined {
  const said = verbs.exec(text)?.[1]
  const assigned = /^(?:re-?assign|assign|give|hand|pass|put|set|make|allocate) (?:(?:them|it|him|her)\b|to )/i.test(after)
    ? after.replace(/^(\S+) to /, '$1 them to ')
    : undefined
  const told = assigned ?? /^(?:they're|they are|he's|he is|she's|she is|it's|it is|they|he|she|it)\s+(.+)$/i.exec(after)?.[1]
  if (said === undefined || told === undefined) return undefined
  const bare = clean(said.replace(placeTail, ''))
  const rest = clean(told.replace(/^(an? )/i, 'as $1'))
  const draft = readDraft(`${bare} ${rest}`, lexis)
  return draft === undefined ? undefined : createAction(draft, lexis)
}

function createAction(draft: Draft, lexis: Lexis): Action | undefined {
  const entity = kindOf(draft, lexis)
  const values = entity === undefined ? undefined : valuesOf(draft, entity, lexis)
  if (entity === undefined || values === undefined || entity === 'events' || entity === 'emails') return undefined
  return async (tx, known) => {
    if ((entity === 'contacts' || entity === 'leads') && usersNamed(known.world, fold(draft.name ?? '')).length > 0)
      return cannot(
        `“${draft.name ?? ''}” is one of the people of this workspace, so no ${entities[entity].singular} would be added. Say the whole name of the new one.`,
      )
    const spelt = await asInUse(tx, entity, values, known)
    if (spelt.kind !== 'values') return spelt
    const owned: Record<string, unknown> = { ...spelt.values }
    let owner = ''
    if (draft.assignee !== undefined) {
      const user = await findUser(tx, draft.assignee, known)
      if (user.kind !== 'user') return user
      if (entity === 'notes') return cannot('A note belongs to whoever writes it, so it cannot be assigned. Leave that out, and it can be added.')
      Object.assign(owned, user.values)
      owner = `, for ${user.name}`
    }
    const noun = entities[entity].singular
    return step(
      [{ tool: 'records.create', input: { entity, values: owned } }],
      `A new ${noun} “${draft.name ?? ''}” would be added${toldValues(spelt.values, known)}${owner}`,
    )
  }
}

function toldValues(values: Readonly<Record<string, unknown>>, { now }: Lexis): string {
  const shown = Object.entries(values).filter(([path]) => !/^(?:first_name|last_name|name|title|body|currency|related_type|related_id)$/.test(path))
  // A time is said as the person's clock shows it.
  const told = (value: unknown) => {
    const at = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(?:T.+)?$/.test(value) ? DateTime.fromISO(value, { zone: now.zone }) : undefined
    return at?.isValid === true
      ? at.toFormat(String(value).includes('T') && !at.equals(at.startOf('day')) ? 'd MMMM yyyy, HH:mm' : 'd MMMM yyyy')
      : String(value)
  }
  return shown.length === 0 ? '' : ` (${shown.map(([path, value]) => `${path.replace(/^custom\./, '').replaceAll('_', ' ')}: ${told(value)}`).join(', ')})`
}
