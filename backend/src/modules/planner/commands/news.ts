const news =
  /^(?:from (?:today|now)(?: on)?|as of (?:today|now)|starting (?:today|now)),? | (?:(?:is|are|has|have) now|now (?:wants?|needs?|has|have|belongs?|goes|go)) /i
/** "We sent out some training proposals and heard nothing for 4 weeks": whom that is said of. */
const silentOffers =
  /^(?:we|i)(?:'ve| have)? (?:sent|made|given|gave|issued)(?: out)?(?: (?:some|a few|several|a couple of|many|a number of))? ([\p{L}-]+(?: [\p{L}-]+)?) (?:proposals|offers|quotes)(?: to (?:some|a few|several|our) (?:customers|clients|people|leads))?,? (?:and|but) (?:(?:we|i)(?:'ve| have)?|have|'ve)? ?(?:heard nothing|had no (?:answer|reply|response)|got no (?:answer|reply|response)|not heard|haven't heard|didn't hear|heard no word)(?: anything)?(?: back)?(?: from (?:them|some of them))? ((?:for|in|since) .+?)(?: or (?:longer|more))?$/iu
/** "It's been 4 weeks since we heard from some customers about the services proposal." */
const longSilent =
  /^it(?:'s| has| is) been (?:more than |over |at least )?(.+?) since (?:we|i)(?:'ve| have)? (?:last )?heard (?:back |anything )?from (?:some|a few|several|a couple of|our|the) (?:customers|clients|people|leads) (?:about|on|regarding) (?:the|our|a|their) (.+?) (?:proposals?|offers?|quotes?)$/i
/** "Nobody has heard back about some hardware proposals in 4 weeks." */
const unheard =
  /^(?:(?:nobody|no one) (?:has )?|(?:we|i) (?:haven't|have not|didn't|never) |(?:we|i)(?:'ve| have)? (?:had|got|received|have) no (?:reply|answer|response|word|news|feedback|reaction)(?= ))(?:heard|hear|got|get|had)(?: back| anything| an answer| a reply)* (?:about|on|regarding|to) (?:some|a few|several|our|the|any)(?: of (?:our|the))? ([\p{L}-]+(?: [\p{L}-]+)?) (?:proposals|offers|quotes) ((?:for|in|since) .+?)$/iu
/** "We've had no word for a month from some customers with a hardware proposal." */
const unheardFrom =
  /^(?:we|i)(?:'ve| have)? (?:had|heard|got|received) (?:no word|nothing|no (?:reply|answer|response|news))(?: back)? ((?:for|in|since) .+?) from (?:some|several|a few|a couple|our|the|all|any)?(?: of (?:our|the))? ?((?:customers|clients|people|leads|prospects)\b.*)$/i
/** "Check my calendar for meetings with Luis." */
const searching =
  /^(?:please )?(?:(?:can|could) you )?(?:check|look(?: in| at| through)?|search|go through) (?:my|the|our) (?:calendar|diary|inbox|mailbox|crm|mails?|emails?) (?:for|to see (?:if|whether) there (?:are|is)) (?:any |an? )?|^(?:please )?(?:(?:can|could) you )?check for (?:any )?(?=(?:\S+ ){0,3}(?:tasks|meetings|emails|leads|customers)\b[^⟦]*$)/i
/** "Which customers haven't responded …?": they are spoken of. */
const whichOnes = /^(?:which|what)(?: of (?:the|our|my))? (?=(?:\S+ ){0,2}(?:customers|clients|leads|prospects|tasks|meetings|emails)\b)/i
const relativeWho = /(?<=\b(?:everyone|everybody|anyone|anybody|people|those|customers|clients|leads|list)) who\b/gi
/** What has changed for one customer. */
const changedFor =
  / can now be (?:reached|called|phoned|emailed|contacted) | can be (?:reached|called|phoned|emailed|contacted) .+ from now on$| lost interest in .+ (?:and|but) |'s (?:phone(?: number)?|number|mobile|email(?: address)?|product interest) is .+ now$| isn't \S+ any ?more, | (?:has|have) (?:changed|switched|got a new|new) (?:phone |mobile )?numbers?\b| is(?:n't| no longer| not)(?: any ?more)? (?:interested in|after|looking for|into) .+ but | (?:has )?switched from \S+ to \S+$| (?:wants?|needs?|prefers?) \S+ (?:instead(?: of \S+)?|rather than \S+)(?: now)?$/i
/** What is new of somebody, or who gets something now. */
const toldNew =
  /^(?:the )?(?:deadline|due date) (?:of|for|on) .+ (?:moves|is moved|shifts|changes|has moved|has been moved|becomes) |^(?:the )?new (?:phone(?: number)?|mobile(?: number)?|email(?: address)?|job title) (?:of|for) .+ is |'s new (?:phone(?: number)?|mobile(?: number)?|email(?: address)?|job title) is |^(?:the|all|every|each|both|everyone|everybody|anyone|anybody|everything|whoever|\S+'s|[A-Z]\S+ [A-Z]\S+)(?!\p{L})(?!.*\b(?:meetings?|events?|calls?|emails?|mails?|sync)\b).* (?:goes?|moves?|passes|is going|are going|is moving|are moving)(?: over| back| on)? to (?:the )?\S+$|^(?:all|every|each|both|everyone|everybody|\S+'s|the)\b.+ (?:gets?|should get) an? follow[- ]?up (?:date )?(?:on|by|of|for) /iu
const asking = /\b(?:which|what|who|whose|how|why|where|show|list|find|count|any|tell me)\b|^(?:is|are|do|does|has|have)\b/i

/** It says what is so from now on, or what has just become so. */
export function isNewsOf(text: string): boolean {
  return (news.test(text) || changedFor.test(text) || toldNew.test(text)) && !asking.test(text.replace(relativeWho, ' '))
}

/** What is said of records, in words that name them: those who did not answer, or those that were asked for. */
export function namingRecords(text: string): string {
  return text
    .replace(unheard, 'Customers that have not responded to a proposal for $1 $2')
    .replace(silentOffers, 'Customers that have not responded to a proposal for $1 $2')
    .replace(longSilent, 'Customers that have not responded to a proposal for $2 in $1')
    .replace(unheardFrom, '$2 that have not responded $1')
    .replace(whichOnes, '')
    .replace(
      /^(\S+) and (?:i|me) (?:won't|will not|can't|cannot|aren't|are not)(?: going to)? (?:be )?(?:meet|meeting|able to meet|see|seeing each other|talk|talking)(?: up)? next time/i,
      'my next meeting with $1 is off',
    )
}

/** "Check my calendar for …", "should Luis have …": as the conditions that are read. */
export function asCondition(text: string): string {
  return text
    .replace(/^should (?!i\b|we\b|you\b)(\S+(?: \S+)??) ((?:still |already |currently )?)be ([^,⟦]+), (?=\p{L})/iu, 'if $1 is $2$3, ')
    .replace(/^(?:assuming|as long as|so long as)(?: that)? ([^,⟦]+), (?=\p{L})/iu, 'if $1, ')
    .replace(/^any ((?:\S+ ){0,4}(?:customers|clients|leads|prospects|tasks|meetings|emails)\b[^,⟦]*)\?? if so,? /i, 'if there are any $1, ')
    .replace(/^should (?!i\b|we\b|you\b|they\b)(\S+(?: \S+)?) have ([^,⟦]+), (?=\p{L})/iu, 'if $1 has $2, ')
    .replace(searching, 'check if there are any ')
}
