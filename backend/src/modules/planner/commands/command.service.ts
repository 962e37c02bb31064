import { DateTime } from 'luxon'
import type { Transaction } from '#backend/infra/database/database.ts'
import type { ToolCall } from '#backend/kernel/tool.ts'
import { clarify, decline } from '#backend/modules/planner/answer/declines.ts'
import { chooseOption } from '#backend/modules/planner/plan/dialogue/choose.ts'
import { examplesFor } from '#backend/modules/planner/plan/dialogue/examples.ts'
import { awaitChoice } from '#backend/modules/planner/plan/dialogue/memory.ts'
import type { PlannerContext, PlannerOutcome } from '#backend/modules/planner/planner.types.ts'
import { checkFact } from './facts.ts'
import { impossibleIn } from './impossible.ts'
import { type Lexis, loadLexis } from './lexis.ts'
import { readMessage, unquoted } from './message.ts'
import { type Reading, readAnyWay } from './read-any-way.ts'
import type { Command, Part } from './read-command.ts'
import { mostWrites } from './resolve.ts'
import type { Step } from './step.ts'
import { inPlainWords } from './verbs.ts'
import { repliedInGerman } from './wordings/german-replies.ts'
import { stepInGerman } from './wordings/german-steps.ts'
import { reworded } from './wordings/reword.ts'
import { withVerbMended } from './wordings/typing.ts'
import { asksToUndo, undoHint } from './wordings/undo.ts'

