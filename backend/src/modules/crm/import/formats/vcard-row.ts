import ICAL from 'ical.js'

/** Columns that a card may fill, in the order of the table. */
export const cardColumns = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'mobile',
  'title',
  'organisation',
  'street',
  'city',
  'state',
  'postcode',
  'country',
  'date_of_birth',
  'tags',
  'external_id',
  'custom.notes',
  'custom.website',
  'custom.department',
  'custom.other_emails',
  'custom.other_phones',
  'custom.other_addresses',
] as const
export type CardRow = Partial<Record<(typeof cardColumns)[number], string>>

interface Property {
  name: string
  types: Set<string>
  /** 1 is liked best. */
  preference: number
  values: (string | string[])[]
}

/** The contact on a card. @throws Error when the card's text is no vCard */
export function toCardRow(card: string): CardRow {
  const [, properties] = ICAL.parse(card) as unknown as [string, [string, Record<string, string | string[]>, string, ...(string | string[])[]][]]
  const all = properties.map(toProperty)
  const named = (name: string) => all.filter((property) => property.name === name).sort((a, b) => a.preference - b.preference)
  const text = (name: string) => clean(named(name)[0]?.values[0])
  const row: CardRow = { ...personName(named('n')[0], text('fn') || text('nickname')) }
  const [organisation = '', ...departments] = [named('org')[0]?.values[0] ?? ''].flat().map(clean)
  row.organisation = organisation
  row['custom.department'] = departments.filter((part) => part !== '').join(', ')
  row.title = text('title') || text('role')
  const emails = unique(named('email').map(({ values }) => clean(values[0]).replace(/^mailto:/i, '')))
  row.email = emails[0] ?? ''
  row['custom.other_emails'] = emails.slice(1).join('; ')
  Object.assign(row, phonesOf(named('tel')), addressOf(named('adr')))
  row.date_of_birth = /^\d{4}-\d{2}-\d{2}/.exec(text('bday'))?.[0] ?? ''
  row.tags = named('categories')
    .flatMap(({ values }) => values.flat().map(clean))
    .join(';')
  row.external_id = text('uid').replace(/^urn:uuid:/i, '')
  row['custom.notes'] = named('note')
    .map(({ values }) => clean(values[0]))
    .filter((note) => note !== '')
    .join('\n\n')
  row['custom.website'] = text('url')
  for (const column of cardColumns) if (row[column] === '') delete row[column]
  return row
}

function toProperty([name, parameters, , ...values]: [string, Record<string, string | string[]>, string, ...(string | string[])[]]): Property {
  const types = new Set([parameters.type ?? []].flat().flatMap((type) => type.toLowerCase().split(',')))
  const given = Number([parameters.pref ?? []].flat()[0])
  return { name, types, preference: given >= 1 ? given : types.has('pref') ? 1 : 101, values }
}

const clean = (value: string | string[] | undefined): string => (Array.isArray(value) ? value.join(' ') : String(value ?? '')).trim()

function unique(texts: readonly string[]): string[] {
  return [...new Map(texts.filter((text) => text !== '').map((text) => [text.toLowerCase(), text])).values()]
}

/** A card without a structured name, as of a company, is called by its full one. */
function personName(name: Property | undefined, full: string): CardRow {
  const [family = '', given = '', additional = ''] = [name?.values[0] ?? ''].flat().map(clean)
  if (family !== '' || given !== '') return { first_name: [given, additional].filter((part) => part !== '').join(' '), last_name: family }
  const words = full.split(/\s+/)
  return { first_name: words.slice(0, -1).join(' '), last_name: words.at(-1) ?? '' }
}

function phonesOf(properties: readonly Property[]): CardRow {
  const numbers = properties
    .map(({ types, values }) => ({ types, number: clean(values[0]).replace(/^tel:/i, '').replace(/;ext=/i, ' ext. ').replace(/;.*$/, '') }))
    .filter(({ number }) => number !== '')
  const isMobile = ({ types }: { types: Set<string> }) => types.has('cell') || types.has('iphone') || types.has('mobile')
  const isFax = ({ types }: { types: Set<string> }) => types.has('fax') || types.has('pager')
  const voices = numbers.filter((number) => !isFax(number) && !isMobile(number))
  const mobile = numbers.find(isMobile)
  const phone = voices.find(({ types }) => types.has('work')) ?? voices[0]
  const others = numbers.filter((number) => number !== mobile && number !== phone)
  return {
    phone: phone?.number ?? '',
    mobile: mobile?.number ?? '',
    'custom.other_phones': unique(others.map((other) => (isFax(other) ? `${other.number} (fax)` : other.number))).join('; '),
  }
}

function addressOf(properties: readonly Property[]): CardRow {
  const parts = properties.map(({ types, values }) => ({ types, lines: [values[0] ?? ''].flat().map((line) => clean(line).replace(/\s*\n\s*/g, ', ')) }))
  const filled = parts.filter(({ lines }) => lines.some((line) => line !== ''))
  const chosen = filled.find(({ types }) => types.has('work')) ?? filled[0]
  if (chosen === undefined) return {}
  const [box = '', extended = '', street = '', city = '', state = '', postcode = '', country = ''] = chosen.lines
  const others = filled.filter((address) => address !== chosen).map(({ lines }) => lines.filter((line) => line !== '').join(', '))
  return {
    street: [street, extended, box].filter((part) => part !== '').join(', '),
    city,
    state,
    postcode,
    country,
    'custom.other_addresses': others.join('; '),
  }
}
