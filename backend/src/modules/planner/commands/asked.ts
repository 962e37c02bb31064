import { clean } from './message.ts'

const questions: readonly [RegExp, string][] = [
  [/^(?:the )?(?:number|count|amount) of (.+?) (?:is|was) (?:below|under|less than|lower than|smaller than|fewer than) (\S+)$/i, 'there are fewer than $2 $1'],
  [
    /^(?:the )?(?:number|count|amount) of (.+?) (?:is|was) (?:above|over|more than|higher than|greater than|larger than|bigger than|exceeds) (\S+)$/i,
    'there are more than $2 $1',
  ],
  [/^(?:the )?(?:number|count|amount) of (.+?) (?:exceeds) (\S+)$/i, 'there are more than $2 $1'],
  [/^[Ii]s (\p{Lu}\S* \p{Lu}\S*) (.+)$/u, '$1 is $2'],
  [/^(?:has|have|was|were) (.+?) (been (?:last )?contacted .*|(?:last )?contacted .*)$/i, '$1 has $2'],
  [
    /^(\S+(?: \S+)?) and (?:i|me) ((?:already |both )*(?:have|don't have|do not have|haven't|have not|'ve)\b.*?\b(?:meetings?|calls?|events?|appointments?|anything|something|nothing)(?: (?:planned|scheduled|booked))?)(?=$| )(.*)$/i,
    'I $2 with $1$3',
  ],
  [/^(i|we)(?:'ve| have) had no (emails?|mails?|messages?|word)\b(.*)$/i, "$1 haven't had any $2$3"],
  [/^(?!i\b|we\b)(\S+(?: \S+)?) (?:emailed|mailed|messaged|wrote(?: to)?) (me|us)\b(.*)$/i, '$1 has emailed $2$3'],
  [/^any (\S+ (?:\S+ )?(?:tasks|meetings|emails|leads|customers)\b.*)$/i, 'there are any $1'],
  [
    /^(?:have|has) (i|we|\S+(?: \S+)?) ((?:already |ever |recently |actually )*(?:met|seen|spoken|talked|caught|had|sent|received|heard|got|gotten|written|emailed|scheduled|booked|planned|any|a)\b.*)$/i,
    '$1 have $2',
  ],
  [/^do (i|we) (have .*)$/i, '$1 $2'],
  [
    /^did (i|we|\S+(?: \S+)?) ((?:already |ever )*(?:finish|complete|schedule|book|plan|meet|speak|send|email|write|get|receive|hear|have|mail|message|contact)\b.*)$/i,
    '$1 did $2',
  ],
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
