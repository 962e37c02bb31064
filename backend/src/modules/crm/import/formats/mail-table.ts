import { createHash } from 'node:crypto'
import PostalMime, { type Address } from 'postal-mime'
import { AppError } from '#backend/kernel/errors.ts'
import { maxCellLength } from '#contracts/import.ts'
import type { SpooledFile } from '../spool.ts'
import { htmlToText } from './html-text.ts'
import { type RawMessage, splitMailbox } from './mbox-messages.ts'
import { headingsLine, problemLine, rowLine, tableHead } from './table-file.ts'

export const mailColumns = ['from', 'to', 'subject', 'body', 'sent_at', 'direction', 'external_id'] as const
type MailRow = Record<(typeof mailColumns)[number], string>

const maxBodyLength = Math.min(maxCellLength, 500_000)
const maxSubjectLength = 1000
const maxRecipients = 200
const maxEmlBytes = 64 * 1024 * 1024

/**
 * Messages as the text of a table, a row a message.
 * @param ownAddresses addresses of the workspace's people, in lower case: what they sent went out
 * @throws AppError VALIDATION
 */
export async function* mailTable(file: SpooledFile, format: 'eml' | 'mbox', ownAddresses: ReadonlySet<string>): AsyncGenerator<string> {
  yield tableHead({ format }) + headingsLine(mailColumns)
  let row = 0
  for await (const message of format === 'mbox' ? splitMailbox(file.read()) : single(file)) {
    row++
    const read = message === undefined ? { problem: 'is larger than 64 MB, so it was not read' } : await readMessage(message, ownAddresses)
    yield 'problem' in read
      ? problemLine(row, read.problem)
      : rowLine(
          row,
          mailColumns.map((column) => read[column]),
        )
  }
  if (row === 0) throw new AppError('VALIDATION', 'The mailbox holds no message; nothing was imported.')
}

async function* single(file: SpooledFile): AsyncGenerator<RawMessage> {
  if (file.size > maxEmlBytes) throw new AppError('VALIDATION', 'The message is larger than 64 MB, so it was not read; nothing was imported.')
  const parts: Buffer[] = []
  for await (const part of file.read()) parts.push(part)
  yield Buffer.concat(parts)
}

async function readMessage(bytes: Buffer, ownAddresses: ReadonlySet<string>): Promise<MailRow | { problem: string }> {
  try {
    const mail = await PostalMime.parse(bytes)
    const from = addressesOf(mail.from === undefined ? (mail.sender === undefined ? [] : [mail.sender]) : [mail.from])[0]
    if (from === undefined) return { problem: 'names no sender, so it is no message that can be kept' }
    const text = mail.text?.trim() || htmlToText(mail.html ?? '')
    return {
      from,
      to: addressesOf([...(mail.to ?? []), ...(mail.cc ?? [])])
        .slice(0, maxRecipients)
        .join(';'),
      subject: (mail.subject ?? '').replace(/\s+/g, ' ').trim().slice(0, maxSubjectLength),
      body: storable(text).slice(0, maxBodyLength),
      sent_at: sentAt(mail.date),
      direction: ownAddresses.has(from.toLowerCase()) ? 'outbound' : 'inbound',
      // Without an id of its own a message is known by its bytes, so that it is not taken twice.
      external_id: mail.messageId?.trim() || `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    }
  } catch (error) {
    // The parser throws for messages nested or sized beyond reason; the others are fine.
    return { problem: `cannot be read as a message (${error instanceof Error ? error.message.slice(0, 120) : 'unknown'})` }
  }
}

const addressesOf = (addresses: readonly Address[]): string[] =>
  addresses
    .flatMap((one) => (one.group === undefined ? [one.address ?? ''] : one.group.map(({ address }) => address ?? '')))
    .filter((address) => address !== '')

function sentAt(date: string | undefined): string {
  const time = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(time) ? '' : new Date(time).toISOString()
}

/** Mail may hold what the database's texts cannot. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()
