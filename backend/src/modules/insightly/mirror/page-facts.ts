import { toInstant } from '../client/dates.ts'
import type { InsightlyRow } from '../client/records.ts'
import { idOf, type MirroredEntity } from '../mapping/index.ts'
import type { LandedPage } from './sync-runs.repository.ts'

/** What is kept of a page when it has landed. */
export function pageOf(entity: MirroredEntity, page: number, { rows, total }: { rows: readonly InsightlyRow[]; total: number | null }): LandedPage {
  const last = rows.at(-1)
  return { object: entity, page, rows: rows.length, total, lastId: last === undefined ? null : idOf(entity, last), newest: newestOf(rows) }
}

/** The latest change among these rows; null when none tells. */
export function newestOf(rows: readonly InsightlyRow[]): string | null {
  return latest(rows.map((row) => toInstant(row.DATE_UPDATED_UTC as string | null | undefined) ?? toInstant(row.DATE_CREATED_UTC as string | null | undefined)))
}

export function newestIn(pages: readonly LandedPage[]): string | null {
  return latest(pages.map(({ newest }) => newest))
}

function latest(instants: readonly (string | null)[]): string | null {
  return instants.reduce((newest, instant) => (instant !== null && (newest === null || instant > newest) ? instant : newest), null)
}
