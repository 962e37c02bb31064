import { cuts } from './message.ts'
import { dayPatterns } from './moments.ts'
import { placeTail } from './nouns.ts'
import { isInstruction, withoutCourtesies } from './polite.ts'

type Rewriting = readonly [RegExp, string]

const them = '(?:them|it|him|her|those|these)'

/** Instructions in other words, as those that are read; each says all that the other said. */
const rewritings: readonly Rewriting[] = [
  [
    /^(?:i|we)(?:'d like| would like| want| need) (\S+(?: \S+)?) to (?:get|see|have|read|receive) ((?:the|that|my|\S+'s) (?:.* )?(?:e?mails?|messages?)\b.*)$/i,
    'forward $2 to $1',
  ],
  [
    /^(?:for|of) ((?:all|any|every|each|customers|leads|tasks)\b.+?), (?:please )?(set|change|update|make|move) (?:the |their )?((?:follow[- ]?up|product|due)? ?\S+) to (.+)$/i,
    '$2 the $3 of $1 to $4',
  ],
  [
    /^(?:see to it|see(?= that)|make sure|ensure)(?: that)? (.+?)(?: (?:is|are|gets?|be)|'re|'s) (re-?assigned|assigned|moved|given|handed over|transferred|set|deleted|removed|cancelled|sent|put|marked|changed|updated|renamed|completed|closed|forwarded|switched|passed on)(?= |$)(.*)$/i,
    '$1 should be $2$3',
  ],
  [
    /^(?:i|we|\S+)(?:'d like| would like| wants?| needs?) (.+?) gone(?: (?:from|off) (?:our|the|my) (?:\S+ )?(?:list|crm|system|database|books|records))?$/i,
    'delete $1',
  ],
  // What is to be done is said last.
  [/^([^:⟦]+): (?:please )?(delete|remove|erase|cancel|complete)(?: (?:them|it|these|those))?(?: all)?$/i, '$2 $1'],
  [
    /^((?:(?:all|every|each|any|both)\b|\p{Lu}).+?) (?:should )?(?:becomes?|turns? into) (?:an? )?(lost|won|qualified|leads?|proposals?|completed|done)(?: now)?$/iu,
    'move $1 to $2',
  ],
  [
    /^(?:the )?(phone(?: number)?|mobile|email(?: address)?|job title|product interest|follow[- ]?up(?: date)?|status) (?:of|for) (.+?) is (?:wrong|incorrect|outdated|out of date|not right),? (?:and )?(?:it|the (?:right|correct|new) one) (?:should be|is|must be) (.+)$/i,
    'set the $1 of $2 to $3',
  ],
  [
    /^(.+?)'s (phone(?: number)?|mobile|email(?: address)?|job title|product interest|follow[- ]?up(?: date)?|status) is (?:wrong|incorrect|outdated|out of date|not right),? (?:and )?(?:it|the (?:right|correct|new) one) (?:should be|is|must be) (.+)$/i,
    'set the $2 of $1 to $3',
  ],
  [/^(\S+(?: \S+)?) to (?:take over|take|handle|own|look after|get) (.+)$/i, 'reassign $2 to $1'],
  [/^(?:assign|give|hand) ((?:an?|our|the) (?:brand )?new (?:lead|customer|client|contact|prospect)\b.+?) to (\S+(?: \S+)?)$/i, 'add $1 and assign them to $2'],
  [/^(?:assign|give|hand) (\S+) (an? (?:brand )?new .+)$/i, 'add $2 and assign them to $1'],
  [/^(?:get|bring|put) (.+?) (?:into|in) (?:the|our) (?:crm|system|database) (as .+)$/i, 'add $1 $2'],
  [/^(.+?) (?:should|must|needs to|has to) (?:get|receive|be sent) (an? e?mail .+)$/i, 'send $1 $2'],
  [/^(?:edit|change|update) (.+?) so (?:that )?(?:it is|it's|it becomes|its name is|the name is)(?: called| named| titled)? (.+)$/i, 'rename $1 to $2'],
  [/^(.+?) (?:needs|should have|should get) a new (?:name|title)[:,]? (.+)$/i, 'rename $1 to $2'],
  [
    /^(?:get|take|pull|clear|wipe|strike|throw|kick) (.+?) (?:out of|off|from) (?:the|our|my) (?:(?:crm|customer|client|contact|sales) )?(?:crm|system|database|calendar|diary|schedule|agenda|inbox|list|records|books|files?|base)$/i,
    'delete $1',
  ],
  [/^(?:set|put|sign|write|note) (.+?) (?:up|down) (as (?:an? |our |one of )?.+)$/i, 'add $1 $2'],
  [
    /^(?:re-?schedule|move|push|postpone|shift|delay|put) ((?:my|our|the) .+?)(?: back)? to ((?:an? |one |two |three |half |\d)\S*(?: \S+){0,4} (?:later|earlier|sooner))$/i,
    'make $1 start $2',
  ],
  [/^(?:i|we)(?:'d like| would like| want| need) (.+?) to be (?:called|named|titled|renamed)(?: to)? (.+)$/i, 'rename $1 to $2'],
  [/^(.+?) (?:becomes?|(?:should|will) become) (\S+)'s(?: (?:customers?|clients?|leads?|responsibility))?(?: now)?$/i, 'reassign $1 to $2'],
  [
    /^(.+?) (?:should|must|needs to|has to|is to)(?: also)? (?:be at|attend|join|be in|come to|come along to|be invited to|sit in on|take part in|be part of) (.+)$/i,
    'invite $1 to $2',
  ],
  [
    /^(?:note|add|record|save|enter|register|put down|write down|use) (?:an?|the|this|their|his|her) (?:new |different |other |correct )?(phone(?: number)?|mobile|email(?: address)?|job title|product interest|follow[- ]?up(?: date)?) (?:for|of) ([^:]+): (.+)$/i,
    'set the $1 of $2 to $3',
  ],
  [/^(.+?) (?:can|may|should|must|has to|have to|needs? to) (?:now )?(?:return|come back|go back|be returned) (?:in)?to (.+)$/i, 'move $1 to $2'],
  [/^(.+?) (?:can|may|should|must|has to|have to) wait (?:until|till) (.+)$/i, 'set the due date of $1 to $2'],
  [/^(?:the )?(?:name|title) of (.+?) (?:should|must|has to|needs to|is to) be (?:changed to )?(.+)$/i, 'rename $1 to $2'],
  [/^(.+?) (?:can|may|should|must) (?:now )?(?:move|go) (?:on )?(?:to|into) ((?:in )?\S+|the backlog)(?: now)?$/i, 'move $1 to $2'],
  [/^put (.+?) off ((?:by|until|till|to|for) .+)$/i, 'postpone $1 $2'],
  [
    /^(.+?)'s (follow[- ]?up(?: date)?|phone(?: number)?|mobile|email(?: address)?|job title|product interest) (?:should|must|has to|needs to|is to) (?:now )?be(?: (?:on|changed to|set to))? (.+)$/i,
    'set the $2 of $1 to $3',
  ],
  [
    /^(?:note|record|save|enter|log|register)(?: down)? (.+?)'s (?:new |correct |right )?(follow[- ]?up(?: date)?|phone(?: number)?|number|mobile|email(?: address)?|job title|product interest):? ([+\d(]\S*(?: [\d()./-]+)*|\S+@\S+)$/i,
    'set the $2 of $1 to $3',
  ],
  [/^(?:[Nn]ame|[Cc]all|[Tt]itle) ((?:my|the|our) .+? (?:meeting|event|call|appointment|session)) (?=\p{Lu}|⟦)(.+)$/u, 'rename $1 to $2'],
  [/^(?:let|have) (\S+(?: \S+)?) (?:have|see|get|read|receive|know about) ((?:the|that|my|\S+'s) (?:.* )?(?:e?mails?|messages?)\b.*)$/i, 'forward $2 to $1'],
  [/^(.+?) (?:are|is) ready (?:to be|for being) (\S+ed) (.+)$/i, '$1 should be $2 $3'],
  [/^(.+?) (?:are|is) ready (?:to (?:go|move)|to be) (?:in)?to (.+)$/i, 'move $1 to $2'],
  [/^(.+?) (?:should|must|needs? to|has to|have to|(?:are|is) to) (?:now )?be due(?: on| by)? (.+)$/i, 'set the due date of $1 to $2'],
  [/^(?:get|bring) ((?:the|that|my|\S+'s) (?:.* )?(?:e?mails?|messages?)\b.*?)(?: over| across| along)? to (\S+(?: \S+)?)$/i, 'forward $1 to $2'],
  [/^acknowledge (.+) with (⟦\d+⟧)$/i, 'reply to $1 with $2'],
  [
    /^(.+? (?:e?mail|message)\b.*?) (?:needs|should get|deserves|requires) an? (?:reply|answer|response) (?:saying|with|that says|of) (⟦\d+⟧)$/i,
    'reply to $1 with $2',
  ],
  [/^(.+?) (?:should|must|needs? to|has to|have to) (?:now )?be (?:with|under) (\S+(?: \S+)?)$/i, 'reassign $1 to $2'],
  [/^(?:i|we)(?:'d like| would like| want| need) (.+?) to be (set|put|moved|marked|changed|switched) (to|as|into|in) (.+)$/i, '$1 should be $2 $3 $4'],
  [/^put (.+?) back (by .+)$/i, 'postpone $1 $2'],
  [/^(.+?\be?mail\b.*?) (?:should|must|needs to|has to) be (?:answered|replied to) with (⟦\d+⟧)$/i, 'reply to $1 with $2'],
  // Whoever is not to be here is deleted.
  [
    /^(?:i|we) (?:don't|do not|no longer) (?:want|need|wish) (?:to (?:see|have|keep) )?(.+?) (?:in|on) (?:the|our) (?:(?:crm|customer|client|contact|sales) )?(?:crm|system|database|records|books|base|pipeline)(?: any ?(?:more|longer))?$/i,
    'delete $1',
  ],
  [
    /^(.+?) (?:should|must|needs? to|has to|have to) (?:no longer|not) be (?:in|on) (?:the|our) (?:(?:crm|customer|client|contact|sales) )?(?:crm|system|database|records|books|base|pipeline)(?: any ?(?:more|longer))?$/i,
    'delete $1',
  ],
  [
    /^(.+?) (?:should|must|needs? to|has to|have to|can|may) (?:go|disappear|vanish|be gone) from (?:the|our) (?:(?:crm|customer|client|contact|sales) )?(?:crm|system|database|records|books|base|pipeline)$/i,
    'delete $1',
  ],
  [
    /^(?:i|we)(?:'d like| would like| want| need) (\p{Lu}\S* \p{Lu}\S*?)(?: to be)?(?: put| added| entered)? (?:in|into|to) (?:the|our) (?:(?:crm|customer|client|contact|sales) )?(?:crm|system|database|records|books|base|pipeline),? (as .+)$/u,
    'add $1 $2',
  ],
  [/^make (.+?) (\S+?)(?:'s|(?<=s)') (?:customer|client|lead|contact|account|responsibility)$/i, 'reassign $1 to $2'],
  [/^make (.+?) one of (\S+?)(?:'s|(?<=s)') (?:customers|clients|leads|contacts|accounts)$/i, 'reassign $1 to $2'],
  [/^(?:i|we)(?:'d like| would like| want| need) (.+?) to be (?:with|under) (\S+(?: \S+)?)$/i, 'reassign $1 to $2'],
  [/^(mark|set|flag) (.+?)(?<! as| to) (lost|won|qualified|completed?|done)$/i, '$1 $2 as $3'],
  [
    /^(move|set|change|mark|put|switch) (?:to|as|into) (\S+(?: \S+)?):? ((?:all|every|each|any|both|the|everyone|everybody|anyone|everything)\b.*)$/i,
    '$1 $3 to $2',
  ],
  // Who is meant is said behind where they go.
  [
    /^(set|move|mark|change|put|switch|update|flag|reassign|assign|transfer|give|hand) (?:everyone|everybody|anyone|anybody|all|those|them all) (to|as|into|over to) (\S+(?: \S+)??) ((?:who|whose|that|which|with|interested in) .+)$/i,
    '$1 all customers $4 $2 $3',
  ],
  [
    /^(set|move|mark|change|put|switch|update|flag|reassign|assign|transfer|give|hand) ((?:all|every|each|any)(?: of)?(?: (?:the|our|my|\S+'s))? (?:\S+ )?(?:customers?|clients?|leads?|prospects?|proposals?|tasks?)) (to|as|into|over to) (\S+(?: \S+)??) ((?:who|whose|that|which|with|interested in) .+)$/i,
    '$1 $2 $5 $3 $4',
  ],
  [/^(re-?assign|assign|give|transfer|hand|hand over|pass) to (\S+) ((?:the|all|every|each|any|both|\S+'s) .+)$/i, 'reassign $3 to $2'],
  [/^(?:start|begin|hold|do|have) ((?:my|our|the) .+?) ((?:an? |one |two |three |half |\d)\S*(?: \S+){0,4} (?:later|earlier|sooner))$/i, 'make $1 start $2'],
  [
    /^(?:check|see|find out|look up|determine) which ((?:\S+ )?(?:customers|clients|leads|prospects|tasks|deals)) (.+) and (?:then )?(.+)$/i,
    'find all $1 that $2 and $3',
  ],
  // Whose it was is said behind.
  [
    /^(?:re-?assign|assign|give|hand|transfer|move|switch) (.+?) (?:over )?to (.+?) (?:instead of|rather than|in place of|and not)(?: to)? (\S+)$/i,
    'switch $1 from $3 to $2',
  ],
  [
    /^(?:i|we)(?:'d like| would like| want| need) (.+?) to be (?:handled|managed|looked after|owned|taken care of|covered|taken over) by (.+)$/i,
    'reassign $1 to $2',
  ],
  [
    /^(?:i|we)(?:'d like| would like| want| need) (\S+(?: \S+)?) to (?:handle|manage|look after|own|take care of|take over|have|get|cover|take) (.+)$/i,
    'reassign $2 to $1',
  ],
  [/^put (.+?) (?:under|with) (.+)$/i, 'reassign $1 to $2'],
  [/^swap the owner of (.+?) (?:to|with|for) (.+)$/i, 'change the owner of $1 to $2'],
  [/^(?:upgrade|downgrade|demote|convert|turn|switch over) (.+?) (to|into) (.+)$/i, 'move $1 to $3'],
  [/^(?:re-?open|revive|reinstate) (.+?) as (?:an? )?(.+)$/i, 'move $1 to $2'],
  [/^(?:re-?open) (.+?) and (?:put|move|set) them (?:back )?(?:(?:to|into) )?(.+)$/i, 'move $1 to $2'],
  [
    /^(?:make|turn) (.+?) (?:into )?(?:an? )?(lost|won|qualified|leads?|proposals?|completed|done)(?: (?:customer|client|lead)s?)?(?: (?:again|now))?$/i,
    'move $1 to $2',
  ],
  [
    /^(.+?) (?:should|must|needs? to|has to|have to) (?:now )?be (?:in |at |on )(?:the )?(.+? (?:stage|status|list|column))(?: (?:now|again))?$/i,
    'move $1 to $2',
  ],
  [/^(.+?) (?:should|must) (?:now )?be (?:an? )?(lost|won|qualified|leads?|completed|done)(?: (?:now|again))?$/i, 'move $1 to $2'],
  [/^(\S+(?: \S+)?) (?:can|could|will) (?:take over|take|have|get|handle|do) ((?:all|every|any|both|everything)\b.+)$/i, 'reassign $2 to $1'],
  [/^(\S+(?: \S+)?) takes (?:over )?((?:all|every)\b.+)$/i, 'reassign $2 to $1'],
  [/^(?:book|reserve) (\S+) for (.+)$/i, 'book a meeting with $1 for $2'],
  [/^give (.+?) the (?:new )?(?:name|title) (.+)$/i, 'rename $1 to $2'],
  [
    /^(?:make|have|let) (.+?) (?:start|begin|take place)(?: (?:at|on))? ((?:\d|noon|tomorrow|today|next |\p{L}+day\b|\p{L}{3,9} \d).*)$/iu,
    'reschedule $1 to $2',
  ],
  [/^(?:can|could|may|should) (.+?) (start|begin|be|take place) (.+? (?:later|earlier|sooner))$/i, 'make $1 $2 $3'],
  [/^(?:remind (?:me|us) to )?follow up with (.+?) (?:by|on) (.+)$/i, 'set the follow up date of $1 to $2'],
  [
    /^(?:send|drop|write|give|shoot) (\S+) an? (?:quick |short )?(?:reply|answer|response) to (?:his|her|their|\1's|.+?'s) ((?:last|latest|most recent|newest) e?mail):? (?:(?:saying|with|that says):? )?(⟦\d+⟧)$/i,
    "reply to $1's $2 with $3",
  ],
  [/^let (\S+) know (⟦\d+⟧) in (?:reply|response|answer) to (?:his|her|their|.+?'s) ((?:last|latest|most recent) e?mail)$/i, "reply to $1's $3 with $2"],
  [/^remind (.+?) (?:by|via|with an?) e?mail(?:[,:])? (.+)$/i, 'email $1 $2'],
  [/^(?:move|transfer|switch) (.+) to (.+)$/i, 'link $1 to $2'],
  [/^(.+) (?:should|must|has to|needs to) be (?:called|named|renamed to|titled|retitled to) (.+?) (?:instead|from now on|now)$/i, 'rename $1 to $2'],
]

const separators = /\s+(?:over to|back to|to|into|as|by|from)\s+/gi

/** What is said behind where the records go, behind the records. */
function insertedInto(instruction: string, limit: string): string[] {
  const places = [...instruction.matchAll(separators)].map(({ index }) => `${instruction.slice(0, index)} ${limit}${instruction.slice(index)}`)
  return [...places, `${instruction} ${limit}`]
}

/** "Reassign … to Lena, except those who …", "… if they haven't …", "… unless they are …", with the condition beside its records. */
function withLimitInPlace(said: string): string[] {
  const excepted = cuts(said, /,?\s+(?:except(?: for)?|excluding|apart from|other than|but not|with the exception of)\s+/i).flatMap(({ left, right }) =>
    insertedInto(left, `except ${right}`),
  )
  const meant = cuts(said, /,?\s+(?:but )?(?:only )?(?:if|when|where) they(?=\s|'re|'ve)/i).flatMap(({ left, right }) =>
    insertedInto(left, `that ${right.replace(/^'re /, 'are ').replace(/^'ve /, 'have ')}`),
  )
  const only = cuts(said, /,?\s+but only (?:the ones|those|ones)\s+/i).flatMap(({ left, right }) => insertedInto(left, right))
  const spared = cuts(said, /,?\s+unless they(?: are|'re)\s+/i).flatMap(({ left, right }) => insertedInto(left, `that are not ${right}`))
  return [...excepted, ...only, ...meant, ...spared]
}

const { month, weekday } = dayPatterns
const startsWithDay = new RegExp(`^(?:(?:on|for) |(?:(?:next |this )?(?:${weekday})|(?:${month}) \\d{1,2}(?:st|nd|rd|th)?|tomorrow|today)[,:] )`, 'i')

/** "On December 4, move my first meeting …": when it is, beside what it is of. */
function withDayInPlace(said: string): string[] {
  if (!startsWithDay.test(said)) return []
  return cuts(said.replace(/^(?:on|for) /i, ''), /[,:]?\s+/).flatMap(({ left, right }) => {
    const instruction = withoutCourtesies(right)
    const wanted = /^(?:i|we)(?:'d like| would like| want| need) (an? .+)$/i.exec(right)?.[1]
    if (wanted !== undefined) return [`schedule ${wanted} on ${left}`]
    if (!isInstruction(instruction) || left.split(' ').length > 4) return []
    return [...instruction.matchAll(/\s+(?=(?:to|by|\S+ \S+ (?:later|earlier|sooner)$))/gi)]
      .map(({ index }) => `${instruction.slice(0, index)} on ${left}${instruction.slice(index)}`)
      .concat(`${instruction} on ${left}`)
  })
}

/** Words of an instruction that is tried in other words. */
const longest = 60

/** Other words for an instruction that was not understood as it was said, likeliest first. */
export function rephrased(said: string, before: string): string[] {
  if (said.split(' ').length > longest) return []
  const bareOfPlace = said.replace(placeTail, '')
  const plain = [...new Set([bareOfPlace, said])].flatMap((one) =>
    rewritings.flatMap(([pattern, words]) => (pattern.test(one) ? [one.replace(pattern, words)] : [])),
  )
  // "Mark as lost", "reassign to Raj": those who were spoken of.
  const bare = /^(re-?assign|assign|move|transfer|hand over|hand|pass|give|mark|set|flag|switch|change) (?=(?:to|as|into|back to|over to) )/i.exec(said)
  const withObject = bare !== null && before !== '' ? [`${bare[1]} them ${said.slice(bare[0].length)}`] : []
  const alone = /^(delete|remove|erase|cancel|re-?assign|forward|complete|close)$/i.exec(said.replace(placeTail, ''))
  if (alone !== null && before !== '') withObject.push(`${alone[1]} them`)
  // Where records are says nothing of them, wherever it is said.
  const placeless = said.replace(/ (?:in|from|to|into|out of) (?:the|our) (?:crm|system|database)(?= )/i, '')
  return [...plain, placeless, ...withObject, ...withLimitInPlace(said), ...withDayInPlace(said)].filter((one) => one !== said)
}

/** "If a customer hasn't …, move them to lost": all customers that haven't. */
export function asAll(said: string): string | undefined {
  const match = new RegExp(
    `^(?:if|when|in case|whenever) (?:an?|any|some)(?: of (?:the|our))? (customers?|clients?|leads?|prospects?|tasks?|deals?) ((?:has|have|is|are|was|were|hasn't|haven't|isn't|aren't|didn't|did|never)\\b.+?),? (?:then |please )?(\\p{L}+) ${them}\\b(.*)$`,
    'iu',
  ).exec(said)
  const due =
    /^(?:if|when|in case|whenever) (?:an?|any|some)(?: of (?:the|our))? (customers?|clients?|leads?|prospects?|tasks?|deals?) ((?:has|have|is|are|was|were|hasn't|haven't|isn't|aren't|didn't|did|never)\b.+?),? (?:then )?(?:they|it|he|she) ((?:should|must|has to|have to|needs? to) be (?:moved|set|marked|changed|deleted|removed|reassigned|given|transferred)\b.*)$/iu.exec(
      said,
    )
  if (match === null) return due === null ? undefined : `all ${(due[1] ?? '').replace(/s$/i, '')}s that ${due[2]} ${due[3]}`
  return `${match[3]} all ${(match[1] ?? '').replace(/s$/i, '')}s that ${match[2]}${match[4]}`
}
