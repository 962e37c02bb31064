import type { Step } from '#backend/modules/planner/commands/step.ts'
import { phraseBook } from '#backend/modules/planner/phrases/phrases.ts'
import { namesWith, type World } from '#backend/modules/planner/world/world.ts'
import type { MessagePart } from '#contracts/chat.ts'
import { optionInGerman } from './german-nouns.ts'
import { repliedInGerman } from './german-replies.ts'

const german = phraseBook('de')

/** What an instruction comes to, as it is told in German: its sentences, headings and choices, not the values of records. */
export function stepInGerman(step: Step, world: Pick<World, 'users' | 'customFields'>): Step {
  switch (step.kind) {
    case 'cannot':
      return { ...step, text: repliedInGerman(step.text) }
    case 'ask':
      return {
        ...step,
        question: repliedInGerman(step.question),
        options: step.options.map(({ label, message }) => ({ label: optionInGerman(label), message })),
      }
    case 'step':
      return { ...step, text: repliedInGerman(step.text), parts: partsOf(step, world) }
  }
}

function partsOf({ parts, plan }: Extract<Step, { kind: 'step' }>, world: Pick<World, 'users' | 'customFields'>): readonly MessagePart[] {
  if (plan === undefined) return parts
  const known = { names: namesWith(world, new Map()), customFields: world.customFields }
  return parts.map((part): MessagePart => {
    if (part.type === 'data-plan') return { ...part, data: { ...part.data, title: german.explanation(plan, part.data.title ?? '', known).slice(0, 300) } }
    if (part.type !== 'data-table') return part
    const { total, columns } = part.data
    const title = `${total} ${german.nouns.entity(plan.entity, total ?? 0)}`
    return { ...part, data: { ...part.data, title, columns: german.columns(plan, columns, known) } }
  })
}
