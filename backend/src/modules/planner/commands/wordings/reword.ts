import type { DateTime } from 'luxon'
import { clean, type SpokenMessage, sentencesOf, setAside } from '#backend/modules/planner/commands/message.ts'
import { withoutCourtesies, withoutOpenings } from '#backend/modules/planner/commands/polite.ts'
import type { Language } from '#backend/modules/planner/vocabulary/vocabulary.ts'
import { englishTask, madeTask } from './english-tasks.ts'
import { inEnglish } from './german.ts'
import { germanLetterToTheEnd } from './german-letters.ts'
import { germanWhen, withPointsHeld } from './german-words.ts'
import { letterInSentence, letterToTheEnd, notedConversation } from './letters.ts'
import { introduced, shortly } from './short.ts'
import { withDaysMended } from './typing.ts'
import { englishWhen } from './when.ts'
import { heldPoint, type Wording } from './wording.ts'

/** A message in the plain instructions that are read, where it says them in other words or in German. */
export interface Reworded extends SpokenMessage {
  /** The instructions as they are read, for the names and values in them. */
  text: string
}

const mostCharacters = 2000

/** Words of which a German instruction has one. */
const german =
  /(?<!\p{L})(?:aufgaben?|termine?|treffen|besprechung|notiz|notier\p{L}*|vermerk\p{L}*|erinner\p{L}*|erstell\p{L}*|lege?|füge?|lösche?n?|entferne?n?|setze?n?|ändere?|ändern|stelle?|markiere?n?|schreibe?|schicke?|sende|verschiebe?n?|verlege?n?|übergib|übergebe?n?|weise?|ordne|trage?|sage?|plane?|vereinbare?|buche?|neue[rnsm]?|der|die|das|den|dem|ist|und|für|auf|bei|mit|bitte|uhr|anrufen|zurückrufen)(?!\p{L})/iu

/** Asks for what was said before it, and for nothing more. */
const confirming =
  /^(?:(?:please|pls|so|and|can you|could you|would you|bitte|kannst du) )*(?:add|create|save|enter|put|do|note|log|update|record|mark|change|fix|book|schedule|send|make|trag|leg|mach|füg)e? (?:them|him|her|it|that|this|das|es|ihn|sie)(?: (?:in|to|into) (?:the|our|my) (?:crm|system|list|contacts|leads|database)| for me| ein| an| hinzu| bitte| please| down)*$/iu

/** English ways to ask for something, which are no questions. */
const request =
  /^(?:(?:please|hey|hi|ok|okay|oh|so|also|oops),? )*(?:can|could|would|will|can't|couldn't) (?:you|we)\b|[,;] (?:so |and |please )?(?:can|could|would) you\b|^(?:would it be|is it) possible\b/i
/** What is asked, supposed or told of others is no instruction. */
const unmeant =
  /^(?:how|what|which|who|whose|when|where|why|did|does|do (?:we|i|they|you)\b|has|have (?:we|i|they|you)|is|are|was|were|should|would it|shall|if|unless|suppose|imagine|whether|never|don't (?!let me forget|forget)|do not (?!let me forget|forget)|not|show|list|count|find|give me|tell me|i (?:was|am|'m) thinking|maybe|perhaps|i wonder)\b/i

