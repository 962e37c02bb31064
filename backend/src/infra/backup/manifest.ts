import { z } from 'zod'

/** Raised when the shape of an archive changes in a way that an older ChatSG cannot read. */
export const archiveFormat = 1

/** The first entry of an archive, in clear: what it takes to read the others. */
export const headerSchema = z.object({
  format: z.literal(archiveFormat),
  version: z.string(),
  createdAt: z.iso.datetime(),
  /** Of this archive; bound into each of its blocks, so that none is taken from another. */
  id: z.uuid(),
  /** Hexadecimal, of the key's derivation. */
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  /** Tells whether a key is the right one, and nothing about it. */
  keyId: z.string(),
})
export type ArchiveHeader = z.infer<typeof headerSchema>

const streamSchema = z.object({
  /** Such as `database/chatsg.contacts`, `sessions/<id>.jsonl`, `configuration/backend/.env`. */
  name: z.string(),
  blocks: z.int().min(0),
  /** Before compression. */
  bytes: z.int().min(0),
  /** Hexadecimal SHA-256 of what was stored, before compression. */
  sha256: z.string().length(64),
  /** Of a table. */
  rows: z.int().min(0).optional(),
  columns: z.array(z.string()).optional(),
})
export type ArchivedStream = z.infer<typeof streamSchema>

/** The last entry, sealed: everything that must be there. */
export const manifestSchema = z.object({
  migrations: z.array(z.object({ name: z.string(), checksum: z.string(), appliedAt: z.string() })),
  sequences: z.array(z.object({ name: z.string(), value: z.string(), isCalled: z.boolean() })),
  streams: z.array(streamSchema),
})
export type Manifest = z.infer<typeof manifestSchema>

/** Sums over what an archive holds. */
export interface ArchiveSummary {
  createdAt: string
  version: string
  tables: number
  rows: number
  sessions: number
  /** Of the archive's file. */
  bytes: number
}
