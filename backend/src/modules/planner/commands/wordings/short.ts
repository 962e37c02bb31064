import { clean, cuts } from '#backend/modules/planner/commands/message.ts'
import { isInstruction } from '#backend/modules/planner/commands/polite.ts'
import { personSaid } from './drafts.ts'
import { firstOf, type Saying, saying, type Wording } from './wording.ts'

const field =
  '(phone(?: number)?|mobile(?: number)?|cell(?: number)?|e-?mail(?: address)?|follow[- ]?up(?: date| by)?|product interest|last contact(?: date)?|prio|job title|title|position|stage|status|value|amount|probability|(?:expected |forecast )?clos(?:e|ing) date|priority|rating|owner|city|industry|due date|source)'
const record = '(?:(?:the )?(?:deal|opportunity|lead|contact|task|company|organi[sz]ation|customer) )?'
/** A name as it is written: it has a capital or a figure. */
const name = '([^⟦:?]{3,90}?)'
const pronoun = '(?:he|she|they|it)'
const doIt =
  '(?:,?(?: and)? (?:please |pls |so |can you |could you )*(?:change|update|fix|correct|note|record|adjust|mark|set|log) (?:that|it|this|him|her|them)(?: accordingly| please| for me| in the crm)?(?:,? please| pls)?)?'
const day = '(?: (?:today|yesterday|this morning|just now|earlier|on the phone))*'

