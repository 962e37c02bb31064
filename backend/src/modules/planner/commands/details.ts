import { clean } from './message.ts'

type Detail = readonly [RegExp, (groups: readonly string[]) => string]
const detail = (pattern: string, words: (groups: readonly string[]) => string): Detail => [new RegExp(`^${pattern}$`, 'iu'), words]

const it = '(?:them|it|him|her|this|that|this one|that one|the (?:new )?(?:lead|customer|client|contact|task|record|account))'
const they = '(?:they|it|he|she|this|that|the (?:lead|customer|client|contact|task|meeting|event|call|appointment|e?mail))'
const be = "(?:is|are|should be|will be|must be|has to be|needs to be|is to be|to be|being|shall be|'s|'re)"
const its = '(?:the|its|their|his|her)'

/** What a sentence behind tells of what was to be made, as words that can stand behind it. */
const details: readonly Detail[] = [
  detail(`(?:${its} )?(?:owner|assignee|assigned to|account manager):? (?:${be} )?(\\S+(?: \\S+)?)`, ([who]) => `assigned to ${who}`),
  detail('(phone(?: number)?|email(?: address)?|mobile) (\\S+@\\S+|[+\\d(][\\d ()./-]{5,})', ([field, value]) => `with the ${field} ${value}`),
  detail(`(?:product )?interest(?:ed in)?: (.+)`, ([what]) => `interested in ${what}`),
  detail(`(status|stage|phone(?: number)?|email(?: address)?|follow[- ]?up(?: date| by)?|board|list): (.+)`, ([field, value]) => `with the ${field} ${value}`),
  detail(`(?:and )?(?:put|place|add) ${it} (?:in|into|on|onto|to) ((?:(?! and ).)+)`, ([where]) => `in ${where}`),
  detail(`(?:and )?(?:make|set) ${it} due(?: on| by| for)? (.+)`, ([when]) => `due ${when}`),
  detail(`(?:and )?(?:with )?(?:${its} )?(?:title|subject(?: line)?|name|headline):? (?:${be} )?(⟦\\d+⟧)`, ([what]) => `titled ${what}`),
  detail(
    `(?:and )?(?:with )?(?:${its} )?(?:body|text|message|content|e?mail):? (?:(?:${be}|should say|says|reads|should read) )?(⟦\\d+⟧)`,
    ([what]) => `saying ${what}`,
  ),
  detail(`(?:and )?(?:title|call|name) ${it} (⟦\\d+⟧|(?!with|after|by|as)\\S+(?: (?!and\\b)\\S+){0,5})`, ([what]) => `titled ${what}`),
  detail(`(?:and )?(?:${they} )?(?:should |must |is to )?(?:say|says|read|reads|tell (?:them|him|her)) (⟦\\d+⟧)`, ([what]) => `saying ${what}`),
  detail(
    `(.+?) (?:will|is going to|is to|should|shall|needs to|has to|must|would|is|'ll)(?: be)? (?:own(?:ing)?|look(?:ing)? after|handl(?:e|ing)|tak(?:e|ing) (?:care of|over|on)|manag(?:e|ing)|responsible for|in charge of|get(?:ting)?|tak(?:e|ing)|work(?:ing)? (?:on|with)) ${it}`,
    ([who]) => `assigned to ${who}`,
  ),
  detail(
    `(.+?) (?:should|will|is to|'ll|must|is going to|is|'s)(?: be)? the one (?:(?:who|that)(?:'s|'ll| will| is| should)?(?: going to)? )?(?:in charge|responsible|(?:own(?:ing)?|handl(?:e|es|ing)|look(?:s|ing)? after|tak(?:e|es|ing) care of|tak(?:e|es|ing)(?: on)?|manag(?:e|es|ing)|deal(?:s|ing)? with)(?: ${it}))(?: (?:of|for) ${it})?`,
    ([who]) => `assigned to ${who}`,
  ),
  detail(
    `(?:please )?(?:put|set|enter|add|sign|register|note|write|get) ${it}(?: down| up| in)? as an? (?:new )?(?:lead|prospect|customer|client|contact) (?:with|for|under|of) (\\S+(?: \\S+)?)`,
    ([who]) => `assigned to ${who}`,
  ),
  detail("(\\S+)'s(?: (?:customer|lead|client|contact|prospect))?", ([who]) => `assigned to ${who}`),
  detail(`(.+?) (?:owns|handles|looks after|takes care of|takes|gets|manages) ${it}`, ([who]) => `assigned to ${who}`),
  detail(`(.+?) ${be} (?:the|their|its|his|her) (?:owner|assignee|account manager)`, ([who]) => `assigned to ${who}`),
  detail(`${its} (?:owner|assignee|account manager) ${be} (.+)`, ([who]) => `assigned to ${who}`),
  detail(`${they} (?:should|must|will|needs? to|has to) (?:go|belong) to (.+)`, ([who]) => `assigned to ${who}`),
  detail(`(?:${they} )?(?:${be} )?(?:for|assigned to|given to) (\\S+(?: \\S+)?)`, ([who]) => `assigned to ${who}`),
  detail(`(?:please )?(?:re-?assign|assign|give|hand|allocate)(?: (?:${it}))?(?: over)? to (.+)`, ([who]) => `assigned to ${who}`),
  detail(`(?:${they} )?(?:${be} )?(?:interested in|looking for|after) (.+)`, ([what]) => `interested in ${what}`),
  detail(`${they} (?:wants?|needs?|asked for|would like|'d like) (.+)`, ([what]) => `interested in ${what}`),
  detail(`${its} (?:product )?interest ${be} (.+)`, ([what]) => `interested in ${what}`),
  detail(
    `${its} (status|stage|priority|phone(?: number)?|email(?: address)?|follow[- ]?up(?: date)?|board|list) ${be} (.+)`,
    ([field, value]) => `with the ${field} ${value}`,
  ),
  detail(`${they} (?:${be} )?(?:in|belongs? (?:in|on|to)|goes (?:in|on|to)|should go (?:in|on|to)) (.+)`, ([where]) => `in ${where}`),
  detail(`${they} (?:${be} )?due(?: on| by)? (.+)`, ([when]) => `due ${when}`),
  detail(`${its} (?:deadline|due date) ${be} (.+)`, ([when]) => `due ${when}`),
  detail(`(?:they're|they are|he's|he is|she's|she is|it's|it is) (an? (?:new )?(?:lead|prospect|customer|client|contact))`, ([what]) => `as ${what}`),
  detail(
    `${its} (?:title|subject)(?: line)? (?:${be} )?(?:the )?(?:event'?s? (?:name|title)|name of the event|meeting'?s? name)`,
    () => 'with the event name as the title',
  ),
  detail(`${they} (?:lasts|takes|should last|should take|will last|will take|goes on for) (.+)`, ([length]) => `for ${length}`),
]

/** The words of every clause of the sentence; undefined when one tells something else. */
export function detailsOf(sentence: string): string | undefined {
  const said = clean(sentence)
  for (const [pattern, words] of details) {
    const match = pattern.exec(said)
    if (
      match === null ||
      (/ and /i.test(match[1] ?? '') && /(?:^| )(?:is|are|they|it|he|she) /i.test(match[1] ?? '')) ||
      /\band (?:its|their|his|her|the|it|they|he|she)\b/i.test(said)
    )
      continue
    return words([...match].slice(1))
  }
  for (const match of said.matchAll(/,?\s+and\s+|\s*[,;]\s+/gi)) {
    const first = detailsOf(said.slice(0, match.index))
    const rest =
      first === undefined ? undefined : (detailsOf(said.slice(match.index + match[0].length)) ?? detailsOf(`it ${said.slice(match.index + match[0].length)}`))
    if (rest !== undefined) return `${first}, ${rest}`
  }
  return undefined
}
