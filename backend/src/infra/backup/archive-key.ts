import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import type { ArchiveHeader } from './manifest.ts'

const info = 'chatsg/backup/aes-256-gcm/v1'
const ivBytes = 12
const tagBytes = 16

/** The key of one archive, made from `ENCRYPTION_KEY` (HKDF with SHA-256, RFC 5869). */
export interface ArchiveKey {
  readonly id: string
  /** @param context what the block is and where it stands; opening it elsewhere fails */
  seal(context: string, block: Uint8Array): Buffer
  /** @throws Error when the block, its place or the key is another one */
  open(context: string, sealed: Uint8Array): Buffer
}

export function newSalt(): string {
  return randomBytes(32).toString('hex')
}

export function archiveKey(secret: string, salt: string): ArchiveKey {
  const bytes = Buffer.from(hkdfSync('sha256', secret, Buffer.from(salt, 'hex'), info, 32))
  const id = createHash('sha256').update('chatsg/backup/key-id/v1').update(bytes).digest('hex').slice(0, 16)
  return {
    id,
    seal(context, block) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', bytes, iv, { authTagLength: tagBytes })
      cipher.setAAD(Buffer.from(context))
      const ciphertext = cipher.update(block)
      cipher.final()
      return Buffer.concat([iv, cipher.getAuthTag(), ciphertext])
    },
    open(context, sealed) {
      const decipher = createDecipheriv('aes-256-gcm', bytes, sealed.subarray(0, ivBytes), { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(context))
      decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes))
      const block = decipher.update(sealed.subarray(ivBytes + tagBytes))
      decipher.final()
      return block
    },
  }
}

/** The first of the secrets that the archive was sealed with. @throws Error when none was */
export function findArchiveKey(header: ArchiveHeader, secrets: readonly string[]): ArchiveKey {
  for (const secret of secrets) {
    const key = archiveKey(secret, header.salt)
    if (key.id === header.keyId) return key
  }
  throw new Error(
    'This backup was made with another ENCRYPTION_KEY. Set ENCRYPTION_KEY (or ENCRYPTION_KEY_PREVIOUS) to the one it was made with; nothing was changed.',
  )
}

/** Where a block stands. */
export function blockContext(archiveId: string, stream: string, index: number): string {
  return `${archiveId}/${stream}#${index}`
}
