import type ICAL from 'ical.js'
import type { ExportRow } from './export-rows.ts'

type Property = [name: string, parameters: Record<string, string | string[]>, type: string, ...values: (string | string[])[]]

/** Contacts as vCard 3.0, which every address book reads. */
export async function* toVcards(pages: AsyncIterable<readonly ExportRow[]>): AsyncGenerator<string> {
  const { default: library } = await import('ical.js')
  for await (const rows of pages) yield rows.map((row) => toVcard(row, library)).join('')
}

function toVcard(row: ExportRow, library: typeof ICAL): string {
  const text = (key: string) => (typeof row[key] === 'string' ? row[key] : '')
  const name = [text('first_name'), text('last_name')].filter((part) => part !== '').join(' ')
  const address = ['', '', text('street'), text('city'), text('state'), text('postcode'), text('country')]
  const tags = Array.isArray(row.tags) ? row.tags.map(String) : []
  const properties: (Property | undefined)[] = [
    ['version', {}, 'text', '3.0'],
    ['fn', {}, 'text', name || text('email') || text('organisation')],
    ['n', {}, 'text', [text('last_name'), text('first_name'), '', '', '']],
    given('org', text('organisation'), 'text'),
    given('title', text('title'), 'text'),
    given('email', text('email'), 'text', { type: 'INTERNET' }),
    given('tel', text('phone'), 'phone-number', { type: ['WORK', 'VOICE'] }),
    given('tel', text('mobile'), 'phone-number', { type: 'CELL' }),
    address.some((part) => part !== '') ? ['adr', { type: 'WORK' }, 'text', address] : undefined,
    given('bday', text('date_of_birth'), 'date'),
    tags.length === 0 ? undefined : ['categories', {}, 'text', ...tags],
    // Reading the file back finds the same contact.
    ['uid', {}, 'text', text('external_id') || text('id')],
  ]
  return `${library.stringify(['vcard', properties.filter((property) => property !== undefined), []]).trimEnd()}\r\n`
}

const given = (name: string, value: string, type: string, parameters: Property[1] = {}): Property | undefined =>
  value === '' ? undefined : [name, parameters, type, value]
