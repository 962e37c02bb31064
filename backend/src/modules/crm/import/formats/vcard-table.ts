import { AppError } from '#backend/kernel/errors.ts'
import { decode, detectEncoding } from '../encoding.ts'
import type { SpooledFile } from '../spool.ts'
import { headingsLine, problemLine, rowLine, tableHead } from './table-file.ts'
import { modernCard, splitCards } from './vcard-lines.ts'
import { type CardRow, cardColumns, toCardRow } from './vcard-row.ts'

type Card = { card: CardRow } | { problem: string }

/** An address book as the text of a table, a row a card; the first reading finds out which columns it needs. */
export async function* vcardTable(file: SpooledFile): AsyncGenerator<string> {
  const used = new Set<string>()
  let readable = 0
  for await (const one of cardsOf(file)) {
    if ('problem' in one) continue
    readable++
    for (const column of Object.keys(one.card)) used.add(column)
  }
  if (readable === 0) throw new AppError('VALIDATION', 'No card of the vCard file can be read; nothing was imported. Export the contacts again, or as CSV.')
  const columns = cardColumns.filter((column) => used.has(column))
  yield tableHead({ format: 'vcard' }) + headingsLine(columns)
  let row = 0
  for await (const one of cardsOf(file)) {
    row++
    yield 'problem' in one
      ? problemLine(row, one.problem)
      : rowLine(
          row,
          columns.map((column) => one.card[column] ?? ''),
        )
  }
}

async function* cardsOf(file: SpooledFile): AsyncGenerator<Card> {
  const text = decode(file.read(), { encoding: detectEncoding(file.head), damaged: false })
  const isBeginning = !file.complete && file.size <= file.head.length
  for await (const one of splitCards(text, isBeginning)) {
    if ('problem' in one) yield one
    else yield readCard(one.text)
  }
}

function readCard(text: string): Card {
  try {
    return { card: toCardRow(modernCard(text)) }
  } catch (error) {
    // The parser throws for whatever it does not know; the other cards are fine.
    return { problem: `is no vCard that can be read (${error instanceof Error ? error.message.slice(0, 120) : 'unknown'})` }
  }
}
