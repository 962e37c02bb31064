/** Wordings that the grammar tells from others of the same meaning, whatever the language. */
export const cues = [
  /** Asks for an amount. */
  'howMuch',
  /** Says in which time, and not how long something took. */
  'withinNamed',
  /** Has a language. */
  'speaks',
  /** At how many times. */
  'howOften',
  /** How many of each, and no question how many there are. */
  'counts',
  /** Begins what is said of the noun before it. */
  'relative',
  /** Is, of one. */
  'isOne',
  /** All persons, each for himself. */
  'everybody',
  /** Took place, and so lies behind. */
  'tookPlace',
  'one',
  /** Stands for records spoken of before: "the last one". */
  'oneOfThem',
  /** As much trade as anyone. */
  'mostTrade',
  /** In little time, in much. */
  'fast',
  'slow',
  /** Closes, rather than was closed. */
  'closes',
  /** Denies what is done. */
  'not',
  /** Those who work somewhere. */
  'staff',
  /** Says who did it, or by what groups are made. */
  'by',
  'byWhom',
  'grouping',
  'each',
  'byDate',
  'mostOverdue',
  /** Freshly made. */
  'newly',
  'new',
  'startsWith',
  'endsWith',
  /** Between a field and its value. */
  'linking',
  /** "In the subject". */
  'inField',
  'ofField',
  /** Points to one thing, and perhaps to nothing. */
  'it',
  /** A shape whose word is a noun or a verb too. */
  'shapeWord',
  'customer',
  'distinct',
  'recent',
  'inName',
  'letters',
  'worth',
  'times',
  /** The most often. */
  'oftenest',
  /** How often, in one word. */
  'often',
  'came',
  /** A telephone call, as a noun. */
  'callNoun',
  /** Judged by a rating. */
  'rated',
  /** Was sent or written by somebody. */
  'sent',
  /** Asks for where something has its origin, together with "where". */
  'comesFrom',
  'spending',
  'importance',
  'numberOf',
  'but',
  'person',
  'which',
  'me',
  'i',
  /** Orders a telephone call. */
  'ring',
  /** Before a number that is compared: "more than 2000". */
  'comparedTo',
  'handsOver',
  'between',
  'and',
  /** Points to records of the answer before: "those orders". */
  'those',
  /** A period that something has lasted. */
  'lasting',
  /** What something takes time to do. */
  'infinitive',
  /** Something that was done to a record, said by a word that is no verb of the vocabulary. */
  'happened',
  /** Before a participle: it is still to happen. */
  'toBe',
  /** A record changed hands. */
  'handedOver',
  /** Before a verb: it is still to be done. */
  'obliged',
  /** In the name of a stage in which nothing is open. */
  'closedStage',
  /** An order by name, and one by size. */
  'byLabel',
  'bySize',
  /** Everybody of the team, each by themselves. */
  'ofUs',
  /** Says that one of two is more, and so of what it is said of nothing that is the most. */
  'comparative',
  /** After "top": by what is sold. */
  'selling',
  /** A number by which somebody is reached. */
  'phoneWord',
  /** Beside a verb at the end of a question. */
  'does',
  'cost',
  /** Says what is for sale, not what was sold. */
  'sells',
  /** Ranks by a dimension, which must be named. */
  'dimension',
  /** It is yet to come. */
  'will',
  /** The moment of asking, which limits nothing. */
  'asOfNow',
  /** A moment by which things stood so. */
  'asOf',
  /** What stands behind "the last": one of the times that something was done. */
  'oneTime',
  /** How long something has existed. */
  'aged',
  /** Those who ask. */
  'us',
  /** Before a field that is to be shown beside its record. */
  'theirs',
  /** In the label of a date that is awaited. */
  'awaited',
  /** No more than so long. */
  'within',
  /** Between somebody and what he does. */
  'still',
  /** Earns by selling. */
  'bringsIn',
  'worksOn',
  /** Opens a question after what something is. */
  'whatIs',
  'whoIs',
  /** Before a time: all through it; before an amount: more than it. */
  'overAll',
  /** Before what something came of. */
  'onAccountOf',
  /** Of a unit of time, all of them. */
  'everyUnit',
  /** Denies the verb before it. */
  'nothing',
  /** Between two of a kind, takes back the first. */
  'no',
  /** Behind the name of something that holds until a date. */
  'runsOut',
  /** It has done so. */
  'ranOut',
  /** Asks for a field by what lies in it. */
  'inWhich',
  /** Makes a record, though the word says what it is, too. */
  'opens',
  /** Who did it, before the verb. */
  'weDid',
  /** Says what somebody has who was named. */
  'whose',
  /** Asks for what is ours. */
  'weHave',
  /** Wants records rather than a figure. */
  'lists',
  /** Says that there are no others. */
  'exclusively',
  /** Says that each of two is meant. */
  'eachOfTwo',
  /** Says that it is of who asks. */
  'mine',
  /** Asks to be told or shown. */
  'givesMe',
  /** In what a number is measured. */
  'measured',
  /** Opens a question about what was done. */
  'askedOfPast',
  /** What is said of something that may have been named before; and what may be named behind it instead. */
  'predicate',
  /** Says of a place what it is, before its name or in it. */
  'ofState',
  'ofCity',
  'ofCountry',
  /** Opens a clause that says of what, when or where a question is. */
  'leadsIn',
  'best',
  'everyOne',
  'ourStaff',
  'itSays',
  'andTheir',
  'whoIsOne',
  'weSpoke',
  'figureNoun',
  'ofEach',
  'subject',
  /** Between all and those who are none of them. */
  'except',
  /** One by the other, rather than a part of all. */
  'ratio',
  /** Of all of them, whatever became of each. */
  'ofEvery',
  /** Adds up what was told apart. */
  'together',
] as const
export type Cue = (typeof cues)[number]

/** Wordings by cue, several separated by `|`; `*` stands for anything. */
export type Cues = Readonly<Record<Cue, string>>
