import { describe, expect, it } from 'vitest'
import { combineFiles, withHiddenFrom } from './combine-files.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const hide = (message: string) => text(withHiddenFrom(new TextEncoder().encode(message)))

describe('several files at once', () => {
  it('hides lines of a message that would begin another', () => {
    expect(hide('From: a@b\n\nFrom here\n>From there\nnot From\nFrom')).toBe('From: a@b\n\n>From here\n>>From there\nnot From\nFrom')
    expect(hide('From x')).toBe('>From x')
    expect(hide('')).toBe('')
  })

  it('makes one mailbox of messages and one address book of cards, and keeps the others', async () => {
    const files = [
      new File(['From: a@b\r\n\r\nOne'], 'one.eml'),
      new File(['name\r\nX'], 'list.csv'),
      new File(['From: c@d\r\n\r\nFrom two'], 'two.EML'),
      new File(['BEGIN:VCARD'], 'a.vcf'),
    ]
    const [mailbox, cards, list] = await combineFiles(files)
    expect(mailbox?.name).toBe('2 messages.mbox')
    expect((await mailbox?.text())?.match(/^From /gm)).toHaveLength(2)
    expect(await mailbox?.text()).toContain('\r\n>From two')
    expect([cards?.name, list?.name]).toEqual(['a.vcf', 'list.csv'])
  })
})