const fieldOf = (said: string) => {
  const plain = said.toLowerCase()
  if (/^cell/.test(plain)) return 'mobile'
  return /clos/.test(plain)
    ? 'close date'
    : plain === 'position' || plain === 'title'
      ? 'job title'
      : plain
          .replace('e-mail', 'email')
          .replace('amount', 'value')
          .replace(/^prio$/, 'priority')
}
const isNamed = (said: string) =>
  /\p{Lu}|\d/u.test(said) &&
  !isInstruction(said) &&
  !/[,;]|\b(?:he|she|they|it|we|i)(?:'|\b)/i.test(said) &&
  !/\b(?:how|what|which|who|when|why|where|show|list|all|any|every|most|total|average|top|our|my|many)\b/i.test(said)
const given = (who: string, what: string, value: string) =>
  /^owner$/i.test(what) ? `reassign ${clean(who)} to ${clean(value)}` : `set the ${fieldOf(what)} of ${clean(who)} to ${clean(value)}`
const marked = (who: string, state: string) => (isNamed(who) ? `mark ${clean(who)} as ${clean(state)}` : undefined)
const person = (kind: string, list: string, wording: Wording) => personSaid(/lead|prospect/i.test(kind) ? 'lead' : 'contact', list, wording)

/** Short and roundabout ways to say what is read in plain instructions. */
const sayings: readonly Saying[] = [
  // "Acme pilot -> Trial", "value of Acme pilot = 14k"
  saying(`${name}\\s*(?:->|=>|→|>>)\\s*([^?]{2,60})`, ([who = '', state = '']) => (isNamed(who) ? `move ${who} to ${state}` : undefined)),
  saying(
    `(?:the )?(?:new )?${field} (?:of|for) ${name}\\s*(?:=|:|is now|should (?:now )?be|must be|has changed to|changed to|to)\\s*_`,
    ([what = '', who = '', value = '']) => (isNamed(who) ? given(who, what, value) : undefined),
  ),
  saying(`${name}(?:'s|s')? (?:new )?${field}\\s*(?:is now|has changed to|changed to|=|:|->)\\s*_${doIt}`, ([who = '', what = '', value = '']) =>
    isNamed(who) ? given(who, what, value) : undefined,
  ),
  saying(
    `(?:the )?${field} of ${name} (?:has |is |was )?(?:changed|new)(?:,? (?:the )?new (?:one )?is|,? it(?:'s| is)(?: now)?|:|,? now) _`,
    ([what = '', who = '', value = '']) => (isNamed(who) ? given(who, what, withoutRequest(value)) : undefined),
  ),
  saying(`${name}(?:'s)? new ${field}:? ((?:\\+|\\d|\\S+@).+?)`, ([who = '', what = '', value = '']) => (isNamed(who) ? given(who, what, value) : undefined)),
  saying(`${field} ${name}: ([^:]+)`, ([what = '', who = '', value = '']) => (isNamed(who) ? given(who, what, value) : undefined)),
  saying(`(phone|mobile|cell)(?: number)?(?: of| for)? ${name}:? (\\+?\\(?\\d[\\d ()./-]{6,})`, ([what = '', who = '', value = '']) =>
    isNamed(who) ? given(who, what, value) : undefined,
  ),
  saying(`${name} is (?:now worth (.+)|worth (.+) now)`, ([who = '', value = '', other = '']) =>
    isNamed(who) ? given(who, 'value', `${value}${other}`) : undefined,
  ),
  saying(`make _ due(?: on| by)? _`, ([what = '', when = '']) => `set the due date of ${what} to ${when}`),
  saying(`update ${record}${name}: (.+)`, ([who = '', list = '']) => listed(who, list)),
  saying(`${name}: (.+)`, ([who = '', list = '']) => (isNamed(who) ? listed(who, list) : undefined)),
  saying(`(?:set|change|update) (?:the )?(?:lead|deal|task|contact|company)(?:'s)? ${field} of _ to _`, ([what = '', who = '', value = '']) =>
    given(who, what, value),
  ),
  saying('\\+? ?tag ([^:⟦]+): _', ([tag = '', who = '']) => `tag ${who} as ${tag}`),
  saying(
    `(?:raise|increase|lower|reduce|bump|drop|cut|bring)(?: up| down)? (?:the )?${field} (?:of|on|for) ${name}(?: up| down)? to _`,
    ([what = '', who = '', value = '']) => given(who, what, value),
  ),
  saying(`(?:advance|progress|drag|slide|bump|nudge|promote) _ to (?:the )?(.+?)(?: stage)?`, ([who = '', state = '']) => `move ${who} to ${state}`),
  saying(
    `(?:rate|score) (${record}${name}) (?:with |at |as |a |an )*(\\d+)(?: stars?| out of 5)?`,
    ([who = '', , value = '']) => `set the rating of ${who} to ${value}`,
  ),
  // "Done: call Bo", "Acme pilot won", "lead Bo Berg contacted"
  saying(`(?:done|finished|completed)(?: with)?\\s*[:–-]\\s*_`, ([what = '']) => `complete ${what}`),
  saying(`(?:the )?task ([^⟦:?]+) (?:is|was|has been)(?: now)? (?:done|finished|complete|completed|ready)`, ([what = '']) => `complete the task ${what}`),
  saying(`${name}(?::| -| –) (?:done|finished|completed)`, ([what = '']) => (isNamed(what) ? `complete ${what}` : undefined)),
  saying(
    `i(?:'ve| have|'m| am| just)?(?: just)? (?:finished|completed|done|did)(?: with)? _,? (?:and |so )?(?:(?:can|could) you )?(?:please )?(?:tick|check|cross|mark|close|complete)(?: (?:it|that|this))?(?: off| (?:as )?(?:done|complete|completed|finished))?`,
    ([what = '']) => `complete ${what}`,
  ),
  saying(`(?:(?:deal|opportunity|lead|task) )?${name} (closed won|closed lost|won|lost|contacted|qualified|disqualified|done)`, ([who = '', state = '']) =>
    isNamed(who) && !/\b(?:is|are|was|were|has|have|been|get|got|deals|leads|tasks|we|i|not|never|being|be)$/i.test(who) && !plural.test(who)
      ? `mark ${who} as ${state}`
      : undefined,
  ),
  saying(
    `${record}${name} (?:is|was|has been|got)(?: now| finally)? (won|lost|qualified|disqualified|done|completed)(?: now)?${doIt}`,
    ([who = '', state = '']) => marked(who, state),
  ),
  saying(
    `(?:${day} )?(?:great|good|bad|sad)? ?(?:news)?[,:! ]*(?:we|i)(?:'ve| have)?(?: just| finally)? (won|lost|closed) (?:the )?(?:deal )?${name}${doIt}`,
    ([state = '', who = '']) => (/^closed$/i.test(state) || plural.test(who) ? undefined : marked(who, state)),
  ),
  saying(
    `(?:i |we |just )*(?:talked|spoke|spoken|met|had a call|got off the phone|chatted)(?: to| with)? ${name}${day}[,;.]? (?:and )?${pronoun}(?:'s| is| are|'re)(?: now)? (qualified|disqualified|contacted|lost|won|not interested)(?: now)?${doIt}`,
    ([who = '', state = '']) => (/not/.test(state) ? undefined : marked(who, state)),
  ),
  saying(`(?:disqualify) ${record}${name}`, ([who = '']) => `mark ${who} as disqualified`),
  saying(
    `${record}${name} (?:must|should|has to|needs to|shall|can)(?: now)? (?:go|be|move|be moved|be put|be set) (?:in|into|to)(?: the)?(?: stage| status)? (.+?)(?: stage)?`,
    ([who = '', state = '']) => (isNamed(who) ? `move ${who} to ${state}` : undefined),
  ),
  saying(
    `${name} (?:is|was|has|looks|went) [^,;]{3,60}[,;] (?:so |and )?(?:it|this one|that one) (?:goes|moves|should (?:go|move)|is now|can (?:go|move)|belongs)(?: now)?(?: to| in| into| at)?(?: the)?(?: stage)? (.+?)(?: now)?`,
    ([who = '', state = '']) => (isNamed(who) ? `move ${who} to ${state}` : undefined),
  ),
  saying(
    `${record}${name} (?:will|should|is going to|is expected to)(?: now| probably| only| rather)? close(?: only)? (?:on|by|in) _`,
    ([who = '', when = '']) => (isNamed(who) ? `set the close date of ${who} to ${when}` : undefined),
  ),
  // "Farid got promoted, he is Chief Scientist now", "Annika switched jobs, she's with Acme now"
  saying(
    `${name} (?:got promoted|was promoted|has been promoted|got a new (?:job|role|title|position)|has a new (?:job|role|title|position)|changed roles?|was made)[,;:]? (?:and )?${pronoun}(?:'s| is| are|'re)(?: now)?(?: the| an?)? (.+?)(?: now)?${doIt}`,
    ([who = '', title = '']) => (/\b(?:with|at|for)\b/i.test(title) ? undefined : `set the job title of ${who} to ${title}`),
  ),
  saying(
    `${name} (?:has |have )?(?:(?:switched|changed) (?:jobs?|company|companies|employers?)|moved|left(?: [^,;]+)?|joined|got a new job)[,;:]? (?:and )?${pronoun}(?:'s| is| are|'re| works?)(?: now)? (?:with|at|for|working for|working at) (.+?)(?: now)?${doIt}`,
    ([who = '', where = '']) => `link ${who} to ${where}`,
  ),
  // Dates and meetings
  saying(`(?:snooze|put off|push|bump|move out) _ (?:to|until|till) _`, ([what = '', when = '']) => `reschedule ${what} to ${when}`),
  saying(`(?:put|place) _ on hold (?:to|until|till) _`, ([what = '', when = '']) => `reschedule ${what} to ${when}`),
  saying('(?:(?:meeting|appointment) (?:with )?|call with )([^⟦:?]+)', ([said = ''], { times }) => meetingIn(said, times.when)),
  saying(
    `(?:get|have|find|put|set)(?: us)? (?:something|a slot|some time|time)(?: (?:in|on|into) (?:the|my|our) (?:diary|calendar|schedule))? with ([^⟦:?]+)`,
    ([said = ''], { times }) => meetingIn(said.replace(/ (?:works|would work|is good|is fine|suits)(?: for (?:me|us|him|her|them))?(?=,|$)/i, ''), times.when),
  ),
  // New people, from a list
  saying(`(?:(?:add|create|make|enter|register)(?: an?)?(?: new)?|(?:an? )?new) (contact|lead|prospect)[,:–-]? (.+)`, ([kind = '', list = ''], wording) =>
    /^(?:from|in|at|of|by|with|without|is|are|who|that|called the)\b/i.test(list) ? undefined : person(kind, list, wording),
  ),
  saying(
    `(?:add|enter|register|put) (\\p{Lu}.+?) (?:as|to) (?:an? |my |our |the )?(?:new )?(contact|lead|prospect)s?(?: list)?[,:]? ?(.*)`,
    ([who = '', kind = '', rest = ''], wording) => person(kind, `${who}, ${rest}`, wording),
  ),
  saying(
    `(?:new|create|add|make)(?: an?)?(?: new)? (?:company|organi[sz]ation|firm|account|customer)(?: called| named)?[:,]? ([\\p{Lu}\\d⟦][^,:]{1,80}?)(?:,? (?:in|based in|from|located in) ([^,]{2,40}))?(?:,? (?:with )?(?:the )?industry:? ([^,]{2,40}))?`,
    (groups, wording) => companySaid(groups, wording),
  ),
  saying(`(?:new) (?:deal|opportunity)(?: called| named)?[:,]? (.+)`, ([rest = '']) => `create a new deal called ${rest}`),
]

const plural = /\b(?:deals|leads|tasks|opportunities|contacts|companies|customers|orders|quotes)\b/i

function withoutRequest(value: string): string {
  return value.replace(
    new RegExp(`${doIt.replace(/\?$/, '')}$|,? (?:please |pls )?(?:actuali[sz]e|update|change|correct)(?: (?:it|that))?(?: please)?$`, 'i'),
    '',
  )
}

/** "Owner Dana Whitfield, value 5000" of one record. */
function listed(who: string, list: string): string | undefined {
  const parts = list.split(/\s*[,;]\s+(?:and )?|\s+and\s+(?=the |\p{L}+ )/u)
  const told = parts.map((part) => new RegExp(`^(?:the )?(?:new )?${field}(?:\\s*(?:is|to|=|:))?\\s+(.+)$`, 'i').exec(clean(part)))
  if (told.some((match) => match === null)) return undefined
  return told.map((match) => given(who, match?.[1] ?? '', match?.[2] ?? '')).join(' and ')
}

/** "Noor Drexler Fri 10-11", "Grant Eberhardt, Tuesday 2pm, 45 minutes": all that can be a time is one. */
function meetingIn(said: string, when: string): string | undefined {
  for (const { left, right } of cuts(clean(said), /,?\s+/)) {
    const told = meetingSaid(left, right, when)
    if (told !== undefined) return told
  }
  return undefined
}

function meetingSaid(who: string, tail: string, when: string): string | undefined {
  const isWhen = (text: string) => new RegExp(`^(?:${when})$`, 'iu').test(text)
  const range = /^(.+?),? (?:from )?(\d{1,2}(?::\d{2})?(?: ?[ap]m)?) ?(?:-|–|to|until|till) ?(\d{1,2}(?::\d{2})?(?: ?[ap]m)?)$/i.exec(tail)
  if (range !== null && isWhen(range[1] ?? '')) return `schedule a meeting with ${who} on ${range[1]?.replace(/^on /i, '')} from ${range[2]} to ${range[3]}`
  const match = /^(.+?)(?:,? (?:for )?((?:an?|\d+|half an?) (?:minutes?|mins?|hours?|h)))?$/i.exec(tail)
  if (match === null || !isWhen(match[1] ?? '')) return undefined
  return `schedule a meeting with ${who} on ${(match[1] ?? '').replace(/^on /i, '')}${match[2] === undefined ? '' : ` for ${match[2]}`}`
}

function companySaid([called = '', city = '', industry = '']: readonly string[], { quotes }: Wording): string | undefined {
  const mark = (text: string) => (/^⟦/.test(text) ? text : `⟦${quotes.push(clean(text)) - 1}⟧`)
  if (/^(?:for|from|with|of|by|in)\b/i.test(called)) return undefined
  return `add a new company called ${mark(called)}${city === '' ? '' : ` in ${city}`}${industry === '' ? '' : ` with industry ${mark(industry)}`}`
}

/** "Met someone at the fair: Sofia Rossi, she works for Acme. Add her to my contacts": over its sentences. */
export const introduced = firstOf([
  saying(
    `(?:i |we )?(?:just )?(?:got|received|have|had) (?:an? |the )?(?:business card|card|call|e?-?mail|message|request|inquiry|enquiry) from (.+?)[,;.]?(?: [–-])? (?:please |can you |could you )*(?:make|add|create|save|put|enter) (?:him|her|them|it)(?: as| to| in| into)?(?: an?| my| our| the)?(?: new)? (lead|contact|prospect)s?`,
    ([list = '', kind = ''], wording) => person(kind, list, wording),
  ),
  saying(
    `(?:i |we )?(?:just )?met (?:someone|somebody|a (?:lady|guy|man|woman|person))(?: (?:new|interesting|nice))?(?: (?:today|yesterday|at [^:,]+?|in [^:,]+?))*[:,] (.+?)[.,;]? (?:please |can you |could you )*(?:add|put|save|enter) (?:her|him|them)(?: (?:to|in|into|as) (?:an? |my |our |the )?(?:new )?(contacts?|leads?|crm|address book)?)?`,
    ([list = '', kind = ''], wording) => person(kind, list, wording),
  ),
])

/** "Kestrel pilot -> Trial", "done: call Bo", "new contact Paul Meier +49 89 555 1234". */
export const shortly = firstOf(sayings)
