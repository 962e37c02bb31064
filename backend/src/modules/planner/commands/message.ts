/** A message as commands are read from it: sentences, with what stands in quotation marks set aside verbatim. */
export interface SpokenMessage {
  sentences: readonly Sentence[]
  /** What the marks ⟦0⟧, ⟦1⟧ stand for. */
  quotes: readonly string[]
}

export interface Sentence {
  text: string
  isQuestion: boolean
}

const quotations = [
  /"([^"]+)"/g,
  /“([^”]+)”/g,
  /„([^“”]+)[“”]/g,
  /«([^»]+)»/g,
  // An apostrophe inside a word closes nothing: 'let's catch up'.
  /(?<![\p{L}\p{N}])['‘](?=\S)((?:(?!['’](?:[^\p{L}\p{N}]|$|saying|titled|called|with|and|to|on|at)).)*[^\s])['’](?=[^\p{L}\p{N}]|$|saying|titled|called|with|and|to|on|at)/gu,
]

/** Words that are often typed wrongly, as they are meant. */
const misspelt: Readonly<Record<string, string>> = {
  plese: 'please',
  pleaes: 'please',
  reasign: 'reassign',
  reassgin: 'reassign',
  delte: 'delete',
  deleet: 'delete',
  cancle: 'cancel',
  shedule: 'schedule',
  schedual: 'schedule',
  forword: 'forward',
  meting: 'meeting',
  meetting: 'meeting',
  custmer: 'customer',
  costumer: 'customer',
  remvoe: 'remove',
  recieved: 'received',
  overdu: 'overdue',
}

/** Short forms as they are meant: a "not" must not be lost with its apostrophe. */
const contractions: Readonly<Record<string, string>> = {
  dont: "don't",
  doesnt: "doesn't",
  didnt: "didn't",
  havent: "haven't",
  hasnt: "hasn't",
  isnt: "isn't",
  arent: "aren't",
  wasnt: "wasn't",
  cant: "can't",
  thats: "that's",
  whos: "who's",
  theyre: "they're",
  ive: "I've",
  nxt: 'next',
  mtg: 'meeting',
  mtgs: 'meetings',
  tmrw: 'tomorrow',
  tmr: 'tomorrow',
}

const mark = (index: number) => ` ⟦${index}⟧ `

/** Sets quotations aside and splits the rest into sentences. */
export function readMessage(message: string): SpokenMessage {
  const { text, quotes } = setAside(message)
  return { sentences: sentencesOf(text), quotes }
}

/** The message with marks in place of what stands in quotation marks. */
export function setAside(message: string): { text: string; quotes: string[] } {
  const quotes: string[] = []
  let text = message.replace(/\s+/g, ' ')
  for (const quotation of quotations)
    text = text.replace(quotation, (_, inner: string) => {
      quotes.push(inner)
      return mark(quotes.length - 1)
    })
  return { text, quotes }
}

/** The sentences of a text whose quotations are set aside. */
export function sentencesOf(said: string): Sentence[] {
  const text = said
    .replace(/[‘’]/g, "'")
    .replace(/\be-mail/gi, 'email')
    .replace(/(?<![\p{L}\p{N}])w\/ ?(?=\p{L})/giu, 'with ')
    .replace(/(?<![\p{L}\p{N}])\p{L}{3,7}(?![\p{L}\p{N}'])/gu, (word) => contractions[word.toLowerCase()] ?? word)
    .replace(/\b(\p{L}{5,})\b/gu, (word) => misspelt[word.toLowerCase()] ?? word)
    .replace(/(\p{Ll}{3,})(?=if (?:they|he|she|I|we)\b)/gu, '$1 ')
    // "A new lead - Robin Castle" is one who is called so.
    .replace(/(?<=\b(?:lead|customer|client|contact|prospect)) [–—-] (?=\p{Lu}\p{L}+ \p{Lu})/giu, ': ')
    .replace(/\s+/g, ' ')
    .trim()
  return (
    text
      // A full stop between words run together ends a sentence as well: "… work'.If not".
      .replace(/([.?!;])(?=⟦|\s⟦)/g, '$1')
      .split(
        /(?<=[.?!;])(?<!(?:^|[\s(])\p{Lu}\.)(?<!\b(?:Mr|Mrs|Ms|Dr|Prof|Hr|Fr)\.)\s+(?=\S)|(?<=⟧)\s*\.\s*(?=\S)|(?<=\p{Ll}[.?!])(?=(?:If|Otherwise|Can|Please)\b)|\s[–—-]\s/u,
      )
      .flatMap((sentence) => {
        const bare = clean(sentence.replace(/[.?!;]+$/, ''))
        return bare === '' ? [] : [{ text: bare, isQuestion: /\?\s*$/.test(sentence) }]
      })
  )
}

/** Without blanks and marks at its ends. */
export function clean(text: string): string {
  return text.replace(/^[\s,;:]+|[\s,;:.]+$/g, '').replace(/\s+/g, ' ')
}

/** The text with its quotations put back. */
export function unquoted(text: string, quotes: readonly string[]): string {
  return text.replace(/⟦(\d+)⟧/g, (_, index: string) => quotes[Number(index)] ?? '').trim()
}

/** Every way to cut a text in two at a pattern, from the left or from the right. */
export function cuts(text: string, at: RegExp, from: 'left' | 'right' = 'left'): { left: string; right: string }[] {
  const found = [...text.matchAll(new RegExp(at.source, at.flags.includes('g') ? at.flags : `${at.flags}g`))].map((match) => ({
    left: clean(text.slice(0, match.index)),
    right: clean(text.slice(match.index + match[0].length)),
  }))
  const whole = found.filter(({ left, right }) => left !== '' && right !== '')
  return from === 'left' ? whole : whole.reverse()
}
