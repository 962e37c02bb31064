import { clean } from './message.ts'

const field = '(phone(?: number)?|email(?: address)?|mobile(?: number)?|job title|status|stage|product interest|follow[- ]?up(?: date)?)'
const from = '(?: (?:from now on|from today(?: on)?|now|in (?:the )?future|going forward|starting (?:today|now)))?'

type Statement = readonly [RegExp, (groups: readonly string[]) => string]
const statement = (pattern: string, instruction: (groups: readonly string[]) => string): Statement => [new RegExp(`^${pattern}$`, 'iu'), instruction]

/** What is said to be so now, as the instruction that makes it so here. */
const statements: readonly Statement[] = [
  statement(`(.+?) (?:is|are) no longer interested in .+? but (?:now )?(?:in )?(.+)`, ([who, what]) => `set the product interest of ${who} to ${what}`),
  statement(
    `(.+?) (?:is|are) now (?:only |more )?interested in (.+?)(?: instead(?: of .+)?| rather than .+)?`,
    ([who, what]) => `set the product interest of ${who} to ${what}`,
  ),
  statement(`(.+?) (?:wants|needs) (\\S+) (?:now|instead)(?: of .+| rather than .+)?`, ([who, what]) => `set the product interest of ${who} to ${what}`),
  statement(
    `(.+?) (?:has|have|got|has got) (?:a )?(?:new|different) ${field}[:,]?(?: (?:it's|it is|which is|namely|of))? (.+)`,
    ([who, what, value]) => `change ${who}'s ${what} to ${value}`,
  ),
  statement(
    `(.+?)'s (?:new )?${field} (?:is(?: now)?|has changed to|changed to|will be|has become) (.+)`,
    ([who, what, value]) => `change ${who}'s ${what} to ${value}`,
  ),
  statement(`(?:the )?new ${field} of (.+?) is (.+)`, ([what, who, value]) => `change ${who}'s ${what} to ${value}`),
  statement(`(.+?) (?:has )?changed (?:their|his|her) ${field} to (.+)`, ([who, what, value]) => `change ${who}'s ${what} to ${value}`),
  statement(
    `(.+?) (?:takes care of|will take care of|will do|does|looks after|will look after|will handle|handles|takes on|will take on|takes|will take|gets|will get|covers|will cover|will own|owns|is to have) (.+?)${from}`,
    ([who, what]) => `reassign ${what} to ${who}`,
  ),
  statement(`(.+?) (?:is|are) now (?:the )?(?:owner of|responsible for|in charge of) (.+?)${from}`, ([who, what]) => `reassign ${what} to ${who}`),
  statement(
    `(.+?) (?:is|are|has been|was) (?:now |finally )?(?:a )?(lost|won|qualified)(?: (?:customer|client|lead|now))?`,
    ([who, what]) => `move ${who} to ${what}`,
  ),
]

/** "Update the crm", "record that": what was stated is to hold here. */
const recording =
  /^(?:update|change|record|reflect|note|fix|correct|adjust|set|enter|save|register|amend|re-?assign|assign|transfer|move|hand over|edit)(?: (?:the|our|my) (?:crm|system|records?|database|calendar|owner|data)| (?:that|this|it|them|him|her|those|these)(?: (?:change|record|customer|lead|contact))?| (?:the|their|his|her) (?:records?|entry|entries|details|data|information|status|product interest|interest|phone(?: number)?|email(?: address)?|contact details))?(?: (?:in|on) (?:the|our) (?:crm|system|records?|database))?(?: accordingly)?$/i

/** The instruction that a statement is when it is to be recorded; undefined when it is none. */
export function recorded(said: string, sentence: string): string | undefined {
  return recording.test(clean(said)) ? instructionOf(sentence) : undefined
}

/** "Lena looks after Casey White from today" as an instruction. */
export function instructionOf(sentence: string): string | undefined {
  const bare = clean(sentence)
  for (const [pattern, instruction] of statements) {
    const match = pattern.exec(bare)
    if (match !== null) return instruction([...match].slice(1))
  }
  return undefined
}