/** @returns undefined where nothing of it is said otherwise */
export function reworded(message: string, now: DateTime, language: Language): Reworded | undefined {
  if (message.length > mostCharacters) return undefined
  const isGerman = language === 'de' || german.test(message)
  const { text, quotes } = setAside(isGerman ? withPointsHeld(message) : message)
  const wording: Wording = { quotes, now, times: englishWhen }
  const germanWording: Wording = { quotes, now, times: germanWhen }
  let changed = false
  const use = (other: string | undefined): string | undefined => {
    if (other !== undefined) changed = true
    return other
  }
  const plain = text.replace(/[‘’]/g, "'").trim()
  const bare = withoutOpenings(plain)
  const whole =
    unmeant.test(bare) || /\?\s*$/.test(plain)
      ? undefined
      : use(
          letterToTheEnd(bare, wording) ??
            introduced(clean(bare), wording) ??
            notedConversation(clean(bare), wording) ??
            madeTask(clean(plain), wording) ??
            (isGerman ? germanLetterToTheEnd(germanBare(plain), germanWording) : undefined),
        )
  if (whole !== undefined) return { text: whole, quotes, sentences: [{ text: whole, isQuestion: false }] }
  const told = sentencesOf(plain).filter(({ text: said }, index) => index === 0 || !/^(?:ta|cheers|thx|ty|danke|merci)$/i.test(said))
  const sentences = told.flatMap(({ text: said, isQuestion }) => {
    // "Please add them", of what has just been said.
    if (changed && confirming.test(said)) return []
    const other = (isGerman ? inEnglish(said, isQuestion, germanWording) : undefined) ?? inOtherWords(said, isQuestion, wording)
    return use(other) === undefined
      ? { text: said.replaceAll(heldPoint, '.'), isQuestion }
      : { text: clean(other ?? said).replaceAll(heldPoint, '.'), isQuestion: false }
  })
  return changed ? { text: sentences.map((sentence) => sentence.text).join('. '), quotes, sentences } : undefined
}

const germanBare = (said: string) => said.replace(/^(?:(?:bitte|hallo|hi|hey),? )+/i, '').replace(/ bitte(?: mal)?(?= )/i, '')

/** "I want that you create me a task", "please to make": as somebody says it whose language is another. */
function asMeant(said: string): string {
  return said
    .replace(/^(?:i|we) (?:want|wish|need|would like) that you (?:do )?/i, '')
    .replace(/^please to (?=\p{L})/iu, '')
    .replace(/^(\p{L}+) please (?=an?\b|the\b|one\b|me\b)/iu, '$1 ')
    .replace(
      /^(?:(?:great|good|bad|sad|some|big) news|fyi|heads[- ]up|quick update|update(?=[:,!])|just so you know|unfortunately|sadly|finally|yay|woohoo)[,:!.]*\s+/i,
      '',
    )
    .replace(/^(?:would it be|is it) possible (?:for you )?to /i, '')
    .replace(/^(?:remember|reminder) me\b/i, 'remind me')
    .replace(/^remind me too /i, 'remind me to ')
    .replace(/\bfor to (?=\p{L})/giu, 'to ')
    .replace(/\bat (?=\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))/gi, 'on ')
    .replace(/\bin (?=next (?:week|month))/gi, '')
    .replace(/\bthe (?=(?:Mr|Mrs|Ms|Dr)\b)/g, '')
    .replace(/\bat (?=(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)/gi, 'on ')
}

function inOtherWords(sentence: string, isQuestion: boolean, wording: Wording): string | undefined {
  if (isQuestion && !request.test(sentence)) return undefined
  const forgotten = /(?:^|[\s,:])(?:don't|do not) let me forget\b.*$/i.exec(sentence)?.[0]
  const said = forgotten === undefined ? withoutCourtesies(asMeant(withoutCourtesies(asMeant(sentence)))) : clean(forgotten)
  if (said === '' || unmeant.test(said) || unmeant.test(asMeant(sentence))) return undefined
  const meant = asMeant(said)
  const days = withDaysMended(meant)
  const asked = englishTask(days, wording) ?? letterInSentence(meant, wording) ?? shortly(days, wording)
  if (asked !== undefined) return asked
  // "Just got off the phone with Ulrike, can you jot down on her record that …": what was said before stays.
  const lead = /^(.{3,120}?)[,;] (?:so |and )?((?:can|could|would) you .+|please .+|(?:put|note|log|add|jot|write|mark|give|remind) .+)$/i.exec(meant)
  const rest = lead === null ? undefined : withoutCourtesies(lead[2] ?? '')
  const other =
    rest === undefined || unmeant.test(lead?.[1] ?? '') ? undefined : (letterInSentence(rest, wording) ?? englishTask(rest, wording) ?? shortly(rest, wording))
  return other === undefined ? undefined : `${lead?.[1]}, please ${other}`
}
