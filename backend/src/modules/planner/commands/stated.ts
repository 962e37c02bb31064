import { clean } from './message.ts'

const field = '(phone(?: number)?|number|email(?: address)?|mobile(?: number)?|job title|status|stage|product interest|follow[- ]?up(?: date)?)'
const from = '(?: (?:from now on|from today(?: on)?|now|in (?:the )?future|going forward|starting (?:today|now)))?'

type Statement = readonly [RegExp, (groups: readonly string[]) => string]
const statement = (pattern: string, instruction: (groups: readonly string[]) => string): Statement => [new RegExp(`^${pattern}$`, 'iu'), instruction]

/** What is said to be so now, as the instruction that makes it so here. */
const statements: readonly Statement[] = [
  statement(
    `(.+?) (?:has |have )?lost interest in .+? (?:and|but) (?:now )?(?:wants?|needs?|is interested in|would like|prefers?) (.+?)(?: (?:instead|now))?`,
    ([who, what]) => `set the product interest of ${who} to ${what}`,
  ),
  statement(
    `(.+?) (?:would|will|should) be (?:better|best|well) (?:off|placed|served|looked after)? ?(?:with|under) (.+)`,
    ([what, who]) => `reassign ${what} to ${who}`,
  ),
  statement(`(.+?) (?:would|will|should) be in (?:better|good|safer|safe) hands with (.+)`, ([what, who]) => `reassign ${what} to ${who}`),
  statement(
    `(?:we|i)(?:'ve| have)? (?:promised|told|agreed with|assured) (\\S+)(?: that)? (?:she|he|they)(?:'d| would|'ll| will| could| can| should)? (?:get|have|take over|take on|take|look after|own|handle) (.+)`,
    ([who, what]) => `reassign ${what} to ${who}`,
  ),
  statement(
    `(.+?) (?:is|are)(?:n't| not| no longer) (?:with )?\\S+?(?:'s)?(?: any ?more)?[,;] (?:but )?(.+?) (?:is|will be|'s) (?:taking|looking after|handling|managing|the one (?:taking|looking after|handling)) (?:them|him|her|it)(?: on| over)?${from}`,
    ([what, who]) => `reassign ${what} to ${who}`,
  ),
  statement(
    `you can (?:now )?(?:reach|call|phone|ring|contact) (.+?) (?:by phone )?(?:at|on|under) ([+\\d(][\\d ()./-]{5,})${from}`,
    ([who, number]) => `set the phone of ${who} to ${number}`,
  ),
  statement(
    `you can (?:now )?(?:reach|email|mail|contact|write to) (.+?) (?:by email )?(?:at|on|under) (\\S+@\\S+)${from}`,
    ([who, address]) => `set the email of ${who} to ${address}`,
  ),
  statement(
    `(.+?) (?:has |have )?(?:changed|switched|got) (?:phone |mobile )?numbers?[,:;]? (?:and )?(?:it's|it is|the new one is|their new one is|now|to)(?: now)? ([+\\d(][\\d ()./-]{5,}?)(?: now)?`,
    ([who, number]) => `set the phone of ${who} to ${number}`,
  ),
  statement(
    `(.+?) (?:is|are)(?:n't| not| no longer)(?: any ?more)? (?:interested in|after|looking for|into) .+? but (?:now )?(?:interested in |after |looking for |into |in )?(.+?)(?: (?:instead|now))?`,
    ([who, what]) => `set the product interest of ${who} to ${what}`,
  ),
  statement(
    `(.+?) (?:belongs?|should be|needs? to be|has to be) (?:in|at) the (\\S+(?: \\S+)?) (?:stage|status|list|column)(?: now)?`,
    ([who, what]) => `move ${who} to ${what}`,
  ),
  statement(`(.+?) (?:deals?|is dealing|are dealing|will deal|is going to deal) with (.+?)${from}`, ([who, what]) => `reassign ${what} to ${who}`),
  statement(`(?:the )?new (?:owner|account manager|assignee) of (.+?) (?:is|will be)(?: now)? (.+)`, ([what, who]) => `reassign ${what} to ${who}`),
  statement(
    `(.+?) (?:will go|goes|will move|moves|is going|is moving|are going|are moving|go|move) from (\\S+) to (\\S+)`,
    ([what, whose, who]) => `switch ${what} from ${whose} to ${who}`,
  ),
  statement(
    `(?:we|i)(?:'d like| would like| want| need) (.+?) to (?:take care of|take over|take on|handle|manage|look after|own) (.+)`,
    ([who, what]) => `reassign ${what} to ${who}`,
  ),
  statement(
    `(.+?) (?:has |have |just )*(?:called|wrote|emailed|says|said|told (?:us|me)|let (?:us|me) know|informed (?:us|me))(?: to say)?(?: that)?[:,]? (?:their|his|her) (?:new )?${field} (?:is(?: now)?|has changed to|changed to) (.+?)(?: now)?`,
    ([who, what, value]) => `change ${who}'s ${what} to ${value}`,
  ),
  statement(
    `(.+?) can (?:now )?be (?:reached|called|phoned|rung)(?: (?:by phone|now))? (?:at|on|under) ([+\\d(][\\d ()./-]{5,})(?: now| from now on)?`,
    ([who, number]) => `set the phone of ${who} to ${number}`,
  ),
  statement(
    `(.+?) can (?:now )?be (?:reached|emailed|contacted)(?: (?:by email|now))? (?:at|on|under) (\\S+@\\S+)(?: now| from now on)?`,
    ([who, address]) => `set the email of ${who} to ${address}`,
  ),
  statement(`(?:the |our |my )?last contact with (.+?) (?:was|is|took place)(?: on)? (.+)`, ([who, when]) => `set the last contact date of ${who} to ${when}`),
  statement(`(.+?) (?:has |have )?(?:switched|changed|gone over) from \\S+ to (\\S+)`, ([who, what]) => `set the product interest of ${who} to ${what}`),
  statement(
    `(.+?) (?:has been|was|is being|will be|is now|should be) (?:now )?(?:renamed|retitled|called|named)(?: to| as)? ((?:(?! (?:in|at|by|for|on|with) ).)+?)(?: instead| from now on)?`,
    ([what, name]) => `rename ${what} to ${name}`,
  ),
  statement(
    `(.+?) (?:has |have )?(?:asked|wants|requested|would like) (?:us |me )?to (?:(?:remove|delete|erase) (?:them|him|her)|be (?:removed|deleted|taken off|erased))(?: from (?:our|the) (?:crm|system|records|database))?`,
    ([who]) => `delete ${who}`,
  ),
  statement(
    `(?:.+?) (?:is|are|am|'re|'m) (?:handing|giving|passing|transferring)(?: over)? (.+?) (?:over |on )?to (.+)`,
    ([what, who]) => `reassign ${what} to ${who}`,
  ),
  statement(
    `(?:we|i)(?:'ve| have)?(?: just| finally| now)* (lost|won) ((?!touch|track|interest|contact|faith|patience|all|every|any|some|most)\\S.*?)(?: (?:to|from) (?:an?|the|our|another|some) .+)?`,
    ([what, who]) => `move ${who} to ${what}`,
  ),
  statement(`(.+?) (?:has|has got|needs|got) a new (?:name|title)[:,]? (.+)`, ([what, name]) => `rename ${what} to ${name}`),
  statement(
    `(?:from (?:today|now)(?: on)?|starting (?:today|now)),? (.+?) (?:is|are|will be) (?:handled|managed|looked after|owned|taken care of) by (.+)`,
    ([what, who]) => `reassign ${what} to ${who}`,
  ),
  statement(
    `(?:from (?:today|now)(?: on)?|starting (?:today|now)),? (.+?) (?:handles|manages|looks after|owns|takes care of|takes|gets|has) (.+)`,
    ([who, what]) => `reassign ${what} to ${who}`,
  ),
  statement(
    `(.+?) (?:is replacing|replaces|will replace|is taking over from|takes over from) (?:.+?) (?:as (?:the )?(?:owner|account manager|assignee) (?:of|for)|for|with) (.+)`,
    ([who, what]) => `reassign ${what} to ${who}`,
  ),
  statement(
    `(.+?) (?:should|must|needs? to|has to) be (?:with|under) (.+?) (?:instead of|rather than|and not|not) (.+)`,
    ([what, who, whose]) => `switch ${what} from ${whose} to ${who}`,
  ),
  statement(
    `(\\S+(?: \\S+)?) (?:no longer has|doesn't have|does not have|hasn't got|has no|can't find|cannot find|has too little)(?: the| enough| any)? (?:time|capacity|room) for (.+?)(?: any ?more| any longer| at the moment| right now)?,? (?:so|and) (.+?) (?:will|is going to|has to|should|must|can) (?:do (?:it|that|so|this)|take (?:it |them |him |her )?over|take (?:them|him|her|it)|step in|look after (?:them|him|her)|handle (?:them|him|her|it))(?: now| instead)?`,
    ([whose, what, who]) => `switch ${what} from ${whose} to ${who}`,
  ),
  statement(`(.+?) (?:is|are) going to (\\S+(?: \\S+)?)${from}`, ([what, who]) => `reassign ${what} to ${who}`),
  statement(`(.+?) (?:is|are|has been|was|were) (?:now )?(?:picking up|assuming|inheriting) (.+?)${from}`, ([who, what]) => `reassign ${what} to ${who}`),
  statement(
    `(.+?) (?:can|could|should|must|needs to|has to|is able to|is free to|is happy to) (?:take over|take on|take care of|take|have|get|own|manage|handle|look after|pick up) (?!(?:them|him|her|it)$)(.+)`,
    ([who, what]) => `reassign ${what} to ${who}`,
  ),
  statement(
    `(.+?) (?:gets?|should get|needs?|is to get|will get) an? follow[- ]?up (?:date )?(?:on|by|of|for) (.+)`,
    ([who, when]) => `set the follow up date of ${who} to ${when}`,
  ),
  statement(
    `(.+?) (?:has |have )?(?:changed|made up) (?:their|his|her) minds?,? and (?:now )?(?:wants?|needs?|is interested in|would like|prefers?) (.+)`,
    ([who, what]) => `set the product interest of ${who} to ${what}`,
  ),
  statement(`(.+?) (?:is|are) (?:now )?(?:with|under) (.+?)(?: now)?${from}`, ([what, who]) => `reassign ${what} to ${who}`),
  statement(`(.+?) (?:is|are) (\\S+)'s now`, ([what, who]) => `reassign ${what} to ${who}`),
  statement(`(.+?) should be followed up(?: with)? (?:by|on) (.+)`, ([who, when]) => `set the follow up date of ${who} to ${when}`),
  statement(
    `(.+?) (?:is|are)(?:n't| not| no longer)(?: any ?more)? (?:really )?(?:interested in|after|looking for) .+?,? (?:but|they want|and wants?|instead they want)(?: (?:now|rather|instead))?(?: (?:interested )?in)? (.+?)(?: (?:instead|now))?`,
    ([who, what]) => `set the product interest of ${who} to ${what}`,
  ),
  statement(
    `(.+?) (?:has |have )?(?:changed|switched|shifted) (?:their|his|her) (?:mind|focus|interest|product interest)(?: from .+?)? to (.+)`,
    ([who, what]) => `set the product interest of ${who} to ${what}`,
  ),
  statement(
    `(.+?)(?: would|'d) (?:now )?like (?:to have )?(\\S+),? (?:now|instead|instead of .+|rather than .+|and not .+)`,
    ([who, what]) => `set the product interest of ${who} to ${what}`,
  ),
  statement(
    `(.+?)(?: would|'d) (?:rather|prefer)(?: to)?(?: have| get| buy)? (.+?)(?: (?:instead|than|over|to)(?: .+)?)?`,
    ([who, what]) => `set the product interest of ${who} to ${what}`,
  ),
  statement(
    `(?:we|i|you)(?:'ll| will| need to| should| must| have to| want to| are going to| agreed to)? follow up with (.+?) (?:by|on) (.+)`,
    ([who, when]) => `set the follow up date of ${who} to ${when}`,
  ),
  statement(
    `(.+?) (?:wants|asked|would like|'d like|needs|has asked)(?: us| me)? to (?:be (?:called|contacted)|hear from us|follow up|be followed up|call|get back to (?:them|him|her)|talk|speak)(?: back| again| with (?:them|him|her))* (?:on|by) (.+)`,
    ([who, when]) => `set the follow up date of ${who} to ${when}`,
  ),
  statement(
    `(?:the |our )?follow[- ]?up (?:date )?(?:with|for|of) (.+?) (?:is|has been|was|should be|must be|needs to be|should|must|has to|needs to|is to)(?: now)? (?:moved|postponed|pushed|changed|rescheduled|delayed|on|happen|take place|happening|set|due)(?: back)?(?: to)? (.+?)(?: instead)?`,
    ([who, when]) => `set the follow up date of ${who} to ${when}`,
  ),
  statement(
    `(.+?) is no longer (?:responsible for|the owner of|in charge of|handling|looking after|managing|working with|taking care of) (.+?)[,;] (?:but )?(.+?) is(?: now| instead)?`,
    ([, what, who]) => `reassign ${what} to ${who}`,
  ),
  statement(
    `(.+?) (?:should|must|will|is going to|are going to|is to|are to|needs? to|is|are|has been|have been)(?: now)? (?:be |being |been )?(?:looked after|handled|managed|owned|taken (?:care of|over|on)|covered)(?: now)? by (.+?)${from}`,
    ([what, who]) => `reassign ${what} to ${who}`,
  ),
  statement(
    `(.+?) (?:has been|have been|was|were|is being|are being|will be|is|are) (?:now )?(?:re-?assigned|transferred|handed over|handed|given|passed on|passed) to (.+?)${from}`,
    ([what, who]) => `reassign ${what} to ${who}`,
  ),
  statement(
    `(.+?) (?:now )?(?:goes|go|moves|move)(?: back| over)? (?:in|to|into) (?:the )?(lost|won|qualified|proposal|backlog|in progress|in review|completed)(?: stage| status| list)?`,
    ([what, state]) => `move ${what} to ${state}`,
  ),
  statement(
    `(.+?) (?:now )?(?:belongs?|goes(?: over)?|go(?: over)?|moves?(?: over)?|passes(?: on)?) to (.+?)${from}`,
    ([what, who]) => `reassign ${what} to ${who}`,
  ),
  statement(`(.+?) (?:has |have |just |'s )*(?:taken|took) (.+?) (?:on|over)`, ([who, what]) => `reassign ${what} to ${who}`),
  statement(`(.+?) (?:has |have |just |'s )*(?:taken over|inherited|picked up|taken on) (.+)`, ([who, what]) => `reassign ${what} to ${who}`),
  statement(
    `(.+?) (?:has |have |is |are |was |were )?(?:just |now |already |recently |finally )*(?:moved|gone|progressed|advanced|transitioned|been moved|moving)(?: on| forward)? (?:to|into) (?:the )?(.+?)(?: stage| status)?`,
    ([who, what]) => `move ${who} to ${what}`,
  ),
  statement(
    `(?:the )?(?:deadline|due date) (?:of|for|on) (.+?) (?:moves|is moved|shifts|changes|has moved|has been moved|becomes|is now)(?: back| out)?(?: to| on)? (.+)`,
    ([what, when]) => `set the due date of ${what} to ${when}`,
  ),
  statement(`(.+?) (?:is|are) now due(?: on| by| in)? (.+)`, ([what, when]) => `set the due date of ${what} to ${when}`),
  statement(`(.+?) (?:is|are) now (?:in )?(?:the )?(.+?)(?: stage| status)?`, ([who, what]) => `move ${who} to ${what}`),
  statement(
    `(.+?)(?: has| have)?(?: just| now| already)? (?:received|got|been sent|been given|been made|gotten|was sent|was given) (?:a|the|our|their) (?:proposal|offer)(?: today| yesterday| from us)?`,
    ([who]) => `move ${who} to proposal`,
  ),
  statement(
    `(.+?) no longer (?:wants?|needs?|likes?) \\S+,? but (?:now )?(\\S+)(?: now| instead)?`,
    ([who, what]) => `set the product interest of ${who} to ${what}`,
  ),
  statement(`(.+?) (?:is|are) no longer interested in .+? but (?:now )?(?:in )?(.+)`, ([who, what]) => `set the product interest of ${who} to ${what}`),
  statement(
    `(.+?) (?:is|are) now (?:only |more )?interested in (.+?)(?: instead(?: of .+)?| rather than .+)?`,
    ([who, what]) => `set the product interest of ${who} to ${what}`,
  ),
  statement(
    `(.+?) (?:now |actually |really |in fact |only )*(?:wants?|needs?) (\\S+)(?: now| instead)?(?: of .+| rather than .+| and not .+| not .+| instead of .+)?`,
    ([who, what]) => `set the product interest of ${who} to ${what}`,
  ),
  statement(
    `(.+?) (?:has|have|got|has got) (?:a )?(?:new|different) ${field}[:,]?(?: (?:it's|it is|which is|namely|of))? (.+)`,
    ([who, what, value]) => `change ${who}'s ${what} to ${value}`,
  ),
  statement(
    `(.+?)'s (?:new )?${field} (?:is(?: now)?|has changed to|changed to|will be|has become) (.+?)(?: now| from now on)?`,
    ([who, what, value]) => `change ${who}'s ${what} to ${value}`,
  ),
  statement(`(?:the )?new ${field} of (.+?) is (.+)`, ([what, who, value]) => `change ${who}'s ${what} to ${value}`),
  statement(`(.+?) (?:has )?changed (?:their|his|her) ${field} to (.+)`, ([who, what, value]) => `change ${who}'s ${what} to ${value}`),
  statement(
    `(.+?) (?:takes care of|is going to (?:take over|take care of|take on|handle|own|manage|look after|get|have)|(?:has |have )?agreed to (?:take over|take care of|take on|handle|own|manage|look after|take)|will take care of|will be looking after|will be handling|will be managing|will be taking over|will be responsible for|will do|does|looks after|will look after|will handle|handles|takes on|will take on|takes|will take|gets|will get|covers|will cover|will own|owns|is to have) (.+?)${from}`,
    ([who, what]) => `reassign ${what} to ${who}`,
  ),
  statement(`(.+?)'s (?:new )?(?:owner|account manager|contact person) (?:is|will be)(?: now)? (.+?)${from}`, ([what, who]) => `reassign ${what} to ${who}`),
  statement(`(.+?) needs? to (?:move|go|be moved|be re-?assigned|be transferred)(?: over)? to (.+?)${from}`, ([what, who]) => `reassign ${what} to ${who}`),
  statement(
    `(.+?) (?:is|are|will be|becomes)(?: now)? (?:the )?(?:new )?(?:owner of|account manager (?:of|for)|responsible for|in charge of) (.+?)${from}`,
    ([who, what]) => `reassign ${what} to ${who}`,
  ),
  statement(
    `(.+?) (?:is|are|has been|have been|was|were)(?: now| finally| all| both| unfortunately| sadly| officially)* (?:a )?(lost|won|qualified)(?: (?:customer|client|lead|now))?(?:,? (?:unfortunately|sadly|i'm afraid|i am afraid))?`,
    ([who, what]) => `move ${who} to ${what}`,
  ),
]

