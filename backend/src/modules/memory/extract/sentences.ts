import type { Sentence } from '../memory.types.ts'

/** Longer ones are mostly pasted: mails, minutes, tables. */
const longestMessage = 600
const longestSentence = 300

/**
 * What the person says in their own words. Quoted lines, code and forwarded mails are words of others, and a long message may be one.
 */
export function ownSentences(message: string): string[] {
  if (message.length > longestMessage || /```|^\s*(from|to|subject|von|an|betreff)\s*:/im.test(message)) return []
  return message
    .split('\n')
    .filter((line) => !/^\s*(>|\|)/.test(line))
    .flatMap((line) => line.split(/(?<=[.!?;])\s+(?=[\p{Lu}\p{Ll}])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '' && sentence.length <= longestSentence)
}

const leadIns: readonly [RegExp, Sentence['language']][] = [
  [/^(?:by the way|btw|fyi|for your information|also|and|so|ok(?:ay)?|hi|hello|hey|just|please|from now on|in (?:the )?future|as a rule)\b[,:]?\s+/i, 'en'],
  [/^(?:übrigens|zur info|außerdem|und|also|ok(?:ay)?|hallo|bitte|ab jetzt|ab sofort|von jetzt an|künftig|in zukunft|generell)\b[,:]?\s+/iu, 'de'],
]

/** Without what only leads in to it and without its last point. */
export function bareSentence(sentence: string): string {
  let bare = sentence.replace(/[\s.!;]+$/u, '')
  for (let before = ''; before !== bare; ) {
    before = bare
    for (const [pattern] of leadIns) bare = bare.replace(pattern, '')
  }
  return bare.trim()
}

/** Whether it says that it holds for good. */
export function isLasting(sentence: string): boolean {
  return /\b(always|from now on|by default|in (?:the )?future|as a rule|every time|immer|ab jetzt|ab sofort|von jetzt an|künftig|in zukunft|generell|standardmäßig)\b/iu.test(
    sentence,
  )
}
