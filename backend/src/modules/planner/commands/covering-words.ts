/** What words that stand around records say of what is to become of them. */
export type Act = 'delete' | 'cancel' | 'assign' | 'move' | 'forward'

/** What a phrase adds to what was understood. */
export interface Sense {
  acts?: readonly Act[]
  /** Somebody wants something. */
  wish?: true
  /** It says by itself that something changes hands, goes or stays. */
  strong?: true
  /** A verb that says nothing of its own. */
  verb?: true
  /** It says what is not so: another verb behind it, in the same clause, is denied as well. */
  denies?: true
  /** The person behind it has them until now. */
  giver?: true
  /** The person behind it is to have them. */
  taker?: true
  /** What stands behind it may be a state. */
  into?: true
}

const be = "(?:is|are|be|being|been|was|were|'s|'re|get|gets|getting)"
const modal = '(?:should|must|needs? to|has to|have to|had to|will have to|has got to|have got to|can|may|is to|are to)'
const now = '(?: (?:all|both|now|just|simply|also|really|please|finally|definitely))*'
const away = '(?: (?:over|across|on|along|back|straight))*'

/** Phrases with what they say; none of them limits which records are meant, or puts terms. Longer ones are tried first where they stand. */
const phrases: readonly (readonly [string, Sense])[] = [
  // That something is wanted.
  ['(?:please|pls|plz|kindly)', { wish: true }],
  [`(?:can|could|would|will|may) (?:you|we|i|someone|somebody|anyone|anybody)${now}`, { wish: true }],
  [
    "(?:i|we)(?:'d| would|'ll)?(?: really| much)? (?:like|want|need|love|prefer|rather|wish)(?: (?:to (?:have|see|get)|for|you to|someone to|somebody to|us to))?(?: to)?",
    { wish: true },
  ],
  [
    "(?:it'd|it would|it'll|that'd) (?:be|make) (?:good|better|best|great|nice|ideal|more sense|sense|wise|easier)(?: (?:if|for|to have|that|to))?",
    { wish: true },
  ],
  ['it makes (?:(?:more|most|a lot of|much more) )?sense (?:for|to have|to|that|if)', { wish: true }],
  ["it(?:'s| is) (?:best|better|time|high time)(?: (?:if|for|to have|that|to))?", { wish: true }],
  ['would it be (?:ok|okay|alright|all right|possible|fine|an option) (?:to|if (?:you|we)|for)', { wish: true }],
  ['is it (?:ok|okay|possible) (?:to|if (?:you|we)|for)', { wish: true }],
  ["(?:let|let's|let us)(?: have)?", { wish: true }],
  ['make sure(?: that)?', { wish: true }],
  ['see(?: to it)?(?: that)?', { wish: true }],
  ['(?:go ahead and|feel free to|time to|be so kind as to|arrange for|arrange that|get)', { wish: true }],
  ['(?:from (?:now|today|here)(?: on)?|as of (?:now|today)|going forward|starting (?:today|now)|with immediate effect|effective immediately)', { wish: true }],
  [`${modal}${now}(?: (?:be|get))?`, { wish: true }],
  ['(?:is|are) to(?: be)?', { wish: true }],
  ["(?:(?:is|are|'s|'re) going to|will|'ll|shall)(?: be)?", {}],
  // Nothing but how it is said.
  [
    "(?:and|so|then|also|now|just|both|all|too|as well|again|instead|that|who|the|of|for|to|it's|of it|out there|up|on|in|with us|for us|for me|over here|here|there|hence|therefore|accordingly|thanks|thank you|cheers|asap|right away|straight away)",
    {},
  ],
  [be, {}],
  ['(?:permanently|for good|completely|altogether|entirely|officially|any ?more|any ?longer|these days|unfortunately|sadly|apparently)', {}],
  [
    '(?:in|from|out of|off|on|to|into|within) (?:the|our|my) (?:crm|database|system|systems|records|list|lists|books|files|customer (?:list|base|database|records)|sales pipeline|calendar|diary|schedule|agenda|inbox|mailbox|board)',
    {},
  ],
  ['(?:the|our|my) (?:crm|database|system|records|calendar|diary|schedule|agenda|inbox|list|books)', {}],
  ['as an? (?:customer|client|contact|lead)', {}],
  [
    '(?:them|they|it|him|her|he|she|those|these|their (?:record|entry|profile|details|data|account)|his (?:record|entry)|her (?:record|entry)|the (?:record|entry))',
    {},
  ],
  ['(?:update|change|adjust|amend|reflect (?:that|this)(?: in)?|record (?:that|this)(?: in)?)', { verb: true }],
  [
    "(?:i think|i guess|we think|i believe|it turns out|it seems|i'm afraid|as discussed|(?:we|i)(?:'ve| have)? (?:been told|heard|learned|learnt|found out)(?: that)?|as agreed|as planned|we've (?:decided|agreed)(?: that)?|we have (?:decided|agreed)(?: that)?|it was decided(?: that)?)",
    {},
  ],
  // Why it is to be so.
  [
    "(?:they|he|she|it)(?:'ve| have|'s| has|'re| are| is)? (?:gone (?:bankrupt|bust|under|elsewhere|away|out of business)|gone|bankrupt|out of business|closed down|moved on|moved away|moved abroad|left(?: us| the company| the firm| the team| the business)?|a duplicate|duplicates|history|inactive|dead|no longer with us|(?:switched to|went with|gone with|chose|chosen|went to|gone to|signed with|moved to) (?:an?|another|some other|the) (?:competitor|supplier|vendor|provider|company|firm)|asked (?:for (?:it|that)|us to|to be removed))",
    {},
  ],
  [
    '(?:is|are|has|have) (?:history|bankrupt|a duplicate|duplicates|out of business|gone|inactive|retiring|retired|closing(?: down)?|closed down|moving away|moved away|gone bankrupt|stopped buying)',
    {},
  ],
  // They go.
  [
    '(?:delet(?:e|ed|ing)|remov(?:e|ed|ing)|eras(?:e|ed|ing)|purg(?:e|ed|ing)|scrap(?:ped|ping)?|discard(?:ed|ing)?|wip(?:e|ed|ing)(?: out| off)?|bin(?:ned|ning)?|clear(?:ed|ing)?(?: out| away| off)?|struck|strike|tak(?:e|en) (?:off|out|down)|taken away|drop(?:ped|ping)?|(?:get|getting|got|be|be gotten) rid of|throw(?:n)? (?:out|away))',
    { acts: ['delete', 'cancel'], strong: true },
  ],
  ['(?:say goodbye to|part(?:ed)? (?:ways )?with|cut loose|disappears?|vanish(?:es)?|be gone|gone)', { acts: ['delete', 'cancel'], strong: true }],
  [`${modal}${now} (?:go|come off|come out)(?: away)?`, { acts: ['delete', 'cancel'], strong: true, wish: true }],
  [
    "(?:(?:(?:i|we|you|there's|there is) )?(?:can't|cannot|can not|don't|do not|didn't|needn't|no longer|no need to|no reason to|no point in|no use in)(?: (?:want|need|have|wish) to)?|(?:aren't|isn't|is not|are not) worth) (?:keep(?:ing)?|hold(?:ing)? on to|retain(?:ing)?|hang(?:ing)? on to)",
    { acts: ['delete'], strong: true, wish: true, denies: true },
  ],
  ['(?:nobody|no one|none of us|(?:i|we) no longer) (?:needs?|uses?)', { acts: ['delete', 'cancel'], strong: true, wish: true, denies: true }],
  [
    "(?:is|are)(?: not|n't| no longer)(?: being)? (?:needed|wanted|required|useful|of use|relevant|necessary)",
    { acts: ['delete', 'cancel'], strong: true, wish: true, denies: true },
  ],
  // They are called off.
  ['(?:cancel(?:l?ed|l?ing)?|call(?:ed)? off|skip(?:ped)?|(?:has |have )?(?:fallen|fell|fall) through)', { acts: ['cancel'], strong: true }],
  [
    "(?:(?:isn't|is not|aren't|are not|won't be|will not be) (?:happening|taking place|going ahead)|won't (?:happen|take place|go ahead|be needed))",
    { acts: ['cancel'], strong: true, denies: true },
  ],
  // They go to somebody.
  [
    `(?:re-?assign(?:ed|ing)?|assign(?:ed|ing)?|mov(?:e|ed|ing)|hand(?:ed|ing)?|pass(?:ed|ing)?|giv(?:e|en|ing)|transfer(?:red|ring)?|switch(?:ed|ing)?|shift(?:ed|ing)?|allocat(?:e|ed|ing)|turn(?:ed)?|delegat(?:e|ed|ing)|sign(?:ed)?|bring|brought|put)${away}(?: (?:to|onto|with|under))?`,
    { acts: ['assign', 'move'], strong: true, taker: true, into: true },
  ],
  [
    '(?:handl(?:e|es|ed|ing)|look(?:s|ed|ing)? after|tak(?:e|es|en|ing) (?:over|on|care of)|tak(?:e|es|ing)|manag(?:e|es|ed|ing)|own(?:s|ed|ing)?|deal(?:s|t|ing)? with|inherit(?:s|ed|ing)?|cover(?:s|ed|ing)?|pick(?:s|ed|ing)? up|(?:be )?(?:in charge of|responsible for)|(?:be )?the (?:new )?(?:owner|account manager|contact|contact person) (?:of|for))(?: by)?',
    { acts: ['assign'], strong: true },
  ],
  [
    '(?:belongs?|go|goes|going|be given|get passed)(?: over| across| on| back)? (?:to|with|under)',
    { acts: ['assign', 'move'], strong: true, taker: true, into: true },
  ],
  ['(?:in|into) (?:the )?(?:hands|care) of', { acts: ['assign'], strong: true, taker: true }],
  ['(?:gets?|have|has|with|under|onto|over to|across to|to|by|for)', { taker: true }],
  ['(?:off|from|away from|instead of|rather than|in place of|and not|not|no longer)', { giver: true }],
  // They get another state.
  [
    '(?:set|put|mark(?:ed)?|mov(?:e|ed)|chang(?:e|ed)|switch(?:ed)?|updat(?:e|ed)|treat(?:ed)?|mak(?:e|es)|made|flag(?:ged)?|push(?:ed)?|advanc(?:e|ed)|bump(?:ed)?|regard(?:ed)?|consider(?:ed)?|count(?:ed)?|class(?:ed)?|record(?:ed)?|list(?:ed)?|go|goes|progress)(?: back| up| down| on| over)?(?: (?:to|as|into|in))?',
    { acts: ['move'], strong: true, into: true },
  ],
  ['(?:(?:the|their|his|her) )?(?:status|stage)(?: (?:of|for|to|is|should be|as))?', { acts: ['move'], into: true }],
  ['(?:(?:back )?(?:to|as|into|in|at)|ready for|done and)(?: the)?', { into: true }],
  ['(?:stage|status|list|phase|column)', {}],
  // Somebody is to see them.
  [
    '(?:forward(?:ed|ing)?|send|sent|shar(?:e|ed|ing)|pass(?:ed)?|cop(?:y|ied)|cc|show(?:n)?|relay(?:ed)?|loop(?:ed)? in)(?: on| over| along| across)?(?: (?:to|with|on))?',
    { acts: ['forward'], strong: true, taker: true },
  ],
  [
    '(?:see|read|look at|have a look at|know about|be aware of|get|receive|take a look at|needs?|wants?|asked for|would like|is waiting for)',
    { acts: ['forward'], strong: true },
  ],
]

export const senses: readonly { pattern: RegExp; sense: Sense }[] = phrases.map(([pattern, sense]) => ({
  pattern: new RegExp(`^${pattern}(?=$| )`, 'i'),
  sense,
}))

/** Why somebody has them no longer: "is leaving at the end of the month", "'s off sick". */
export const gone =
  /^(?:'s|'re| is| are| has| have| will be| is going on| went on| has gone on) (?:just |now |also |recently )*(?:left|leaving|quit|quitting|retired|retiring|resigned|gone|away|off|out|off sick|out sick|sick|ill|busy|swamped|overloaded|too busy|fully booked|on (?:leave|holiday|vacation|parental leave|maternity leave|sick leave)|leave|holiday|vacation|moving on|moving to another team|got (?:too much on|(?:too much|enough) on (?:her|his|their) plate)|no (?:time|capacity)|out of the office|down with (?:the flu|a cold))(?: (?:us|the company|the firm|the team|the business|at the end of (?:the|this|next) (?:week|month|year)))*(?=$|[ ,])/i