/** "Update the crm", "record that": what was stated is to hold here. */
const recording =
  /^(?:add|put|update|change|record|reflect|note|fix|correct|adjust|set|enter|save|register|amend|re-?assign|assign|transfer|move|switch|hand over|edit)(?: (?:the|our|my) (?:crm|system|records?|database|calendar|owner|data)| (?:that|this|it|them|him|her|those|these)(?: (?:over|across|change|record|customer|lead|contact))?| (?:the|their|his|her) (?:records?|entry|entries|details|data|information|status|product interest|interest|phone(?: number)?|email(?: address)?|contact details|follow[- ]?up(?: date)?|last contact(?:ed)?(?: date)?)| last contact(?:ed)?(?: date)?)?(?: as (?:the|their|our|his|her) (?:last|latest|most recent) contact(?: date)?)?(?: (?:in|on) (?:the|our) (?:crm|system|records?|database))?(?: accordingly)?$/i

/** It asks to write down what was said, and names no value of its own. */
export function asksToRecord(said: string): boolean {
  return (
    (recording.test(clean(said)) && !/^(?:re-?assign|assign|transfer|move|switch|hand over|add|put)\b/i.test(said)) ||
    /^(?:put|note|enter|set|save|record|use|take|write) (?:that|this|it|that date|that day)(?: in| down)? as (?:the|their|his|her|its|a) [\p{L} -]+$/iu.test(
      clean(said),
    )
  )
}

