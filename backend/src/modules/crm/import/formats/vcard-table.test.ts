import { describe, expect, it } from 'vitest'
import { fileInMemory, tableOf } from './file-in-memory.ts'
import { vcardTable } from './vcard-table.ts'

const read = (content: string | Uint8Array) => tableOf(vcardTable(fileInMemory(content)))
const card = (...lines: string[]) => `${['BEGIN:VCARD', ...lines, 'END:VCARD'].join('\r\n')}\r\n`

describe('an address book', () => {
  it('of version 3 gives a contact a card', async () => {
    const text = card(
      'VERSION:3.0',
      'N:Doe;John;Quincy;Dr.;',
      'FN:Dr. John Quincy Doe',
      'ORG:Acme\\, Inc.;Sales;North',
      'TITLE:Chief buyer',
      'EMAIL;TYPE=HOME:john@home.example',
      'item1.EMAIL;TYPE=INTERNET,pref:john@acme.example',
      'TEL;TYPE=HOME:+1 415 555 0101',
      'TEL;TYPE=WORK,VOICE:+1 415 555 0102',
      'TEL;TYPE=CELL:+1 415 555 0103',
      'TEL;TYPE=WORK,FAX:+1 415 555 0104',
      'ADR;TYPE=HOME:;;Home Road 2;Oakland;CA;94601;USA',
      'ADR;TYPE=WORK:;Suite 4;1 Main St;San Francisco;CA;94105;USA',
      'BDAY:1985-04-12',
      'NOTE:Met at the fair\\nLikes tea\\, not',
      '  coffee',
      'CATEGORIES:Customer,West Coast',
      'UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
      'URL:https://acme.example',
      `PHOTO;ENCODING=b;TYPE=JPEG:${'A'.repeat(3000)}`,
    )
    expect(await read(text)).toEqual([
      {
        row: '1',
        first_name: 'John Quincy',
        last_name: 'Doe',
        email: 'john@acme.example',
        phone: '+1 415 555 0102',
        mobile: '+1 415 555 0103',
        title: 'Chief buyer',
        organisation: 'Acme, Inc.',
        street: '1 Main St, Suite 4',
        city: 'San Francisco',
        state: 'CA',
        postcode: '94105',
        country: 'USA',
        date_of_birth: '1985-04-12',
        tags: 'Customer;West Coast',
        external_id: '4fbe8971-0bc3-424c-9c26-36c3e1eff6b1',
        'custom.notes': 'Met at the fair\nLikes tea, not coffee',
        'custom.website': 'https://acme.example',
        'custom.department': 'Sales, North',
        'custom.other_emails': 'john@home.example',
        'custom.other_phones': '+1 415 555 0101; +1 415 555 0104 (fax)',
        'custom.other_addresses': 'Home Road 2, Oakland, CA, 94601, USA',
      },
    ])
  })

  it('of version 4 gives telephone addresses, preferences and dates without a year their due', async () => {
    const text = card(
      'VERSION:4.0',
      'FN:Jörg Müller',
      'N:Müller;Jörg;;;',
      'TEL;VALUE=uri;PREF=2;TYPE="voice,home":tel:+49-30-1',
      'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+49-30-2;ext=55',
      'BDAY:--0412',
    )
    expect(await read(text)).toEqual([{ row: '1', first_name: 'Jörg', last_name: 'Müller', phone: '+49-30-2 ext. 55', 'custom.other_phones': '+49-30-1' }])
  })

  it('of version 2.1 is read leniently: bare types, quoted-printable over lines, another alphabet', async () => {
    const text = card(
      'VERSION:2.1',
      'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg',
      'ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:B=C3=A4cker, S=C3=',
      '=B6hne',
      'TEL;CELL;VOICE:0171 1',
      'EMAIL;PREF;INTERNET:joerg@example.de',
      'this line is no property',
    )
    expect(await read(Buffer.from(text, 'latin1'))).toEqual([
      { row: '1', first_name: 'Jörg', last_name: 'Müller', organisation: 'Bäcker, Söhne', mobile: '0171 1', email: 'joerg@example.de' },
    ])
  })

  it('reports cards that cannot be read by their place, and takes the others', async () => {
    const text = `${card('VERSION:3.0', 'FN:First One')}BEGIN:VCARD\nVERSION:3.0\nFN:Lost\n${card('VERSION:3.0', 'FN:Third')}${card('VERSION:3.0', 'N:Acme;;;;', 'ORG:Acme')}`
    expect(await read(text)).toEqual([
      { row: '1', first_name: 'First', last_name: 'One' },
      { row: '2', problem: expect.stringContaining('END:VCARD') },
      { row: '3', last_name: 'Third' },
      { row: '4', last_name: 'Acme', organisation: 'Acme' },
    ])
    await expect(read('BEGIN:VCARD\nVERSION:3.0\n')).rejects.toMatchObject({ code: 'VALIDATION' })
  })
})
