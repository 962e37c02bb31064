import { formatMoney } from './format.ts'

/** "open · 16550 USD" of an opportunity, quote or order, with the amount written as money. */
export function timelineDetail({ kind, title, detail }: { kind: string; title: string; detail: string | null }): string {
  if (detail === null || title.startsWith(detail)) return ''
  if (!['opportunity', 'quote', 'order'].includes(kind)) return detail
  const [, words, amount, currency] = /^(?:(.*?) · )?(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(detail) ?? []
  if (amount === undefined || currency === undefined) return detail
  return [words, formatMoney(amount, currency)].filter(Boolean).join(' · ')
}