const spokenTo =
  /^(?:i|we)(?:'ve| have)?(?: just)? (?:spoke|spoken|talked|met|chatted|called|phoned|rang|saw|visited|reached|contacted|(?:had|have had) an? (?:\S+ )?(?:call|meeting|chat))(?: up)?(?: (?:to|with))? (.+?) (today|yesterday|(?:on|last) .+)$/i

/** An instruction with what was said before it, for its pronouns. */
export interface Stated {
  instruction: string
  before: string
}

/** The instructions that the last statement may be when it is to be recorded, likeliest first. */
export function recorded(said: string, before: string): Stated[] {
  // "Jot down that we spoke to Parker Garcia yesterday."
  const noted = /^(?:jot|note|record|log|write|put|mark)(?: it)?(?: down)? that (.+)$/i.exec(clean(said))?.[1]
  const talked = noted === undefined ? null : spokenTo.exec(noted)
  if (talked !== null) return [{ instruction: `set the last contact date of ${talked[1]} to ${talked[2]}`, before: '' }]
  if (noted !== undefined) return instructionsOf(noted)
  // "I spoke to Jamie Harris today, update the last contact date."
  const spoken = /\blast contact/i.test(said) ? spokenTo.exec(clean(before.split(/\s*\|\s*/).at(-1) ?? '')) : null
  if (spoken !== null && recording.test(clean(said))) return [{ instruction: `set the last contact date of ${spoken[1]} to ${spoken[2]}`, before: '' }]
  return recording.test(clean(said)) ? instructionsOf(before) : []
}

/** "Lena looks after Casey White from today" as the instructions it may be; the sentences before tell who "they" are. */
export function instructionsOf(before: string): Stated[] {
  const sentences = before.split(/\s*\|\s*/)
  const last = clean(sentences.at(-1) ?? '').replace(
    /^(?:as of (?:today|now)|from now on|from today(?: on)?|starting (?:now|today)|effective (?:immediately|today)),? (?=\S.* (?:(?:belongs?|goes|go) to|will|is going to|is taking|takes over|deals? with|looks? after|handles?|manages?|owns?|takes?|gets?|has) )|^(?:(?:we|i)(?:'ve| have)? (?:decided|agreed)|i think|i believe|it seems|it looks like|apparently|fyi|note that|just so you know)[,:]?(?: that)?\s+/i,
    '',
  )
  const earlier = sentences.slice(0, -1).join(' | ')
  const wrong = new RegExp(`^(.+?)'s ${field} is (?:wrong|incorrect|outdated|out of date|not right|old)$`, 'iu').exec(clean(sentences.at(-2) ?? ''))
  const right = /^(?:the (?:right|correct|new|actual) one|it|the (?:right|correct|new|actual) (?:\S+ ){1,2}?)(?:'s| is| should be) (.+)$/i.exec(last)
  const mended = wrong === null || right === null ? [] : [{ instruction: `change ${wrong[1]}'s ${wrong[2]} to ${right[1]}`, before: '' }]
  return [
    ...mended,
    ...statements.flatMap(([pattern, instruction]) => {
      const match = pattern.exec(last)
      if (match === null) return []
      const made = instruction([...match].slice(1))
      // "They want training": them, who were spoken of before.
      return [
        {
          instruction: made.replace(/(?<![\p{L}'])(?:they|he|she)(?:'s)?(?![\p{L}'])/giu, 'them'),
          before: /(?<![\p{L}'])(?:they|he|she|them|him|her)(?![\p{L}'])/iu.test(made) ? earlier : '',
        },
      ]
    }),
  ]
}
