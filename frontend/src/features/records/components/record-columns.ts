import type { PageEntity } from '@/lib/record-links.ts'
import type { RecordField } from '../record-fields.ts'

const widths: Partial<Record<RecordField['type'], number>> = {
  integer: 96,
  number: 110,
  money: 120,
  currency: 88,
  date: 118,
  datetime: 118,
  boolean: 80,
  email: 210,
  phone: 162,
  tags: 180,
  multiChoice: 180,
  list: 200,
  longText: 320,
  choice: 132,
}
const byKey: Record<string, number> = {
  name: 200,
  title: 240,
  subject: 300,
  organisation: 180,
  owner: 160,
  author: 160,
  stage: 150,
  city: 120,
  country: 130,
  state: 120,
  order_id: 140,
  customer: 220,
  sku: 130,
  starts_at: 162,
  ends_at: 162,
  sent_at: 162,
  due_at: 162,
}
const unsortable = new Set<RecordField['type']>(['tags', 'multiChoice', 'list', 'longText'])

export const widthOf = (entity: PageEntity, field: RecordField): number => {
  if (entity === 'contacts' && field.key === 'title') return 168
  if (field.key === 'state' && entity !== 'opportunities') return 130
  return byKey[field.key] ?? widths[field.type] ?? 150
}
export const isSortable = (field: RecordField): boolean => !unsortable.has(field.type) && !field.key.startsWith('custom.')
