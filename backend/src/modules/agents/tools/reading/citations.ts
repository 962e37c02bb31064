import type { Citation } from '#contracts/chat.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Column, QueryResult } from '#contracts/query.ts'
import type { Confidential } from '../confidential/confidential.ts'

const mostCitations = 20

export function citationOf(entity: EntityName, id: string, record: Readonly<Record<string, unknown>>, confidential: Confidential): Citation {
  const { singular, label, labelField } = entities[entity]
  const name = confidential.hidesLabel(entity) ? undefined : record[labelField]
  return { entity: singular, id, label: typeof name === 'string' && name !== '' ? name.slice(0, 200) : label, url: `/crm/${entity}/${id}` }
}

export function citationsOf(entity: EntityName, { rows }: QueryResult, confidential: Confidential): Citation[] {
  return rows.slice(0, mostCitations).flatMap((row) => (typeof row.id === 'string' ? [citationOf(entity, row.id, row, confidential)] : []))
}

const words: readonly Column['type'][] = ['text', 'longText', 'email', 'phone', 'choice', 'tags', 'list', 'link']

/** Whether rows show anything that somebody typed, rather than figures and times alone. */
export function holdsWords({ columns, rows }: QueryResult): boolean {
  return rows.length > 0 && columns.some(({ type }) => words.includes(type))
}
