import { fold } from '#contracts/fold.ts'
import type { Extracted, Sentence } from '../memory.types.ts'
import { toCurrency, toFormat, toLanguage, toMonth, toTimeZone } from './named-values.ts'

/** What a sentence tells when it has this form, all of it. */
interface Rule {
  language: Sentence['language']
  pattern: RegExp
  /** Undefined when the words in it are not of the kind that is meant. */
  tells(match: RegExpExecArray, sentence: string): Omit<Extracted, 'text' | 'confidence'> | undefined
  /** Only when the sentence says that it holds for good. */
  lasting?: true
}

type Told = ReturnType<Rule['tells']>

const mine = (kind: Extracted['kind'], key: string, value: string | number | undefined): Told =>
  value === undefined || value === '' ? undefined : { kind, subject: 'me', key, value: String(value) }
const about = (subject: string, attribute: string, value: string): Told => ({
  kind: 'fact',
  subject: subject.trim(),
  key: `${fold(subject.trim())}: ${fold(attribute)}`,
  value: value.trim(),
})
/** Beside others of its kind, not instead of them. */
const oneOf = (key: string, value: string): Told => ({ kind: 'fact', subject: value.trim(), key: `${key}: ${fold(value.trim())}`, value: value.trim() })
const name = (text: string) => (/^(back|later|again|when|if|him|her|them|a|the|zurück|an|später)\b/iu.test(text) ? undefined : text)

const attributes = 'fiscal year|financial year|business year|budget year|contract|subscription|renewal|budget|headquarters|main contact|account manager'
const attributen = 'geschäftsjahr|wirtschaftsjahr|haushaltsjahr|vertrag|abonnement|budget|sitz|hauptsitz|ansprechpartner'