/** Beginnings of words that instructions are given with; without any of them, what was said is not read as one. */
const mayCommand =
  /\b(?:abandon|accept|add|adjust|allocat|amend|announc|answer|apolog|appl|archiv|arrang|ask|assign|attach|attend|away\b|axe|bankrupt|bcc\b|became|becom|begin|belong|better|bin|block|book|bring|broadcast|bump|busy|call|call off|can't|cancel|cannot|carry|carv|cc\b|chang|check|chuck|circulat|clean|clear|clos|combin|come off|complet|compos|confirm|congrat|connect|convert|correct|cover|creat|cut|dead\b|deal|decline|decreas|dedup|defer|del\b|delay|delegat|delet|deliver|demot|detach|detail|dial|discard|disappear|disconnect|dispatch|disqualif|distribut|ditch|downgrad|drag|drop|dump|e-mail|edit|elevat|email|empty|ensure|enter|eras|escalat|exchang|exclud|execut|extend|fallen through|finalis|finaliz|find|finish|fire|fix|flag|follow|for all|for every|forward|free|free up|freez|get|get rid|giv|go\b|goes\b|going|gone\b|grab|snag|greet|hand|have|hire|hold|holiday|include|increas|inform|inherit|insert|instead|invit|isn't|join|jot|keep|kick|kill|label|leav|left\b|lengthen|let|like to|line up|link|lock|log|look|loop|lose|losing|love|lost\b|lower|mail|mak|mark|meet|merg|message|mind |modif|mov|need|new (?:lead|customer|client|contact|prospect)\b (?:for|called|named)|new (?:[\w-]+ ){0,2}task (?:for|on|in|called|named|'|")|nix|no longer|note|notif|now|nudge|open|organi|ought|own\b|pass|pause|pencil|pick|ping|plan|pop|postpon|postpone|prefer|prolong|promot|prune|pull|purg|purge|push|put|qualify|quit|rais|re-?allocat|re-?assign|reach|read\b|ready|reassess|rebook|record|recover|reduc|refresh|register|reinstat|relabel|relay|remind|remov|renam|rename|renew|reopen|replac|reply|reschedul|rescind|reserve|reset|respon|respond|responsib|restart|restat|restor|resum|resurrect|retain|retime|retir|retitle|return|reverse|revert|reviv|rework|ring|roll|save|say|schedul|scrap|scratch|send|set|share|shift|shoot|shorten|should|shove|sick|sign|skip|slot|sort|split|squeez|start|stick|stop|strike|struck|expung|strip|success|swap|switch|tag|tak|take|take back|take over|taking|tel|tell|thank|throw|tick|tidy|toss|touch|transfer|trim|trash|turn|turn over|unassign|unblock|undo|unflag|uninvite|unlink|untag|updat|upgrad|vacation|vanish|wait|want|weed|welcome|win\b(?! rate)|wip|wipe|wish|withdraw|won\b|wrap|writ)/i

/** "Win rate and deals won by owner" orders nobody to win a rate. */
const namesRate = /^\W*(?:win|winning|close|closing)[ -](?:rate|ratio|percentage)/i

/** Asks for a number and for nothing besides. */
const countsOnly = /^how (?:many|much)\b(?!.*(?:\band\b|[,;]|\bthen\b))/i

/** "Should Raj handle Acme?" wants an opinion, and nothing to be done. */
const asksOpinion = /^\W*(?:should|shall|ought|soll|sollte|sollen|sollten)\b[^,;:.!?]*\?\s*$/i

/**
 * What an instruction would change, as calls that wait to be approved; nothing is changed here.
 * @returns undefined when the message is no instruction
 * @throws AppError when the database does not answer
 */
export async function answerCommand(tx: Transaction, said: string, context: PlannerContext): Promise<PlannerOutcome | undefined> {
  const pending = context.previous?.pending
  const message = (pending === undefined ? undefined : chooseOption(said, pending, context.language)) ?? said
  if (message.length > 2000 || namesRate.test(message) || asksOpinion.test(message)) return undefined
  const spoken = readMessage(message)
  if (spoken.sentences.length > 12) return undefined
  const language = context.language ?? 'en'
  const isPlain = spoken.sentences.some(({ text }) => mayCommand.test(inPlainWords(text)) && !countsOnly.test(text))
  if (asksToUndo(message)) return told('decline', undoHint[language])
  const other = reworded(message, DateTime.fromJSDate(context.now, { zone: context.timeZone }), language)
  if (!isPlain && other === undefined && withVerbMended(message) === undefined) return undefined
  const sources = other === undefined ? spoken.quotes : [...spoken.quotes, other.text, ...other.quotes]
  const reading = readAnyWay(message, isPlain ? spoken : undefined, other, await loadLexis(tx, message, sources, context))
  if (reading === undefined || mayMend(message, reading, context)) return undefined
  const { command, lexis, sentences } = reading
  if (command.kind === 'unread')
    return {
      ...decline(
        notUnderstood[language](reading.isReworded ? message : unquoted(command.words, lexis.quotes)),
        await examplesFor(tx, message, language, lexis.world),
        context.language,
      ),
      memory: context.previous ?? null,
      changes: [],
    }
  const impossible = sentences.flatMap(({ text }) => impossibleIn(text, lexis.now) ?? [])[0]
  if (impossible !== undefined)
    return told(
      'decline',
      language === 'de'
        ? `„${impossible}“ gibt es nicht, deshalb ändert sich nichts. Welcher Tag und welche Zeit sind gemeint?`
        : `There is no “${impossible}”, so nothing would change. Say which day and time you mean.`,
    )
  return carryOut(tx, command, lexis, context)
}

const notUnderstood = {
  en: (words: string) => `I did not understand all of “${words}”, so nothing would change. Say it in one sentence: what to change, which records, and to what.`,
  de: (words: string) =>
    `Nicht alles von „${words}“ habe ich verstanden, deshalb ändert sich nichts. Sagen Sie es in einem Satz: was sich ändern soll, bei welchen Datensätzen und wozu.`,
} as const

/** Behind an answer, what is half understood may mend it instead. */
function mayMend(message: string, { command, isReworded }: Reading, { previous }: PlannerContext): boolean {
  if (previous?.frame === undefined) return false
  // After an answer, "drop those without a phone" is about what is shown.
  if (/^(?:and |now |please )*(?:drop|exclude|leave out|skip) (?:those|the ones|everything|all)\b/i.test(message)) return true
  if (isReworded && command.kind === 'command') return false
  return (
    (command.kind === 'unread' || /^(?:remove|drop|take|add|exclude|make|switch|change)\b/i.test(message)) &&
    !/\b(?:crm|calendar|them|it|those|these)\b|⟦/i.test(message)
  )
}

async function carryOut(tx: Transaction, command: Extract<Command, { kind: 'command' }>, lexis: Lexis, context: PlannerContext): Promise<PlannerOutcome> {
  const steps: Extract<Step, { kind: 'step' }>[] = []
  const reasons: string[] = []
  const isGerman = context.language === 'de'
  const tell = (sentence: string) => (isGerman ? repliedInGerman(sentence) : sentence)
  const tellStep = (step: Step) => (isGerman ? stepInGerman(step, lexis.world) : step)
  for (const part of command.parts) {
    const chosen = await branchOf(tx, part, lexis)
    if ('kind' in chosen) return refused(tellStep(chosen), context)
    if (chosen.reason !== undefined) reasons.push(chosen.reason)
    for (const { action, before } of chosen.actions) {
      const step = tellStep(await action(tx, { ...lexis, before }))
      if (step.kind !== 'step') return refused(step, context)
      steps.push(step)
    }
  }
  const changes = united(steps.flatMap(({ calls }) => calls))
  if (changes.length > mostWrites)
    return told('decline', tell(`That would be ${changes.length} changes, and at most ${mostWrites} are proposed at a time. Narrow it down.`))
  // What becomes of changes is told by whoever proposes them.
  const ending = steps.length === 0 ? 'Nothing is to be done.' : ''
  const text = [...reasons.map(tell), ...steps.map((step) => `${step.text}.`), tell(ending)].filter((one) => one !== '').join(' ')
  const asOf = (await tx.asOf(context.now)) as string
  return {
    kind: 'answer',
    confidence: 0.95,
    text,
    parts: [{ type: 'text', text }, ...steps.flatMap(({ parts }) => parts)],
    citations: steps.flatMap(({ citations }) => citations).slice(0, 20),
    coverage: { matched: sum(steps.map(({ matched }) => matched)), shown: sum(steps.map(({ shown }) => shown)), asOf },
    memory: context.previous ?? null,
    plan: steps.find(({ plan }) => plan !== undefined)?.plan ?? null,
    changes,
  }
}

/** What several instructions want of one record is one change of it. */
function united(calls: readonly ToolCall[]): ToolCall[] {
  const found: ToolCall[] = []
  for (const call of calls) {
    const at =
      call.tool === 'records.update'
        ? found.findIndex(({ tool, input }) => tool === call.tool && input.entity === call.input.entity && input.id === call.input.id)
        : -1
    const before = found[at]
    // Nothing new is meant twice in one message.
    if (before === undefined && found.some((one) => JSON.stringify(one) === JSON.stringify(call))) continue
    if (before === undefined) found.push(call)
    else
      found[at] = {
        ...before,
        input: { ...before.input, values: { ...(before.input.values as Record<string, unknown>), ...(call.input.values as Record<string, unknown>) } },
      }
  }
  return found
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

async function branchOf(
  tx: Transaction,
  { fact, so, otherwise }: Part,
  lexis: Lexis,
): Promise<{ actions: Part['so']; reason?: string } | Exclude<Step, { kind: 'step' }>> {
  if (fact === undefined) return { actions: so }
  const checked = await checkFact(tx, fact, lexis)
  if (checked.kind === 'step') return { kind: 'cannot', text: checked.text }
  if (checked.kind !== 'checked') return checked
  const what = unquoted(fact.selection.said, lexis.quotes)
  if (fact.about !== undefined || fact.against !== undefined)
    return { actions: checked.holds ? so : otherwise, reason: `“${unquoted(fact.said, lexis.quotes)}” is ${checked.holds ? '' : 'not '}so.` }
  return {
    actions: checked.holds ? so : otherwise,
    reason: `There ${checked.count === 0 ? 'is none' : checked.count === 1 ? 'is 1' : `are ${checked.count}`} of “${what}”.`,
  }
}

function refused(step: Step, context: PlannerContext): PlannerOutcome {
  if (step.kind !== 'ask') return told('decline', step.text)
  const question = { question: step.question, options: [...step.options] }
  if (step.options.length === 0) return { ...told('decline', step.question), kind: 'clarify', confidence: 0.5, memory: context.previous ?? null }
  return { ...clarify(step.question, step.options, 0.5), changes: [], memory: awaitChoice(context.previous, question) }
}

function told(kind: PlannerOutcome['kind'], text: string): PlannerOutcome {
  return { kind, confidence: 0, text, parts: [{ type: 'text', text }], citations: [], coverage: null, memory: null, plan: null, changes: [] }
}
