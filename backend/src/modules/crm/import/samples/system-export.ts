import type { EntityName } from '#contracts/entities.ts'

/** An export as the system writes it, and what must become of it: the mapping without anybody's help, and its first record. */
export interface SystemExport {
  system: string
  entity: EntityName
  file: string
  mapping: Record<string, string>
  record: Record<string, unknown>
}