/** English and German; a sentence that matches none is not remembered unless the person asks for it. */
export const rules: readonly Rule[] = [
  { language: 'en', pattern: /^(?:you (?:can|may) )?call me (\p{L}[\p{L}.' -]{0,39})$/iu, tells: (m) => mine('preference', 'name', name(m[1] ?? '')) },
  { language: 'en', pattern: /^my name is (\p{L}[\p{L}.' -]{0,59})$/iu, tells: (m) => mine('fact', 'name', m[1]) },
  {
    language: 'en',
    pattern: /^(?:i(?:['’]m| am) (?:based|located)|i (?:live|work)|my office is) (?:in|out of|from|at) (\p{L}[\p{L}.' -]{1,59})$/iu,
    tells: (m) => mine('fact', 'location', m[1]),
  },
  { language: 'en', pattern: /^(?:my (?:role|job|position|title) is|i work as) (?:an? |the )?(.{2,60})$/iu, tells: (m) => mine('fact', 'role', m[1]) },
  {
    language: 'en',
    pattern: /^i(?:['’]m| am)? (?:also )?(?:look after|manage|handle|cover|take care of|responsible for|in charge of) (.{2,80})$/iu,
    tells: (m) => oneOf('looks after', m[1] ?? ''),
  },
  {
    language: 'en',
    pattern:
      /^(?:i (?:prefer|want)(?: to see)? )?(?:always )?(?:(?:show|give|display|report|use|quote|list)(?: me)? )?(?:(?:all )?(?:amounts|money|values|prices|figures|sums|everything|numbers|revenue) )?(?:always )?(?:in )?([\p{L}$€£ ]{1,14}?)(?: for (?:all )?(?:amounts|money|everything))?(?: by default| from now on| always)?$/iu,
    tells: (m, sentence) =>
      /\b(prefer|show|give|display|report|use|quote|in)\b/i.test(sentence) ? mine('preference', 'currency', toCurrency(m[1] ?? '')) : undefined,
    lasting: true,
  },
  {
    language: 'en',
    pattern: /^i prefer (?:amounts |money |prices |figures )?(?:in )?([\p{L}$€£ ]{1,14})$/iu,
    tells: (m) => mine('preference', 'currency', toCurrency(m[1] ?? '')),
  },
  {
    language: 'en',
    pattern: /^my (?:default |preferred )?currency is ([\p{L}$€£ ]{1,14})$/iu,
    tells: (m) => mine('preference', 'currency', toCurrency(m[1] ?? '')),
  },
  { language: 'en', pattern: /^my time ?zone is (.{2,40})$/iu, tells: (m) => mine('preference', 'time zone', toTimeZone(m[1] ?? '')) },
  {
    language: 'en',
    pattern: /^(?:my|our) (?:quarter|fiscal year|financial year|business year) (?:starts|begins) (?:in|on|with) (?:the 1st of )?(\p{L}+)(?: 1(?:st)?)?$/iu,
    tells: (m) => mine('preference', 'fiscal year start', toMonth(m[1] ?? '')),
  },
  {
    language: 'en',
    pattern: new RegExp(
      `^(?!my |our |your )(.{2,60}?)(?:['’]s?) (${attributes}) ((?:starts?|begins?|ends?|renews?|is|expires?)(?: in| on| at| with)?) (.{2,80})$`,
      'iu',
    ),
    tells: (m) => about(m[1] ?? '', `${m[2]} ${(m[3] ?? '').replace(/ (in|on|at|with)$/i, '')}`, m[4] ?? ''),
  },
  {
    language: 'en',
    pattern:
      /^(?:i )?(?:always )?(?:prefer|use|like|want|give me|show me)(?: answers as| everything as| results as| it as)? (?:a )?([\p{L} ]{4,20}?)(?: over \p{L}+)?$/iu,
    tells: (m, sentence) => (/prefer|always/i.test(sentence) ? mine('preference', 'format', toFormat(m[1] ?? '')) : undefined),
  },
  {
    language: 'en',
    pattern: /^(?:always )?(?:answer|reply|write|speak)(?: to)?(?: me)?(?: always)? in (english|german)$/iu,
    tells: (m) => mine('preference', 'language', toLanguage(m[1] ?? '')),
  },

  {
    language: 'de',
    pattern: /^(?:du kannst |sie können )?(?:nenne?n?(?: sie)? mich|mich) (\p{L}[\p{L}.' -]{0,39}?)(?: nennen)?$/iu,
    tells: (m) => mine('preference', 'name', name(m[1] ?? '')),
  },
  { language: 'de', pattern: /^(?:ich hei(?:ß|ss)e|mein name ist) (\p{L}[\p{L}.' -]{0,59})$/iu, tells: (m) => mine('fact', 'name', m[1]) },
  {
    language: 'de',
    pattern: /^(?:ich (?:wohne|lebe|arbeite|sitze)|mein büro ist) (?:in|aus) (\p{L}[\p{L}.' -]{1,59})$/iu,
    tells: (m) => mine('fact', 'location', m[1]),
  },
  {
    language: 'de',
    pattern: /^(?:meine (?:rolle|funktion|position) ist|ich arbeite als) (?:eine? |die |der )?(.{2,60})$/iu,
    tells: (m) => mine('fact', 'role', m[1]),
  },
  {
    language: 'de',
    pattern: /^ich (?:betreue|kümmere mich um|verantworte|bin verantwortlich für|bin zuständig für) (.{2,80})$/iu,
    tells: (m) => oneOf('looks after', m[1] ?? ''),
  },
  { language: 'de', pattern: /^ich bin für (.{2,80}) (?:zuständig|verantwortlich)$/iu, tells: (m) => oneOf('looks after', m[1] ?? '') },
  {
    language: 'de',
    pattern:
      /^(?:zeige?n?(?: sie)?(?: mir)? |nenne?(?: mir)? |gib(?: mir)? )?(?:immer )?(?:alle )?(?:beträge|geldbeträge|werte|preise|summen|zahlen|alles)? ?(?:bitte )?(?:immer )?in ([\p{L}$€£ ]{1,18}?)(?: an| anzeigen| angeben)?$/iu,
    tells: (m) => mine('preference', 'currency', toCurrency(m[1] ?? '')),
    lasting: true,
  },
  {
    language: 'de',
    pattern: /^ich bevorzuge (?:beträge |preise )?(?:in )?([\p{L}$€£ ]{1,18})$/iu,
    tells: (m) => mine('preference', 'currency', toCurrency(m[1] ?? '')),
  },
  {
    language: 'de',
    pattern: /^meine (?:bevorzugte )?währung ist (?:der |die )?([\p{L}$€£ ]{1,18})$/iu,
    tells: (m) => mine('preference', 'currency', toCurrency(m[1] ?? '')),
  },
  { language: 'de', pattern: /^meine zeitzone ist (.{2,40})$/iu, tells: (m) => mine('preference', 'time zone', toTimeZone(m[1] ?? '')) },
  {
    language: 'de',
    pattern: /^(?:mein|unser) (?:quartal|geschäftsjahr|wirtschaftsjahr) (?:beginnt|startet|fängt) (?:im|am 1\.|mit dem) (\p{L}+)(?: an)?$/iu,
    tells: (m) => mine('preference', 'fiscal year start', toMonth(m[1] ?? '')),
  },
  {
    language: 'de',
    pattern: new RegExp(`^(?:das|der|die) (${attributen}) von (.{2,60}?) ((?:beginnt|endet|startet|ist|läuft)(?: im| am| bis| in| mit)?) (.{2,80})$`, 'iu'),
    tells: (m) => about(m[2] ?? '', `${m[1]} ${(m[3] ?? '').replace(/ \p{L}+$/u, '')}`, m[4] ?? ''),
  },
  {
    language: 'de',
    pattern: new RegExp(
      `^(?!mein|unser|dein|das|der|die)(.{2,60}?)['’]?s? (${attributen}) ((?:beginnt|endet|startet|ist|läuft)(?: im| am| bis| in| mit)?) (.{2,80})$`,
      'iu',
    ),
    tells: (m) => about(m[1] ?? '', `${m[2]} ${(m[3] ?? '').replace(/ \p{L}+$/u, '')}`, m[4] ?? ''),
  },
  {
    language: 'de',
    pattern: /^(?:ich (?:bevorzuge|mag lieber|hätte lieber)|lieber|immer als|zeige? immer|ich möchte immer) ([\p{L} ]{4,24})$/iu,
    tells: (m) => mine('preference', 'format', toFormat(m[1] ?? '')),
  },
  {
    language: 'de',
    pattern: /^(?:antworte?|schreib|sprich)(?: mir)?(?: bitte)?(?: immer)? auf (englisch|deutsch)$/iu,
    tells: (m) => mine('preference', 'language', toLanguage(m[1] ?? '')),
  },
]
