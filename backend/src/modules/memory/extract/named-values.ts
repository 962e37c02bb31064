import { fold } from '#contracts/fold.ts'

const currencyWords: Record<string, string> = {
  dollar: 'USD',
  dollars: 'USD',
  'us dollars': 'USD',
  $: 'USD',
  euro: 'EUR',
  euros: 'EUR',
  '€': 'EUR',
  pound: 'GBP',
  pounds: 'GBP',
  sterling: 'GBP',
  pfund: 'GBP',
  '£': 'GBP',
  franc: 'CHF',
  francs: 'CHF',
  'swiss francs': 'CHF',
  franken: 'CHF',
  'schweizer franken': 'CHF',
  yen: 'JPY',
}
const currencyCodes = new Set(Intl.supportedValuesOf('currency'))

/** ISO 4217 code of what a person calls a currency; undefined when it is none. */
export function toCurrency(text: string): string | undefined {
  const word = fold(text.trim())
  const code = word.toUpperCase()
  return currencyWords[word] ?? (currencyCodes.has(code) ? code : undefined)
}

const months = new Map(
  ['en', 'de'].flatMap((language) =>
    Array.from({ length: 12 }, (_, index) => {
      const name = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, index, 1)))
      return [fold(name), index + 1] as const
    }),
  ),
)

/** 1-12; undefined when it is no month. */
export function toMonth(text: string): number | undefined {
  return months.get(fold(text.trim()))
}

/** IANA name; undefined when it is none. */
export function toTimeZone(text: string): string | undefined {
  const name = text.trim().replaceAll(' ', '_')
  const known = zones.get(name.toLowerCase())
  if (known !== undefined) return known
  return zones.get([...zones.keys()].find((zone) => zone.endsWith(`/${name.toLowerCase()}`)) ?? '')
}

const zones = new Map(['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => [zone.toLowerCase(), zone]))

const formats: Record<string, string> = {
  table: 'table',
  tables: 'table',
  tabelle: 'table',
  tabellen: 'table',
  chart: 'chart',
  charts: 'chart',
  graphs: 'chart',
  diagramm: 'chart',
  diagramme: 'chart',
  lists: 'list',
  'bullet points': 'list',
  listen: 'list',
  stichpunkte: 'list',
  'short answers': 'short',
  'brief answers': 'short',
  'kurze antworten': 'short',
  'long answers': 'detailed',
  'detailed answers': 'detailed',
  details: 'detailed',
  'ausfuhrliche antworten': 'detailed',
}

/** How answers should look; undefined when it is not about that. */
export function toFormat(text: string): string | undefined {
  return formats[fold(text.trim())]
}

/** BCP 47 tag of a language that answers come in. */
export function toLanguage(text: string): string | undefined {
  return { english: 'en', englisch: 'en', german: 'de', deutsch: 'de' }[fold(text.trim())]
}
