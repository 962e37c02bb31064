import { dayPatterns, spanPattern } from './moments.ts'

type Verb = readonly [RegExp, string]

const mail = "(?=(?:the|that|my|this|all|both|every|\\S+'s) .*\\b(?:e?mails?|messages?|mail)\\b.* to )"

/** Ways to say what is to be done that no reader knows, as the verbs that are read; which records are meant stays as it is said. */
const verbs: readonly Verb[] = [
  [/^sign off (?:on )?(?=\S)/i, 'complete '],
  [/^sign (.+) off$/i, 'complete $1'],
  [/^(?:mark|tick|check|cross) (.+?) off(?: (?:as )?(?:done|complete|completed|finished))?$/i, 'complete $1'],
  [new RegExp(`^(?:shoot|fire|zip|fling|slip|flick|beam|hand|ship)(?: (?:off|over|across))? ${mail}`, 'i'), 'forward '],
  [/^(?:throw|chuck|toss|fling|clear) (?:away|out) (?=\S)/i, 'delete '],
  [/^(?:throw|chuck|toss|fling|cross|strike) (.+) (?:away|out)$/i, 'delete $1'],
  [/^(?:do away with|let go of|take out|strike (?:off|out)|cross (?:off|out)|weed out|axe|ditch|chuck|nuke|zap) (?=\S)/i, 'delete '],
  [/^(?:pop|stick|whack) in (?=\S)/i, 'put in '],
  [/^(?:trim|cut|bring|reduce|slim) (.+?) down to /i, 'shorten $1 to '],
  [/^trim (.+?) (to|by) /i, 'shorten $1 $2 '],
  [/^(?:free|relieve|spare|save) me (?:from|of) /i, 'cancel '],
  [/^(?:loop|bring|copy|cc) (\S+(?: and \S+)?) in(?:to)? on (.+?)(?: by forwarding (?:it|them))?$/i, 'forward $2 to $1'],
  [/^(?:have|get|ask|let|make) (\S+(?: and \S+)?) (?:to )?(?:join|attend|come to|sit in on) (?=\S)(.+)$/i, 'invite $1 to $2'],
  [
    /^(?:get|bring|pop|put|slot|stick|enter|set|sign) (\p{Lu}.+?) (?:set up|up|in|into|down)(?: in)?(?: (?:the|our) (?:crm|system|database|books|list))? (as (?:an? |our |one of ).+)$/u,
    'add $1 $2',
  ],
  [/^pop (?=\p{Lu})/u, 'add '],
  [/^cut loose (?=\S)/i, 'delete '],
  [/^put (.+?) down as (?:the |a )?(?:new )?follow[- ]?up(?: date)? for (.+)$/i, 'set the follow up date of $2 to $1'],
  [
    /^(?!(?:i|we|you|they|he|she|it|someone|somebody)\b)(\S+) (?:should|can|must|may|has to|needs to) (?:take over|(?:take|get|have|look after|handle|own) (?:them|him|her|it)(?: over| on)?)$/i,
    're-assign them to $1',
  ],
  [new RegExp(`^(?:set|put|push|move) (.+?) back (?:by )?(${spanPattern})$`, 'i'), 'delay $1 by $2'],
  [/^(?:pencil|slot|squeeze|fit) in (?=(?:an?|one|two|half|\d+|\d+-)[- ]?\S* .*\bwith )/i, 'schedule '],
  [
    new RegExp(
      `^((?:my|our|the) .+?) (?:needs?|requires?|could do with|could use|should (?:get|have)) (?:an? )?(?:extra|additional|another) ((?:half hour|hour|${spanPattern}))$`,
      'i',
    ),
    'extend $1 by $2',
  ],
  [
    /^thank (\S+) for (?:his|her|their) ((?:last|latest|newest|most recent) (?:e?mail|message)) (?:by (?:replying|answering|responding)|with|saying)(?: with)? (⟦\d+⟧)$/i,
    "reply to $1's $2 with $3",
  ],
  [
    /^whoever (?:mailed|emailed|wrote(?: to)?|messaged) (?:me|us) (?:about|on|regarding) (⟦\d+⟧)((?: (?:on|from) [^⟦]+?)?) (?:should|must|has to|needs to) (?:get|receive|be sent) (?:the|an?|this|my) (?:reply|answer|response)(?: saying)?:? (⟦\d+⟧)$/i,
    'reply to the email about $1$2 with $3',
  ],
  [/^(?:put|write|note|jot|sign|set|log) (?:down|up) (?=\p{Lu})/u, 'add '],
  [/^(let|have) (\S+) take (.+?) (?:over|on)$/i, '$1 $2 take over $3'],
  [/^give (.+?) an? follow[- ]?up(?: date)? (?:of|on|for|by) /i, 'set the follow up date of $1 to '],
  [
    /^(?:whoever|the (?:person|one|colleague) who) (?:owns|has|looks after|handles|manages) (.+?) (?:should|must|has to|needs to|can) (?:hand|give|pass|transfer|re-?assign) (?:them|him|her|it)(?: over| on)? to /i,
    'reassign $1 to ',
  ],
  [/^call ((?:it|them|that|this|my|the|our|all)\b.*?) off$/i, 'cancel $1'],
  [/^(?:can|could|may|should|shall) ((?:my|our|the) .+?) (?:start|begin|be held|take place|happen|be moved|go) (?:at|on|to) ([^⟦]+)$/i, 'reschedule $1 to $2'],
  [/^swap ((?:my|our|the) .*\b(?:meeting|call|event|appointment|session)\b.*?) to (?=\S)/i, 'reschedule $1 to '],
  [new RegExp(`^(?:grab|snag|hold|get|find|reserve|block) (?:me )?(?=(?:${spanPattern}) with )`, 'i'), 'schedule '],
  [/^(?:put|add|get|pencil) (?:something|an? (?:slot|entry|item)) (?:in|into|on|to) (?:my|the|our) (?:calendar|diary|schedule)(?= )/i, 'schedule a meeting'],
  [/^(?:get|shoot|fire|drop|ping) an? (e?mail|message) (?:(?:out|off|over) )?to /i, 'send an $1 to '],
  [/^send (?:it|that) (?:his|her|their|\S+'s) way$/i, 'forward it to them'],
  [/^say (⟦\d+⟧) to (\S+(?: \S+)?) in (?:reply|answer|response) to /i, 'tell $2 $1 in reply to '],
  [
    new RegExp(`^(?:can|could|may|should|have|let|make) ((?:my|our|the) .+?) (?:start|begin|be|take place|happen) (${spanPattern}) later$`, 'i'),
    'delay $1 by $2',
  ],
  [
    new RegExp(`^(?:can|could|may|should|have|let|make) ((?:my|our|the) .+?) (?:start|begin|be|take place|happen) (${spanPattern}) (?:earlier|sooner)$`, 'i'),
    'bring forward $1 by $2',
  ],
  [
    new RegExp(`^(?:get back to|follow up with|call|chase) ((?:(?!e?mail).)+?) (${spanPattern}) (later|earlier)$`, 'i'),
    'shift the follow up date of $1 by $2 $3',
  ],
  [/^get back to ((?:(?!e?mail|message).)+?) (on|by) ([^⟦]+)$/i, 'follow up with $1 $2 $3'],
  [/^(?:make|create) (an? (?:new )?(?:lead|customer|client|contact|prospect)) (?:out )?of (them|him|her)\b/i, 'add $2 as $1'],
  [/^get (\S+) and me together (?=\S)/i, 'schedule a meeting with $1 '],
  [/^(?:get|find|give|grab) me (?=(?:an?|one|two|half|\d+|\d+-)[- ]?\S* (?:.+? )?with )/i, 'schedule '],
  [
    /^(?:kick off|open) ((?:my|our|the) .*\b(?:meeting|call|event|appointment|session)\b.*) (later|earlier)(?: than (?:planned|scheduled|usual))?$/i,
    'start $1 $2',
  ],
]

/** An instruction whose verb is said in another way, with a verb that is read. */
export function withPlainVerb(instruction: string): string {
  const said = `${instruction.charAt(0).toLowerCase()}${instruction.slice(1)}`
  for (const [pattern, plain] of verbs) if (pattern.test(said)) return said.replace(pattern, plain)
  return instruction
}

/** Words that say no more than the plainer ones, or nothing at all of records; what stands in quotation marks is not touched. */
const plainer: readonly Verb[] = [
  [/\bif it(?:'s| is) (?:true|the case|right|correct) that\b/gi, 'if'],
  [/^where (?=\S+(?: \S+)? (?:has|have)\b.+, )/gi, 'if '],
  [/ on (?:file|record)(?=$|[,;])/gi, ''],
  [/^(?:provided|assuming|on condition)(?: that)? (?=.+, )/gi, 'if '],
  // "Of Lena's lost customers, delete those that have no phone number."
  [
    /^(?:of|among|out of) ([^,]+), (?:please )?(\p{L}+) (?:only )?(?:those|the ones|any|all)(?: of them)? (?=(?:that|who|which|with|without|we|not|in)\b)/giu,
    '$2 $1 ',
  ],
  [/\b(an? (?:new )?(?:[\p{L}-]+ )?task) (?:on|to|onto|in) (\S+)'s (?:plate|list|desk|to-?do list|queue)\b/giu, '$1 for $2'],
  [/^(?:but )?only (?=if\b)/gi, ''],
  [/, (?:has|is|are|have|did|do|does|was|had)n't (?:it|he|she|they|i|we|there|you)$/gi, ''],
  [/(?<=\b(?:first|last|next) (?:meeting|call|event|appointment)) of the day(?= (?:on|tomorrow|today|next)\b|$)/gi, ''],
  [/,? (?:at )?the same time$|, same (?:time|hour)$/gi, ' at the same time'],
  [/ these days$/gi, ' now'],
  [/(?<!e-?)\bmail address/gi, 'email address'],
  // What it was before says nothing of what it is to be.
  [
    new RegExp(
      `(?<= (?:on|to|by|until) [^,⟦]{3,20})(?:,? (?:rather than|instead of|and not|not)) (?:on )?(?:(?:${dayPatterns.month}) \\d{1,2}(?:st|nd|rd|th)?|${dayPatterns.weekday})$`,
      'gi',
    ),
    '',
  ],
  // "Check whether …, and delete them only if that's so."
  [
    /^((?:please )?(?:check|see|find out|verify|look) .+?),? and (?:then )?(.+?) (?:but )?(?:only )?if (?:that's|this is|that is|it is|it's) (?:so|true|the case)$/gi,
    '$1, and if so $2',
  ],
  [/\bought to\b/gi, 'should'],
  [/(?:'d| had) better(?= (?:be|go|get|have|take|move)\b)/gi, ' should'],
  [/(?<=\S )(?:is|are) to (?=(?:be|go|belong|move|get)\b)/gi, 'should '],
  [/ after all(?=$|[,;])/gi, ''],
  [
    /,? (?:whoever|no matter who|regardless of who|it doesn't matter who|never mind who) (?:owns|has|looks after|handles|manages|it is that owns) (?:them|it)\b/gi,
    '',
  ],
  [/\b(?:from here on(?: in| out)?|from this (?:point|moment) on|henceforth)\b/gi, 'from now on'],
  [/\bany longer\b/gi, 'anymore'],
  [/\bnone of (.+?) (?:is|are|will be) (?:needed|necessary|required|relevant|of use)(?: any ?more)?\b/gi, '$1 are no longer needed'],
  [/\s*\(((?:the )?(?:title|subject|text|body|message)(?: line)?:? [^()]*)\)/gi, ', $1'],
  [/ (earlier|later) than (?:planned|scheduled|agreed|usual|before)\b/gi, ' $1'],
]

/** A sentence in plainer words, wherever in it they stand. */
export function inPlainWords(sentence: string): string {
  return plainer.reduce((said, [pattern, words]) => said.replace(pattern, words), sentence)
}
