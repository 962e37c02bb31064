import { editDistance } from '#backend/kernel/edit-distance.ts'
import { lexiconOf } from '#backend/modules/planner/language/lexicons.ts'
import { englishCommonWords } from '#backend/modules/planner/vocabulary/en-common-words.ts'

/** Words of instructions, as they are meant where they are typed wrongly. */
const verbs =
  'create add make remind schedule book cancel delete remove change update move mark send write email reply forward assign reassign postpone reschedule complete finish close convert merge link rename attach invite push shift call'.split(
    ' ',
  )
const others =
  'task tasks reminder meeting appointment event phone number mobile address title status stage value amount owner priority lead contact deal opportunity company organisation note tomorrow today monday tuesday wednesday thursday friday saturday sunday january february april august september october november december week month next please with about from customer customers client clients proposal proposals meetings emails'.split(
    ' ',
  )
const words: readonly string[] = [...verbs, ...others]
const known = new Set(words)
/** What is too short to be near another word, or is one itself that no instruction begins with. */
const usual: Readonly<Record<string, string>> = {
  ad: 'add',
  cal: 'call',
  nxt: 'next',
  frm: 'from',
  tmr: 'tomorrow',
  tmrw: 'tomorrow',
  crate: 'create',
  leed: 'lead',
  moov: 'move',
  teh: 'the',
  remindme: 'remind me',
}

const isRight = (word: string) => known.has(word) || englishCommonWords.has(word) || lexiconOf('en').words.has(word)

/** The word that was meant, where it can be no other. */
function meant(word: string, among: readonly string[]): string | undefined {
  const said = word.toLowerCase()
  const told = usual[said]
  if (told !== undefined) return told
  if (said.length < 4 || isRight(said)) return undefined
  const most = said.length >= 8 ? 2 : 1
  const near = among.flatMap((one) => {
    const distance = one[0] === said[0] || one[0] === said[1] ? editDistance(said, one, most) : most + 1
    return distance > most ? [] : [{ one, distance }]
  })
  const least = Math.min(...near.map(({ distance }) => distance))
  const nearest = near.filter(({ distance }) => distance === least)
  const [best, ...rivals] = nearest.some(({ one }) => one.length === said.length) ? nearest.filter(({ one }) => one.length === said.length) : nearest
  return rivals.length === 0 ? best?.one : undefined
}

/** With these a question may begin as well. */
const begins = verbs.filter((verb) => !/^(?:email|call|link|mark|book|close|share)$/.test(verb))
const opening = /^((?:(?:please|pls|can you|could you|hey|hi|ok) )*)(\p{L}{2,14})(?= )/iu

/** The text with the verb that is meant, when it begins with one that is typed wrongly. */
export function withVerbMended(text: string): string | undefined {
  const match = opening.exec(text)
  const verb = match === null ? undefined : meant(match[2] ?? '', begins)
  return match === null || verb === undefined ? undefined : `${match[1]}${verb}${text.slice(match[0].length)}`
}

const days = others.filter((word) => /day$|^tomorrow$|ber$|^(?:january|february|april|august)$/.test(word))

/** Names of days and months as they are meant. */
export function withDaysMended(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}@./'⟦-])\p{Ll}{5,10}(?![\p{L}\p{N}@⟧])/gu, (word) => (word in usual ? word : (meant(word, days) ?? word)))
}

/**
 * The words of an instruction as they are meant; what is capitalised and stands behind a colon is left as it is.
 * @param names single words in use here, such as stages
 */
export function withTypingMended(text: string, names: readonly string[]): string | undefined {
  const begun = withVerbMended(text) ?? text
  const colon = begun.search(/:\s/)
  const [head, body] = colon === -1 ? [begun, ''] : [begun.slice(0, colon), begun.slice(colon)]
  const mended = head.replace(/(?<![\p{L}\p{N}@./'⟦-])\p{L}{2,14}(?![\p{L}\p{N}@⟧]|\.\p{L}|-)/gu, (word, at: number) =>
    /^\p{Lu}/u.test(word) && at > 0 ? (nameMeant(word, names) ?? word) : (meant(word, words) ?? word),
  )
  return `${mended}${body}` === text ? undefined : `${mended}${body}`
}

/** "Proposl" is the stage Proposal. */
function nameMeant(word: string, names: readonly string[]): string | undefined {
  const said = word.toLowerCase()
  if (said.length < 5 || isRight(said) || names.some((name) => name.toLowerCase() === said)) return undefined
  const near = names.filter((name) => editDistance(said, name.toLowerCase(), 1) <= 1)
  return near.length === 1 ? near[0] : undefined
}
