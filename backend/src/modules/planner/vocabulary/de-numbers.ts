import { wordTable } from './inflect.ts'

const ones = ['null', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun']
const teens = ['zehn', 'elf', 'zwölf', 'dreizehn', 'vierzehn', 'fünfzehn', 'sechzehn', 'siebzehn', 'achtzehn', 'neunzehn']
const tens = ['zwanzig', 'dreißig', 'vierzig', 'fünfzig', 'sechzig', 'siebzig', 'achtzig', 'neunzig']
const small = [...ones, ...teens]

/** German numbers are one word each: "einundzwanzig", "fünfzigtausend", "dreihunderttausend". */
function numbers(): Record<string, number> {
  const table: Record<string, number> = {}
  small.forEach((word, value) => {
    table[word] = value
  })
  tens.forEach((ten, index) => {
    const value = (index + 2) * 10
    table[ten] = value
    ones.slice(1).forEach((one, at) => {
      table[`${one === 'eins' ? 'ein' : one}und${ten}`] = value + at + 1
    })
  })
  ones.slice(2).forEach((word, index) => {
    table[`${word}mal`] = index + 2
  })
  const upToHundred = Object.entries(table)
  for (const [word, value] of upToHundred) if (value > 0) table[`${word === 'eins' ? 'ein' : word}tausend`] = value * 1000
  ones.slice(1).forEach((word, index) => {
    const hundred = `${word === 'eins' ? 'ein' : word}hundert`
    table[hundred] = (index + 1) * 100
    table[`${hundred}tausend`] = (index + 1) * 100_000
  })
  table.hundert = 100
  table.hunderttausend = 100_000
  table.tausend = 1000
  return table
}

export const germanNumberWords: Readonly<Record<string, number>> = wordTable(numbers())

/** "Erste", "2.": places in order; "1" is what is left of "1." once its point is read. */
export const germanOrdinals: Readonly<Record<string, number>> = wordTable({ 'erst~': 1, 'zweit~': 2, 'dritt~': 3, 'viert~': 4, 'fünft~': 5, 'letzt~': -1 })

const dayWords = [
  'erst',
  'zweit',
  'dritt',
  'viert',
  'fünft',
  'sechst',
  'siebt',
  'acht',
  'neunt',
  'zehnt',
  'elft',
  'zwölft',
  'dreizehnt',
  'vierzehnt',
  'fünfzehnt',
  'sechzehnt',
  'siebzehnt',
  'achtzehnt',
  'neunzehnt',
  'zwanzigst',
]

export const germanDayOrdinals: Readonly<Record<string, number>> = wordTable({
  ...Object.fromEntries(dayWords.flatMap((word, index) => ['e', 'er', 'en'].map((ending) => [`${word}${ending}`, index + 1] as const))),
  'einundzwanzigst~': 21,
  'zweiundzwanzigst~': 22,
  'dreiundzwanzigst~': 23,
  'vierundzwanzigst~': 24,
  'fünfundzwanzigst~': 25,
  'sechsundzwanzigst~': 26,
  'siebenundzwanzigst~': 27,
  'achtundzwanzigst~': 28,
  'neunundzwanzigst~': 29,
  'dreißigst~': 30,
  'einunddreißigst~': 31,
})

export const germanMultipliers: Readonly<Record<string, number>> = wordTable({
  dutzend: 12,
  hundert: 100,
  tausend: 1000,
  tsd: 1000,
  t: 1000,
  k: 1000,
  tausende: 1000,
  'million|millionen|mio|mill': 1e6,
  m: 1e6,
  'milliarde|milliarden|mrd': 1e9,
  bn: 1e9,
})

export const germanCurrencies: Readonly<Record<string, string>> = {
  // Whose dollar is meant, the workspace tells.
  $: 'dollar',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  ...wordTable({
    'dollar|dollars': 'dollar',
    'usd|us dollar|amerikanische dollar|amerikanischen dollar': 'USD',
    'eur|euro|euros': 'EUR',
    'gbp|pfund|britische pfund|britischen pfund|pfund sterling': 'GBP',
    'chf|franken|schweizer franken|fränkli': 'CHF',
    'jpy|yen|japanische yen': 'JPY',
    'pln|zloty|złoty|polnische zloty|polnischen zloty': 'PLN',
    'kronen|kr': 'crown',
    'sek|schwedische kronen|schwedischen kronen': 'SEK',
    'nok|norwegische kronen|norwegischen kronen': 'NOK',
    'dkk|dänische kronen|dänischen kronen': 'DKK',
    'cad|kanadische dollar|kanadischen dollar': 'CAD',
    'aud|australische dollar|australischen dollar': 'AUD',
    'sgd|singapur dollar': 'SGD',
    'hkd|hongkong dollar': 'HKD',
    'nzd|neuseeland dollar': 'NZD',
    'inr|rupien|indische rupien|indischen rupien': 'INR',
    'cny|yuan|renminbi': 'CNY',
    'huf|forint': 'HUF',
    'czk|tschechische kronen|tschechischen kronen': 'CZK',
    'mxn|mexikanische peso': 'MXN',
  }),
}
