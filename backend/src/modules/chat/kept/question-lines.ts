import type { KeptQuestion } from '#contracts/questions.ts'

const verdicts = { declined: 'decline', clarified: 'clarify' } as const

/** A kept question as lines of a question table: what was declined or asked back as it stands, what was answered wrongly behind `//` until it has gold. */
export function toQuestionLines({ id, text, askedBefore, outcome, plan, correction, at }: KeptQuestion): string[] {
  const ask = [...askedBefore, text]
  const said = correction === null ? '' : `; then asked: ${JSON.stringify(correction)}`
  const line = { id: `kept-${id}`, family: 'kept', voice: 'person', ask }
  if (outcome !== 'corrected') return [`// ${at} ${outcome}${said}\n`, `${JSON.stringify({ ...line, expect: verdicts[outcome] })}\n`]
  return [
    `// ${at} not right${said}; its plan was ${JSON.stringify(plan)}\n`,
    `// ${JSON.stringify({ ...line, expect: 'metric, labels, ids, groups or contains', sql: '' })}\n`,
  ]
}
