import type { AnswerLanguage } from '#contracts/chat.ts'
import type { MemoryScope } from '../memory.types.ts'

/** What a message asks of memory. */
export type MemoryRequest = { language: AnswerLanguage } & (
  | { kind: 'remember'; statement: string; scope: MemoryScope }
  | { kind: 'forget'; what: string }
  | { kind: 'forgetAll' }
  | { kind: 'list'; about: string }
  | { kind: 'switch'; on: boolean }
)

type Reading = (match: RegExpExecArray) => MemoryRequest | undefined

const remember =
  (language: AnswerLanguage): Reading =>
  (m) => {
    const { everybody, statement = '' } = m.groups ?? {}
    return { kind: 'remember', language, statement, scope: everybody === undefined ? 'person' : 'workspace' }
  }

/** "Forget the tag" is about the question before; a thing by its name, or words in quotes, are about memory. */
function forgetNamed(language: AnswerLanguage): Reading {
  return (m) => {
    const { quoted, named = '' } = m.groups ?? {}
    const what = quoted ?? (keyNamed(named) === undefined ? undefined : named)
    return what === undefined ? undefined : { kind: 'forget', language, what }
  }
}

/** Whole messages; what is asked beside other things is left to whoever answers. */
const patterns: readonly [RegExp, Reading][] = [
  [/^forget (?:everything|all)(?: (?:that )?you (?:know|remember|have learned))?(?: about me)?$/i, () => ({ kind: 'forgetAll', language: 'en' })],
  // "Delete everything" alone may mean the records.
  [
    /^(?:delete|erase) (?:everything|all)(?: (?:that )?you (?:know|remember|have learned)(?: about me)?| about me)$/i,
    () => ({ kind: 'forgetAll', language: 'en' }),
  ],
  [
    /^vergiss alles(?:,? was du (?:über mich )?(?:weißt|weisst|gelernt hast|dir gemerkt hast))?(?: über mich)?$/iu,
    () => ({ kind: 'forgetAll', language: 'de' }),
  ],
  [/^lösche? alles(?:,? was du (?:über mich )?(?:weißt|weisst|gelernt hast|dir gemerkt hast)| über mich)$/iu, () => ({ kind: 'forgetAll', language: 'de' })],
  [
    /^what (?:do|did) you (?:know|remember) about me$|^what (?:have|do) you (?:remember(?:ed)?|learned|memori[sz]ed)$|^(?:show|list)(?: me)? (?:my|your) memor(?:y|ies)$/i,
    () => ({ kind: 'list', language: 'en', about: '' }),
  ],
  [/^what do you remember (?:about|of) (.{2,80})$/i, (m) => ({ kind: 'list', language: 'en', about: m[1] ?? '' })],
  [
    /^was (?:weißt|weisst) du über mich$|^was hast du dir (?:über mich )?gemerkt$|^woran erinnerst du dich$|^(?:zeige? )?(?:mir )?(?:mein|dein) gedächtnis$/iu,
    () => ({ kind: 'list', language: 'de', about: '' }),
  ],
  [/^was hast du dir (?:über|zu) (.{2,80}) gemerkt$/iu, (m) => ({ kind: 'list', language: 'de', about: m[1] ?? '' })],
  [
    /^(?:stop remembering(?: things| anything)?(?: about me)?|(?:turn|switch) off (?:my |your |the )?memory|(?:turn|switch) (?:my |your |the )?memory off)$/i,
    () => ({ kind: 'switch', language: 'en', on: false }),
  ],
  [
    /^(?:start remembering(?: things)?(?: again)?|(?:turn|switch) on (?:my |your |the )?memory|(?:turn|switch) (?:my |your |the )?memory(?: back)? on)$/i,
    () => ({ kind: 'switch', language: 'en', on: true }),
  ],
  [
    /^(?:schalte? (?:das |dein |mein )?gedächtnis (?<on>aus|ab|ein|an)|merk dir nichts mehr(?: über mich)?)$/iu,
    (m) => ({ kind: 'switch', language: 'de', on: /^(ein|an)$/iu.test(m.groups?.on ?? 'aus') }),
  ],
  [
    /^(?:can you |could you )?(?:remember|keep in mind|note|don['’]?t forget|memori[sz]e)(?<everybody> for (?:everyone|everybody|all of us|the team|the whole team|the workspace))?(?: that\b|:|,)[,:]?\s*(?<statement>.+)$/is,
    remember('en'),
  ],
  [/^(?:remember|don['’]?t forget) (?<statement>(?:my|i|i['’]m|our|we)\b.+)$/is, remember('en')],
  [
    /^(?:(?:merke? (?:dir|es dir)|merken sie sich|denke? daran|vergiss nicht|notiere? dir|behalte)(?: bitte)?)(?<everybody> für (?:alle|uns alle|das team|das ganze team))?(?:,? dass\b|:|,)[,:]?\s*(?<statement>.+)$/isu,
    remember('de'),
  ],
  [
    /^(?:forget|delete the memory)(?: that| what you (?:know|remember) about|:) ["“„]?(.{2,300}?)["”“]?$/i,
    (m) => ({ kind: 'forget', language: 'en', what: m[1] ?? '' }),
  ],
  [/^forget (?:["“„](?<quoted>.{2,300}?)["”“]|(?<named>.{2,60}))$/i, forgetNamed('en')],
  [/^vergiss(?:,? dass|,? was du über|:) ["“„]?(.{2,300}?)["”“]?(?: (?:weißt|weisst))?$/iu, (m) => ({ kind: 'forget', language: 'de', what: m[1] ?? '' })],
  [/^vergiss,? (?:["“„](?<quoted>.{2,300}?)["”“]|(?<named>.{2,60}))$/iu, forgetNamed('de')],
]

/** What the whole message asks of memory; undefined when it is about something else. */
export function readMemoryRequest(message: string): MemoryRequest | undefined {
  const bare = message
    .trim()
    .replace(/^(?:please|bitte)[,:]?\s+/i, '')
    .replace(/(?:,? (?:please|bitte))?[\s.!?]*$/i, '')
  for (const [pattern, read] of patterns) {
    const match = pattern.exec(bare)
    const request = match === null ? undefined : read(match)
    if (request !== undefined) return request
  }
  return undefined
}

/** What people call the things that rules remember. */
const keyNames: readonly [RegExp, string][] = [
  [/^(?:my name|what (?:i am|i['’]m) called|meinen namen|wie ich hei(?:ß|ss)e)$/iu, 'name'],
  [/^(?:my (?:location|office|city)|where i (?:live|work|am based|['’]m based)|meinen (?:ort|standort)|wo ich (?:wohne|arbeite|sitze))$/iu, 'location'],
  [/^(?:my (?:default |preferred )?currency|meine (?:bevorzugte )?währung)$/iu, 'currency'],
  [/^(?:my time ?zone|meine zeitzone)$/iu, 'time zone'],
  [/^(?:my (?:role|job|title|position)|meine (?:rolle|funktion|position))$/iu, 'role'],
  [/^(?:my (?:quarter|fiscal year)|mein (?:quartal|geschäftsjahr)|wann mein (?:quartal|geschäftsjahr) beginnt)$/iu, 'fiscal year start'],
]

export function keyNamed(what: string): string | undefined {
  return keyNames.find(([pattern]) => pattern.test(what.trim()))?.[1]
}
