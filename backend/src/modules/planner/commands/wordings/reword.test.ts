import { readdirSync, readFileSync } from 'node:fs'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { languageOf } from '#backend/modules/planner/language/languages.ts'
import { reworded } from './reword.ts'
import { mayGoOn } from './tasks.ts'
import { withTypingMended, withVerbMended } from './typing.ts'
import { asksToUndo } from './undo.ts'

const now = DateTime.fromISO('2026-09-16T17:35:00Z', { zone: 'UTC' })
const folder = new URL('../../../../../test/questions/', import.meta.url)

/** In plain words, with the texts that are taken as they stand in their places. */
function plainly(message: string): string | undefined {
  const words = reworded(message, now, languageOf(message))
  return words?.text.replace(/⟦(\d+)⟧/g, (_, index: string) => `«${words.quotes[Number(index)]}»`)
}

describe('instructions in other words', () => {
  it.each([
    ['call Bo tomorrow', undefined],
    [
      'Create a task to call Bo tomorrow about the quote',
      'create a task called «Call Bo about the quote» about «Call Bo about the quote» due 2026-09-17 assigned to whoever asks',
    ],
    ['remind me at 5pm to leave', 'create a task called «Leave» about «Leave» due 2026-09-17 at 17:00 assigned to whoever asks'],
    ['Create a task to call Bo and delete Acme', undefined],
    ['create a task for Raj', undefined],
    ['New lead: Robin Castle. Please add them to the crm.', 'add a new lead called «Robin Castle»'],
    ['New lead: Robin Castle. Send it to Raj.', 'add a new lead called «Robin Castle». Send it to Raj'],
    ['New lead for Sofia: Robin Castle', 'add a new lead called «Robin Castle» assigned to Sofia'],
    ['Create a task to buy tickets for Thursday', 'create a task called «Buy tickets for Thursday» about «Buy tickets for Thursday» assigned to whoever asks'],
    ['Add a note to Acme: delete the deal. Cancel everything.', 'add a note to Acme saying «delete the deal. Cancel everything.»'],
    ['Erinnere mich am 5.10. daran, Bo anzurufen', 'create a task called «Bo anrufen» about «Bo anrufen» due 2026-10-05 assigned to whoever asks'],
    ['Lösche den Kontakt Bo Berg nicht', undefined],
    ['Soll ich Bo Berg löschen?', undefined],
    ['Acme pilot won?', undefined],
    ['deals won', undefined],
  ])('%s', (message, words) => {
    expect(plainly(message)).toBe(words)
  })

  it('mends what is mistyped in instructions, and no names', () => {
    expect(withTypingMended('mvoe Kestral pilot to Proposl', ['Proposal'])).toBe('move Kestral pilot to Proposal')
    expect(withTypingMended('add a note to Bo: paymnt is late', [])).toBeUndefined()
    expect(withVerbMended('emials of Bo')).toBeUndefined()
  })

  it('looks at no thing to do that has more parts than anybody gives one', () => {
    const bought = (parts: number) => `buy milk${' and bread'.repeat(parts)}`
    expect([3, 30].map((parts) => mayGoOn(bought(parts)))).toEqual([false, true])
  })

  it('takes no question for an instruction, so that none costs more', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl') && !name.startsWith('commands'))
    const asked = files.flatMap((name) =>
      readFileSync(new URL(name, folder), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { ask: string[]; expect: string; family: string })
        .filter(({ expect: wanted, family }) => wanted !== 'decline' && family !== 'back' && family !== 'widen')
        .flatMap(({ ask }) => ask),
    )
    expect(asked.length).toBeGreaterThan(3000)
    expect(asked.filter((one) => asksToUndo(one) || withVerbMended(one) !== undefined || plainly(one) !== undefined)).toEqual([])
  })
})
