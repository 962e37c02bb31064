import { clean } from './message.ts'

const questions: readonly [RegExp, string][] = [
  [
    /^(?:have|has) (i|we|\S+(?: \S+)?) ((?:already |ever |recently |actually )*(?:met|seen|spoken|talked|caught|had|sent|received|heard|got|gotten|written|emailed|scheduled|booked|planned|any|a)\b.*)$/i,
    '$1 have $2',
  ],
  [/^do (i|we) (have .*)$/i, '$1 $2'],
  [/^did (i|we|\S+(?: \S+)?) ((?:already |ever )*(?:finish|complete|schedule|book|plan|meet|speak|send|email|write|get|receive|hear|have)\b.*)$/i, '$1 did $2'],
  [/^does (\S+(?: \S+)?) have (.*)$/i, '$1 has $2'],
  [/^(?:are|is) there (.*)$/i, 'there are $1'],
  [/^(?:are|is) ((?:any|some|none) of .+?) (\S+)$/i, '$1 are $2'],
  [/^there's (.*)$/i, 'there is $1'],
  [/^(?:my|the|our) (?:calendar|diary|schedule|inbox|mailbox) (?:has|shows|contains|holds) (.*)$/i, 'there is $1'],
  [/^(?:is|are) (.+?) (behind .*|late .*|up to date .*|on top of .*)$/i, '$1 is $2'],
]

/** A question as the statement it asks about: "have I met with …" is "I have met with …". */
export function asStatement(text: string): string {
  const said = clean(text)
  for (const [pattern, statement] of questions) if (pattern.test(said)) return said.replace(pattern, statement)
  return said
}
