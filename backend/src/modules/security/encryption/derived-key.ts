import { createHash, hkdfSync } from 'node:crypto'

/** A key made from a configured secret, and the name it goes by. */
export interface DerivedKey {
  /** The first 8 hexadecimal digits of a hash of the derived key: tells keys apart and gives nothing away about the secret. */
  readonly id: string
  readonly bytes: Buffer
}

export interface Derivation {
  secret: Uint8Array
  salt: Uint8Array
  info: Uint8Array
  /** Bytes wanted, at most 255 times 32. */
  length: number
}

// Fixed: another value makes every stored secret unreadable. A new form of the values gets new ones.
const salt = Buffer.from('chatsg/encryption/salt/v1')
const info = Buffer.from('chatsg/encryption/aes-256-gcm/v1')
const keyBytes = 32

/**
 * HKDF with SHA-256: extract and expand as in RFC 5869, sections 2.2 and 2.3.
 * @throws Error when more is asked for than the function may give
 */
export function deriveBytes(derivation: Derivation): Buffer {
  return Buffer.from(hkdfSync('sha256', derivation.secret, derivation.salt, derivation.info, derivation.length))
}

/** The AES-256 key that a configured secret such as `ENCRYPTION_KEY` stands for. */
export function deriveKey(secret: string): DerivedKey {
  if (secret === '') throw new Error('An encryption key must not be empty.')
  const bytes = deriveBytes({ secret: Buffer.from(secret), salt, info, length: keyBytes })
  const id = createHash('sha256').update('chatsg/encryption/key-id/v1').update(bytes).digest('hex').slice(0, 8)
  return { id, bytes }
}
