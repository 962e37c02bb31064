import { type Act, gone, type Sense, senses } from './covering-words.ts'
import { stateValues } from './fields.ts'
import type { Lexis } from './lexis.ts'
import { clean } from './message.ts'
import { readPerson } from './people.ts'
import type { Selection } from './selection.ts'
import { readTarget, tells } from './targets.ts'

/** What the words of an instruction come to, when each of them is known. */
interface Cover {
  acts: readonly Act[]
  wish: boolean
  strong: boolean
  records?: { said: string; selection: Selection }
  person?: string
  giver?: string
  /** The giver is going, so that others get what they had. */
  leaves?: true
  state?: string
  /** What is said next is not so. */
  denied: boolean
  /** What the phrase before may be followed by. */
  next: Pick<Sense, 'giver' | 'taker' | 'into'>
}

/** Words of a message that is read so, and of the records in it. */
const [mostWords, mostOfRecords] = [45, 18]
/** Readings that are worth it. */
const mostTries = 4000
/** It puts terms, asks something or says things of their own, which are not for words that only happen to be known. */
const unfit =
  /⟦|\d{5}|@|\?.*\?|^(?:who|what|which|when|where|why|how|whose|did|does|do|is|are|was|were|has|have|show|list|find|count|tell|give me|show me)\b|\b(?:if|unless|whether|in case|otherwise|except|until|when|once|depending|maybe|perhaps|half|some of|most of|why|how many|how much|meanwhile|compare|don't (?:delete|remove|cancel|move|change|touch|reassign))\b/i
/** An "if" that puts no terms. */
const wished =
  /\b(?:(?:it|that)(?:'d|'s| would| is| will)(?: (?:be|make))?(?: (?:more|much))? (?:best|better|good|great|nice|ideal|wise|wiser|sense)|would it be (?:ok|okay|alright|possible|fine)|is it (?:ok|okay)) if\b/gi
/** With these a phrase of records may begin. */
const begins =
  /^(?:\p{Lu}|all$|any$|every$|each$|the$|my$|our$|both$|those$|everyone$|everybody$|anyone$|anybody$|everything$|whatever$|\p{L}+'s$|lost$|won$|qualified$|overdue$|open$|unfinished$|customers$|clients$|leads$|tasks$|meetings$)/u

/**
 * An instruction in plain words for one that is said in other ones: it names records, perhaps a person or a state, and every other word is
 * known to say no more than what is to become of them.
 */
export function coveredInstruction(text: string, lexis: Lexis): string | undefined {
  const said = clean(text.replace(/\s*\|\s*/g, ' . ').replace(/\s+[–—-]\s+/g, ' . '))
  if (unfit.test(said.replace(wished, ''))) return undefined
  const words = said
    .replace(/([:;!?]|(?<=\p{L})\.)(?= |$)/gu, ' $1 ')
    .replace(/\s+/g, ' ')
    .trim()
    .split(' ')
  if (words.length > mostWords || words.length < 3) return undefined
  const known: Lexis = { ...lexis, before: '', effort: { left: 60, looks: 1500, words: 120_000 } }
  const search = { tries: mostTries, selections: new Map<string, Selection | undefined>() }

  const selectionOf = (phrase: string): Selection | undefined => {
    if (!search.selections.has(phrase)) {
      const found = readTarget(phrase, known)
      search.selections.set(phrase, found !== undefined && tells(found) && found.vague !== true ? found : undefined)
    }
    return search.selections.get(phrase)
  }

  const from = (at: number, before: Cover): string | undefined => {
    // Behind a comma nothing is denied any more.
    const cover = /,$/.test(words[at - 1] ?? '') ? { ...before, denied: false } : before
    if (search.tries-- <= 0 || known.effort.words <= 0) return undefined
    if (at >= words.length) return instructionOf(cover)
    const word = words[at] ?? ''
    if (cover.next.giver === true && /^[.;:!?,]$/.test(word)) return undefined
    if (/^[.;:!?,]$/.test(word))
      return from(at + 1, {
        ...cover,
        denied: false,
        ...(word === ':' ? { wish: cover.wish || cover.records !== undefined, next: { into: true as const } } : {}),
      })
    const bare = words
      .slice(at, at + 14)
      .join(' ')
      .replace(/,(?= |$)/g, '')
    if (cover.records === undefined && cover.next.giver !== true && begins.test(word)) {
      for (let length = Math.min(mostOfRecords, words.length - at); length > 0; length--) {
        const phrase = words.slice(at, at + length)
        if (phrase.some((one) => /^[.;:!?]$/.test(one))) continue
        const selection = selectionOf(clean(phrase.join(' ')))
        const whole = selection === undefined ? undefined : from(at + length, { ...cover, records: { said: clean(phrase.join(' ')), selection }, next: {} })
        if (whole !== undefined) return whole
      }
    }
    for (const length of [2, 1]) {
      const name = words
        .slice(at, at + length)
        .join(' ')
        .replace(/,$/, '')
      const whole = withPerson(name, at, length, cover)
      if (whole !== undefined) return whole
    }
    // "Should not be deleted" is not what is wanted.
    if (cover.next.giver === true) return undefined
    if (cover.next.into === true && cover.state === undefined && cover.records !== undefined)
      for (const length of [3, 2, 1]) {
        const state = clean(words.slice(at, at + length).join(' '))
        const fits = at + length <= words.length && cover.records.selection.entities.some((entity) => stateValues(state, entity, known) !== undefined)
        const whole = fits ? from(at + length, { ...cover, state, next: {} }) : undefined
        if (whole !== undefined) return whole
      }
    const found = senses
      .flatMap(({ pattern, sense }) => {
        const length = pattern.exec(bare)?.[0].split(' ').length
        return length === undefined ? [] : [{ length, sense }]
      })
      .sort((a, b) => b.length - a.length)
    for (const { length, sense } of found) {
      if (cover.denied && sense.acts !== undefined) continue
      const isOrdered = (sense.acts !== undefined || sense.verb === true) && startsClause(at) && !/^\S*(?:[^s]s|ed|en|ing)(?= |$)/i.test(bare)
      const whole = from(at + length, joined(cover, isOrdered ? { ...sense, wish: true } : sense))
      if (whole !== undefined) return whole
    }
    return undefined
  }

  const startsClause = (at: number) => at === 0 || /[.;:!?,]$|^(?:and|so|then|please|just|now|also)$/i.test(words[at - 1] ?? '')

  /** Somebody who is to have them, or has had them until now. */
  const withPerson = (said: string, at: number, length: number, cover: Cover): string | undefined => {
    const name = said.replace(/'(?:s|ve|ll)$/, '')
    const reference = /^\p{Lu}|^\p{L}{3,}$/u.test(name) && !/^(?:them|him|her|they|she|me|myself)$/i.test(name) ? readPerson(name, known) : undefined
    if (reference?.kind !== 'person' || reference.person.userId === undefined) return undefined
    const rest = words.slice(at).join(' ').slice(name.length)
    const left = gone.exec(rest)?.[0]
    if (left !== undefined) {
      const after =
        at +
        words
          .slice(at)
          .join(' ')
          .slice(0, name.length + left.length)
          .split(' ').length
      return cover.giver === undefined || cover.giver === name ? from(after, { ...cover, giver: name, leaves: true, next: {} }) : undefined
    }
    const tail = /'ll$/.test(said) ? { wish: true } : /'(?:s|ve)$/.test(said) ? undefined : {}
    if (tail === undefined) return undefined
    if (cover.next.giver === true) return cover.giver === undefined ? from(at + length, { ...cover, giver: name, next: {} }) : undefined
    return cover.person === undefined ? from(at + length, { ...cover, ...tail, person: name, next: {} }) : undefined
  }

  return from(0, { acts: [], wish: false, strong: false, denied: false, next: {} })
}

function joined(cover: Cover, { acts, wish, strong, denies, giver, taker, into }: Sense): Cover {
  return {
    ...cover,
    acts: acts === undefined ? cover.acts : cover.acts.length === 0 ? acts : cover.acts.filter((act) => acts.includes(act)),
    wish: cover.wish || wish === true,
    denied: cover.denied || denies === true,
    // What was said before agrees with nothing that is said now.
    strong: (cover.strong || strong === true) && !(acts !== undefined && cover.acts.length > 0 && !cover.acts.some((act) => acts.includes(act))),
    next: { ...(giver === true ? { giver } : {}), ...(taker === true ? { taker } : {}), ...(into === true ? { into } : {}) },
  }
}

/** The one thing that all of it asks for. */
function instructionOf({ acts, wish, strong: isStrong, records, person, giver, leaves, state }: Cover): string | undefined {
  if (records === undefined || !(wish || (leaves === true && person !== undefined))) return undefined
  // "Off Lena and onto Nadia" says enough.
  const strong = isStrong || (giver !== undefined && person !== undefined && acts.length === 0)
  const { said, selection } = records
  const [entity] = selection.entities
  if (state !== undefined)
    return person === undefined && giver === undefined && (strong || acts.length === 0) && (acts.length === 0 || acts.includes('move'))
      ? `move ${said} to ${state}`
      : undefined
  if (!strong) return undefined
  if (person !== undefined) {
    if (entity === 'emails') return acts.includes('forward') && giver === undefined ? `forward ${said} to ${person}` : undefined
    if (!(acts.includes('assign') || acts.length === 0) || entity === 'events') return undefined
    return giver === undefined || said.toLowerCase().includes(giver.toLowerCase())
      ? `reassign ${said} to ${person}`
      : `switch ${said} from ${giver} to ${person}`
  }
  const isTheirs = giver === undefined || said.toLowerCase().includes(giver.toLowerCase())
  if (entity === 'events') return acts.includes('cancel') && isTheirs ? `cancel ${said}` : undefined
  return acts.includes('delete') && isTheirs ? `delete ${said}` : undefined
}
