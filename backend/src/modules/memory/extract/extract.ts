import type { AnswerLanguage } from '#contracts/chat.ts'
import { fold } from '#contracts/fold.ts'
import type { Extracted } from '../memory.types.ts'
import { rules } from './rules.ts'
import { holdsSecret } from './secrets.ts'
import { bareSentence, isLasting, ownSentences } from './sentences.ts'

const saidOutright = 0.9
const askedFor = 1

/** What one sentence tells by one of the rules; undefined when it tells nothing that lasts, or a secret. */
export function extractFromSentence(sentence: string): (Extracted & { language: AnswerLanguage }) | undefined {
  if (/\?\s*$/.test(sentence) || holdsSecret(sentence)) return undefined
  const bare = bareSentence(sentence)
  for (const rule of rules) {
    if (rule.lasting === true && !isLasting(sentence)) continue
    const match = rule.pattern.exec(bare)
    const told = match === null ? undefined : rule.tells(match, sentence)
    if (told !== undefined) return { ...told, text: capitalised(bare), confidence: saidOutright, language: rule.language }
  }
  return undefined
}

/** What a message tells, sentence by sentence; each sentence that tells nothing is left out. */
export function extractMemories(message: string): Extracted[] {
  return ownSentences(message).flatMap((sentence) => {
    const found = extractFromSentence(sentence)
    if (found === undefined) return []
    const { language: _, ...memory } = found
    return [memory]
  })
}

/** What somebody asks to be remembered, in whatever form it is; undefined for a secret. */
export function extractStatement(statement: string): Extracted | undefined {
  if (holdsSecret(statement)) return undefined
  const known = extractFromSentence(statement)
  if (known !== undefined) {
    const { language: _, ...memory } = known
    return { ...memory, confidence: askedFor }
  }
  const bare = statement.replace(/[\s.!;]+$/u, '').trim()
  return { ...attributeOf(bare), kind: 'fact', text: capitalised(bare), confidence: askedFor }
}

/** "Acme's budget is 5000", "the budget of Acme is 5000": another amount contradicts it. Everything else stands by itself. */
function attributeOf(statement: string): Pick<Extracted, 'subject' | 'key' | 'value'> {
  const told = ownersFirst.exec(statement)?.groups ?? ownersLast.exec(statement)?.groups
  if (told === undefined) return { subject: 'me', key: `note: ${fold(statement)}`.slice(0, 400), value: statement }
  const { owner = '', attribute = '', verb = '', value = '' } = told
  const isState = /^(is|are|ist|sind)$/i.test(verb)
  return { subject: owner, key: `${fold(owner)}: ${fold(attribute)}${isState ? '' : ` ${fold(verb)}`}`, value }
}

const verbs = 'is|are|starts|begins|ends|ist|sind|beginnt|endet'
const ownersFirst = new RegExp(`^(?<owner>.{2,60}?)['’]s? (?<attribute>.{2,40}?) (?<verb>${verbs}) (?:in |on |at |im |am )?(?<value>.{1,200})$`, 'iu')
const ownersLast = new RegExp(
  `^(?:the|der|die|das) (?<attribute>.{2,40}?) (?:of|von) (?<owner>.{2,60}?) (?<verb>${verbs}) (?:in |on |at |im |am )?(?<value>.{1,200})$`,
  'iu',
)

/** With its first letter as sentences begin. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
