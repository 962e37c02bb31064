import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { writeXlsx } from 'hucre/xlsx'
import { beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../../test/harness.ts'
import { createTestOperations } from '../../../../../test/operations.ts'
import { createImportService, type ImportService } from '../import.service.ts'

let workspace: TestWorkspace
let imports: ImportService
let folder: string

beforeAll(async () => {
  workspace = await createTestWorkspace()
  const clock = createClock('2025-06-01T12:00:00Z')
  const { operations } = createTestOperations(workspace.database)
  folder = await mkdtemp(join(tmpdir(), 'chatsg-formats-'))
  imports = createImportService({ database: workspace.database, operations, clock, folder, logger: { error: () => undefined } })
})

const stream = (content: Uint8Array | string) => Readable.from([Buffer.from(content as Uint8Array)])
const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => [`First ${index}`, `Last ${index}`, `p${index}@x.example`, 'Ω'.repeat(40)])
const book = (rows: unknown[][]) =>
  writeXlsx({
    sheets: [
      { name: 'People', rows: [['First name', 'Last name', 'E-mail', 'Nickname'], ...rows] as string[][] },
      { name: 'Other', rows: [['SKU'], ['1']] },
    ],
  })

describe('files of every format go the same way', () => {
  it('a workbook: preview, dry run, import, undo', async () => {
    const bytes = await book(rowsOf(30))
    const preview = await imports.previewFile(workspace.actor, stream(bytes), { entity: 'contacts', fileName: 'people.csv' })
    expect(preview).toMatchObject({
      format: 'xlsx',
      sheet: 'People',
      sheets: ['People', 'Other'],
      rows: 30,
      complete: true,
      mapping: { 'First name': 'first_name', 'E-mail': 'email', Nickname: 'custom.nickname' },
      notes: ['The file is called .csv but holds an Excel workbook; it was read as that.'],
    })
    expect(await imports.importFile(workspace.actor, stream(bytes), { entity: 'contacts', dryRun: true })).toMatchObject({ importId: null, created: 30 })
    const result = await imports.importFile(workspace.actor, stream(bytes), { entity: 'contacts' })
    expect(result).toMatchObject({ total: 30, created: 30, errors: [] })
    expect(await workspace.gold(`select count(*)::int as count from contacts where workspace_id = $1 and email = 'p7@x.example'`)).toEqual([{ count: 1 }])
    expect(await imports.undo(workspace.actor, result.importId as string)).toMatchObject({ removed: 30 })
    await expect(imports.previewFile(workspace.actor, stream(bytes), { entity: 'products', sheet: 'Other' })).resolves.toMatchObject({
      sheet: 'Other',
      rows: 1,
    })
  })

  it('a workbook larger than what is looked at is previewed from its beginning and leaves nothing on the disk', async () => {
    const bytes = await book(rowsOf(12_000))
    const preview = await imports.previewFile(workspace.actor, stream(bytes), { entity: 'contacts' })
    expect(preview).toMatchObject({ format: 'xlsx', complete: false })
    expect(preview.rows).toBeGreaterThan(5000)
    expect((await readdir(folder)).filter((name) => name.startsWith('import-'))).toEqual([])
  })

  it('an address book becomes contacts, found again by their ids', async () => {
    const text =
      'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:c-1\r\nFN:Zoe Quill\r\nEMAIL:zoe@quill.example\r\nEMAIL:zoe@home.example\r\nORG:Quill Ltd\r\nCATEGORIES:a,b\r\nEND:VCARD\r\n'
    const preview = await imports.previewFile(workspace.actor, stream(text), { entity: 'contacts' })
    expect(preview).toMatchObject({ format: 'vcard', problem: null, mapping: { 'custom.other_emails': 'custom.other_emails', external_id: 'external_id' } })
    const options = { entity: 'contacts', createMissing: true } as const
    expect(await imports.importFile(workspace.actor, stream(text), options)).toMatchObject({ created: 1, errors: [] })
    expect(await imports.importFile(workspace.actor, stream(text), options)).toMatchObject({ created: 0, skipped: 1 })
    const [row] = await workspace.gold(`select name, tags, custom, (select name from organisations o where o.id = organisation_id) as organisation
      from contacts where workspace_id = $1 and external_id = 'c-1'`)
    expect(row).toEqual({ name: 'Zoe Quill', tags: ['a', 'b'], custom: { other_emails: 'zoe@home.example' }, organisation: 'Quill Ltd' })
    await expect(imports.importFile(workspace.actor, stream(text), { entity: 'products' })).rejects.toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('contacts or leads'),
    })
  })

  it('a mailbox becomes e-mails once, with direction and contact', async () => {
    const own = workspace.actor.userId
    const mailbox = [
      'From zoe@quill.example Tue May  6 10:00:00 2025',
      'From: Zoe <zoe@quill.example>\nTo: us@ours.example\nSubject: Order\nDate: Tue, 06 May 2025 10:00:00 +0000\nMessage-ID: <a@quill>\n\nPlease send ten.\n',
      'From - Tue May  6 11:00:00 2025',
      `From: ${own.toUpperCase()}@Example.com\nTo: zoe@quill.example\nSubject: Re: Order\nDate: Tue, 06 May 2025 11:00:00 +0000\nMessage-ID: <b@ours>\n\nThey are on their way.\n`,
    ].join('\n')
    expect(await imports.importFile(workspace.actor, stream(mailbox), { entity: 'emails' })).toMatchObject({ created: 2, errors: [] })
    expect(await imports.importFile(workspace.actor, stream(mailbox), { entity: 'emails' })).toMatchObject({ created: 0, skipped: 2 })
    expect(await workspace.gold(`select subject, direction, external_id, related_type from emails where workspace_id = $1 order by sent_at`)).toEqual([
      { subject: 'Order', direction: 'inbound', external_id: '<a@quill>', related_type: 'contact' },
      { subject: 'Re: Order', direction: 'outbound', external_id: '<b@ours>', related_type: 'contact' },
    ])
    const eml = 'Subject: One\nFrom: zoe@quill.example\nTo: us@ours.example\nMessage-ID: <c@quill>\n\nHello'
    expect(await imports.importFile(workspace.actor, stream(eml), { entity: 'emails', fileName: 'one.eml' })).toMatchObject({ created: 1, errors: [] })
  })

  it('says in a sentence what a file is that cannot be read', async () => {
    const refused = (content: Uint8Array | string) =>
      imports.importFile(workspace.actor, stream(content), { entity: 'contacts' }).catch((error: Error) => error.message)
    const old = Buffer.from('d0cf11e0a1b11ae1', 'hex')
    expect(await refused(Buffer.concat([old, Buffer.alloc(600)]))).toContain('old Excel workbook (.xls)')
    expect(await refused(Buffer.concat([old, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]))).toContain('password')
    expect(await refused('BEGIN:VCALENDAR\nEND:VCALENDAR')).toContain('calendar')
    expect(await refused('PK\x03\x04 and nothing more')).toContain('cut off or damaged')
    expect(await refused('{"chatsg":"table","format":"xlsx"}\nnonsense\n')).toContain('is none')
  })
})
