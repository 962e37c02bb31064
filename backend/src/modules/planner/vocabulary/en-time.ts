import type { Vocabulary } from './vocabulary.ts'

/** English words for time, numbers and money. */
export const englishTime = {
  months: ['january|jan', 'february|feb|febr', 'march|mar', 'april|apr', 'may', 'june|jun', 'july|jul', 'august|aug', 'september|sep|sept', 'october|oct', 'november|nov', 'december|dec'],
  weekdays: ['monday|mon', 'tuesday|tue|tues', 'wednesday|wed', 'thursday|thu|thur|thurs', 'friday|fri', 'saturday|sat', 'sunday|sun'],
  units: {
    hour: 'hour', hours: 'hour', hrs: 'hour', day: 'day', days: 'day', week: 'week', weeks: 'week', wk: 'week', wks: 'week', month: 'month', months: 'month', mth: 'month', mths: 'month',
    quarter: 'quarter', quarters: 'quarter', qtr: 'quarter', year: 'year', years: 'year', yr: 'year', yrs: 'year',
  },
  holidays: {
    christmas: { month: 12, day: 25 }, xmas: { month: 12, day: 25 }, 'christmas day': { month: 12, day: 25 }, 'christmas eve': { month: 12, day: 24 }, 'boxing day': { month: 12, day: 26 },
    'new year': { month: 1, day: 1 }, 'new years': { month: 1, day: 1 }, 'new years day': { month: 1, day: 1 }, 'new year is day': { month: 1, day: 1 }, 'new years eve': { month: 12, day: 31 },
    halloween: { month: 10, day: 31 }, 'valentines day': { month: 2, day: 14 }, 'independence day': { month: 7, day: 4 }, 'labour day': { month: 5, day: 1 }, 'may day': { month: 5, day: 1 },
  },
  numberWords: {
    zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16,
    seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90, dozen: 12,
  },
  multipliers: { hundred: 100, thousand: 1000, grand: 1000, k: 1000, million: 1e6, mio: 1e6, m: 1e6, mm: 1e6, mil: 1e6, mill: 1e6, billion: 1e9, bn: 1e9, b: 1e9 },
  currencies: {
    $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY', usd: 'USD', dollar: 'USD', dollars: 'USD', bucks: 'USD', buck: 'USD', eur: 'EUR', euro: 'EUR', euros: 'EUR', gbp: 'GBP', pound: 'GBP', pounds: 'GBP', sterling: 'GBP', quid: 'GBP',
    chf: 'CHF', yen: 'JPY', jpy: 'JPY', cad: 'CAD', aud: 'AUD', inr: 'INR', rupees: 'INR', sgd: 'SGD', sek: 'SEK', dkk: 'DKK', nok: 'NOK', pln: 'PLN', cny: 'CNY',
  },
  rewrites: {
    ppl: 'people', peeps: 'people', u: 'you', ur: 'your', pls: 'please', plz: 'please', thx: 'thanks', gimme: 'give me', lemme: 'let me', wanna: 'want to', gonna: 'going to', whos: 'who is', whats: 'what is', hows: 'how is',
    wheres: 'where is', dont: 'do not', doesnt: 'does not', didnt: 'did not', havent: 'have not', hasnt: 'has not', arent: 'are not', isnt: 'is not', wasnt: 'was not', werent: 'were not', cant: 'can not', wont: 'will not',
    custs: 'customers', cust: 'customer', accts: 'accounts', acct: 'account', opps: 'opportunities', oppties: 'opportunities', mtg: 'meeting', mtgs: 'meetings', nr: 'number', num: 'number', qty: 'quantity', avg: 'average',
    biz: 'business', prods: 'products', rev: 'revenue', yday: 'yesterday', tmrw: 'tomorrow', tmr: 'tomorrow', tomorow: 'tomorrow', yr: 'year', mo: 'month', thru: 'through', btw: 'between', 'e-mail': 'email', 'e-mails': 'emails',
    orgs: 'organisations', reps: 'reps', howmany: 'how many', alot: 'many', atleast: 'at least', bday: 'birthday', n: 'and', w: 'with', wo: 'without', info: 'information', hv: 'have', r: 'are', abt: 'about', teh: 'the', pr: 'per', adn: 'and', fo: 'of', hw: 'how', wn: 'won', wat: 'what', wot: 'what', wich: 'which', shw: 'show',
  },
} as const satisfies Partial<Vocabulary>
