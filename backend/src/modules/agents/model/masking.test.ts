import { describe, expect, it } from 'vitest'
import { createMasking, namesIn } from './masking.ts'

describe('masking', () => {
  it('replaces addresses, numbers and known names, the same ones alike, and puts them back', () => {
    const masking = createMasking()
    masking.learn(['Casey White', 'Casey'])
    const text =
      'Casey White (casey.white@acme.example, +44 20 7946-0958) met CASEY on 2026-11-20; deal 01890000-0000-7000-8000-000000000001 at 12:30, 1,200.50 USD.'
    const masked = masking.mask(text)
    expect(masked).not.toMatch(/Casey|casey|White|acme|7946/i)
    for (const kept of ['2026-11-20', '01890000-0000-7000-8000-000000000001', '12:30', '1,200.50']) expect(masked).toContain(kept)
    expect(masking.unmask(masked)).toBe(text)
    expect(masking.mask('casey.white@acme.example')).toBe(/§E\d+§/.exec(masked)?.[0])
    expect(masking.unmaskDeep({ to: [masking.mask('casey.white@acme.example')], n: 1 })).toEqual({ to: ['casey.white@acme.example'], n: 1 })
  })

  it('puts people back across the pieces of a stream', () => {
    const masking = createMasking()
    const sent = `Write to ${masking.mask('a@b.example')} and see § 5 or §E99§.`
    let held = ''
    let said = ''
    for (const character of sent) {
      const split = masking.split(held + character)
      held = split.held
      said += split.whole
    }
    expect(said + held).toBe('Write to a@b.example and see § 5 or §E99§.')
  })

  it('knows names where contacts and leads are called something', () => {
    expect(
      namesIn({
        items: [
          { entity: 'contact', label: 'Ana Lee' },
          { entity: 'opportunity', label: 'Big deal' },
        ],
      }),
    ).toEqual(['Ana Lee'])
    expect(namesIn({ rows: [{ name: 'Ana Lee', organisation: 'Acme' }] }, 'contacts')).toEqual(['Ana Lee'])
    expect(namesIn({ rows: [{ name: 'Big deal', contact: 'Ana Lee' }] }, 'opportunities')).toEqual(['Ana Lee'])
  })
})
