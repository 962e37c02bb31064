import { describe, expect, it } from 'vitest'
import { fileInMemory, tableOf } from './file-in-memory.ts'
import { htmlToText } from './html-text.ts'
import { mailTable } from './mail-table.ts'

const own = new Set(['olivia@ours.example'])
const mail = (headers: string[], ...body: string[]) => [...headers, '', ...body, ''].join('\r\n')

describe('messages', () => {
  it('are read from one .eml: encoded words, text before HTML, sender of ours', async () => {
    const text = mail(
      [
        'From: =?utf-8?Q?Olivia_=C3=96wner?= <Olivia@ours.example>',
        'To: "Doe, John" <john@acme.example>, jane@acme.example',
        'Cc: Team: a@acme.example, b@acme.example;',
        'Subject: =?iso-8859-1?Q?Angebot_f=FCr_Sie?=',
        'Date: Tue, 06 May 2025 10:00:00 +0200',
        'Message-ID: <one@ours.example>',
        'MIME-Version: 1.0',
        'Content-Type: multipart/alternative; boundary=b',
      ],
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Gr=C3=BC=C3=9Fe',
      '--b',
      'Content-Type: text/html',
      '',
      '<p>no</p>',
      '--b--',
    )
    expect(await tableOf(mailTable(fileInMemory(text), 'eml', own))).toEqual([
      {
        row: '1',
        from: 'Olivia@ours.example',
        to: 'john@acme.example;jane@acme.example;a@acme.example;b@acme.example',
        subject: 'Angebot für Sie',
        body: 'Grüße',
        sent_at: '2025-05-06T08:00:00.000Z',
        direction: 'outbound',
        external_id: '<one@ours.example>',
      },
    ])
  })

  it('are cut out of a mailbox, their hidden "From " lines freed, whatever stands in them', async () => {
    const mailbox = [
      'From john@acme.example Tue May  6 10:00:00 2025',
      mail(['From: john@acme.example', 'Subject: First', 'Message-ID: <1@x>'], 'Hello', '>From here on', '>>From twice', 'From within a paragraph'),
      'From - Wed May  7 10:00:00 2025',
      mail(['From: Olivia <olivia@OURS.example>', 'Subject: Second', 'Content-Type: text/html'], '<p>One</p><p>Two<br>Three</p><style>p{}</style>'),
      'From - Thu May  8 10:00:00 2025',
      mail(['Subject: nobody'], 'text'),
    ].join('\r\n')
    const rows = await tableOf(mailTable(fileInMemory(mailbox), 'mbox', own))
    expect(rows).toMatchObject([
      {
        row: '1',
        from: 'john@acme.example',
        subject: 'First',
        direction: 'inbound',
        external_id: '<1@x>',
        body: 'Hello\nFrom here on\n>From twice\nFrom within a paragraph',
      },
      { row: '2', subject: 'Second', direction: 'outbound', body: 'One\n\nTwo\nThree', external_id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      { row: '3', problem: expect.stringContaining('sender') },
    ])
  })

  it('keep the words of HTML in lines, and nothing that acts', () => {
    expect(
      htmlToText(
        '<head><title>T</title></head><div>Hi&nbsp;&amp; bye</div><script>alert(1)</script><ul><li>a</li><li>b</li></ul><table><tr><td>1</td><td>2</td></tr></table>',
      ),
    ).toBe('Hi & bye\n\n- a\n- b\n\n1 2')
  })
})
