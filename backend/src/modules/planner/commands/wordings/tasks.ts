import { clean, cuts, unquoted } from '#backend/modules/planner/commands/message.ts'
import { isInstruction, withoutCourtesies } from '#backend/modules/planner/commands/polite.ts'
import { inFigures } from './when.ts'
import { aside, type Wording } from './wording.ts'

/** What was said of a task beside what is to be done. */
interface Task {
  what: string
  due?: string
  priority?: string
  owner?: string
}

/** How a language says the rest of a task. */
export interface TaskWords {
  /** "High priority", with the priority as it is in English, where a part of a sentence says one. */
  priority(part: string): string | undefined
  /** "For Jonas". */
  owner: RegExp
  /** What may stand behind a time in the middle: "call Bo tomorrow about the quote". */
  behind: RegExp
  /** What is to be done, as a title: "to call Rose" is "Call Rose". */
  title(what: string): string
}

/** Another change may be meant behind what is to be done. */
const another = /(?:,|;|\b(?:and|then|und|dann))\s+(?=\p{L})/giu
const harmlessNext = /^(?:call|email|e-mail|mail|write|send|reply|respond|tell|let|notify|inform|book|share|forward|schedule|make (?:an?|the))\b/i

/** Titles longer than this were meant as something else. */
const longest = 200

/**
 * A task in the words that are read: "create a task called ⟦…⟧ due … assigned to …".
 * @returns undefined where nothing is to be done, or where another instruction may stand within
 */
export function taskSaid(said: string, given: Omit<Task, 'what'>, words: TaskWords, wording: Wording): string | undefined {
  const task = partsOf(clean(said), given, words, wording)
  const title = clean(words.title(clean(task.what)))
  if (
    /^for\b|^(?:my|the|our) (?:list|calendar|crm|diary)\b/iu.test(title) ||
    title === '' ||
    title.length > longest ||
    /^⟦\d+⟧./.test(title) ||
    /.⟦\d+⟧$/.test(title) ||
    // It has a name of its own, and what is around that says more.
    /\b(?:called|named|titled|entitled)\s*⟦/i.test(title) ||
    mayGoOn(title)
  )
    return undefined
  const named = unquoted(title, wording.quotes)
  const mark = aside(`${named.charAt(0).toUpperCase()}${named.slice(1)}`, wording)
  const { due, priority, owner } = task
  return [
    `create a ${priority === undefined ? '' : `${priority} priority `}task called ${mark} about ${mark}`,
    due === undefined ? '' : `due ${due}`,
    `assigned to ${owner === undefined || owner === 'me' ? 'whoever asks' : owner}`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

const germanNext = /^(?:bitte )?(?:lösch|entfern|setz|änder|verschieb|erstell|markier|übergib|weis|sag|storn|leg)(?:e|en)?\b/i

/** More parts than anybody gives one thing to do; each of them is looked at whole. */
const mostParts = 20

/** "Call Bo and delete the deal" is two things; "call Bo and send the quote" is one. */
export function mayGoOn(title: string): boolean {
  const parts = cuts(title, another)
  if (parts.length > mostParts) return true
  return parts.some(({ right }) => germanNext.test(right) || (isInstruction(withoutCourtesies(right)) && !harmlessNext.test(right)))
}

/** What a time behind it belongs to: "tickets for Thursday", "before the end of the month". */
const dangling =
  /\b(?:for|before|after|of|from|since|between|and|or|with|to|in|during|every|each|the|last|this|next|about|than|vor|nach|von|für|ab|seit|zwischen|und|oder|mit|im|vom|zum|zur|der|die|das|den|dem|jede[nrms]?|diese[nrms]?|alle)$/iu

function partsOf(said: string, given: Omit<Task, 'what'>, words: TaskWords, wording: Wording): Task {
  const task: Task = { what: said, ...given }
  // "Call Olamide, Friday at 9, high": what stands between commas at the end tells of the task.
  for (let cut = task.what.lastIndexOf(', '); cut > 0; cut = task.what.lastIndexOf(', ')) {
    if (!tells(clean(task.what.slice(cut + 2)), task, words, wording)) break
    task.what = clean(task.what.slice(0, cut))
  }
  const prior = /^(.+?),? (?:with |mit )?(\S+ (?:priority|prio|Priorität)|(?:priority|prio|Priorität) \S+)$/iu.exec(task.what)
  if (prior !== null && tells(prior[2] ?? '', task, words, wording)) task.what = prior[1] ?? ''
  const { when, leading } = wording.times
  if (task.due === undefined) {
    const first = new RegExp(`^(${leading})(?:,|:)?\\s+(?:to |that (?:i|we) )?(.+)$`, 'iu').exec(task.what)
    const due = first === null ? undefined : dueOf(first[1] ?? '', wording)
    if (due !== undefined && !/^for\b/i.test(first?.[2] ?? '')) Object.assign(task, { due, what: first?.[2] ?? '' })
  }
  if (task.due === undefined) {
    const last = new RegExp(`^(.+?),?\\s+(${when})$`, 'iu').exec(task.what)
    const due = last === null || dangling.test(last[1] ?? '') ? undefined : dueOf(last[2] ?? '', wording)
    if (due !== undefined) Object.assign(task, { due, what: last?.[1] ?? '' })
  }
  if (task.due === undefined) {
    const { text, due } = withoutMiddle(task.what, words, wording) ?? {}
    if (due !== undefined && text !== undefined) Object.assign(task, { due, what: text })
  }
  return task
}

/** A time between the words of what is to be done. */
function withoutMiddle(what: string, words: TaskWords, wording: Wording): { text: string; due: string } | undefined {
  for (const { left, right } of cuts(what, /\s+/)) {
    const match = new RegExp(`^(${wording.times.when}) (.+)$`, 'iu').exec(right)
    const due = match === null || dangling.test(left) || !words.behind.test(match[2] ?? '') ? undefined : dueOf(match[1] ?? '', wording)
    if (due !== undefined) return { text: `${left} ${match?.[2]}`, due }
  }
  return undefined
}

/** Takes what a part tells of the task; false where it is part of what is to be done. */
function tells(part: string, task: Task, words: TaskWords, wording: Wording): boolean {
  const priority = task.priority === undefined ? words.priority(part) : undefined
  if (priority !== undefined) {
    task.priority = priority
    return true
  }
  const owner = task.owner === undefined ? words.owner.exec(part)?.[1] : undefined
  if (owner !== undefined) {
    task.owner = owner
    return true
  }
  const due = task.due === undefined && new RegExp(`^(?:${wording.times.when}|${wording.times.leading})$`, 'iu').test(part) ? dueOf(part, wording) : undefined
  if (due !== undefined) task.due = due
  return due !== undefined
}

/** When it is due, as it is read. */
export function dueOf(said: string, { times, now }: Wording): string | undefined {
  return inFigures(times.moment(said), now)
}
