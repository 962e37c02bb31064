import { check, property, string, stringMatching } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '#backend/kernel/errors.ts'
import { deriveKey } from './derived-key.ts'
import { createKeyRing } from './key-ring.ts'
import { parseSealed } from './sealed-text.ts'
import { testEncryption } from './self-test.ts'

const current = 'current-key-current-key-current-key'
const previous = 'previous-key-previous-key-previous'
const ring = createKeyRing({ current, previous })
const purpose = 'mail-password:workspace:1'

function failure(work: () => unknown): AppError {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('It was accepted.')
}

describe('key ring', () => {
  it('gives back any text for the purpose it was encrypted for', () => {
    const run = check(
      property(string({ unit: 'binary', maxLength: 300 }), stringMatching(/^[a-z.:]{0,30}$/), (text, name) => {
        const value = ring.encrypt(text, name)
        return ring.decrypt(value, name) === text && !ring.needsRotation(value)
      }),
      { numRuns: 300, seed: 23 },
    )
    expect(run.failed).toBe(false)
  })

  it('writes version, key id, 96 bits of initialisation vector, ciphertext and 128 bits of tag', () => {
    const value = ring.encrypt('hunter2', purpose)
    expect(value).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]{10}\.[\w-]{22}$/)
    expect(value.split('.')[1]).toBe(ring.keyId)
    expect(value).not.toContain('hunter2')
  })

  it('never writes the same value or the same initialisation vector twice', () => {
    const ivs = new Set(Array.from({ length: 2000 }, () => ring.encrypt('same', purpose).split('.')[2]))
    expect(ivs.size).toBe(2000)
  })

  it('refuses another purpose, another record and a text that is not well formed', () => {
    const value = ring.encrypt('hunter2', purpose)
    for (const other of ['mail-password:workspace:2', 'mail-password:other:1', 'crm-key:workspace:1', '', `${purpose} `]) {
      expect(failure(() => ring.decrypt(value, other)).message).toBe(
        'A stored secret was changed since it was encrypted, or belongs to another record. Enter it again.',
      )
    }
    expect(failure(() => ring.encrypt('\ud800', purpose)).code).toBe('VALIDATION')
  })

  it('refuses every single flipped bit of iv, ciphertext and tag, and tells nothing of the value', () => {
    const [version, keyId, ...parts] = ring.encrypt('hunter2', purpose).split('.')
    let tried = 0
    parts.forEach((part, index) => {
      const bytes = Buffer.from(part, 'base64url')
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const copy = Buffer.from(bytes)
        copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const changed = parts.with(index, copy.toString('base64url'))
        const error = failure(() => ring.decrypt([version, keyId, ...changed].join('.'), purpose))
        expect(error.code).toBe('INTERNAL')
        expect(error.message).not.toContain('hunter2')
        tried++
      }
    })
    expect(tried).toBe((12 + 7 + 16) * 8)
  })

  it('refuses every other spelling of a value', () => {
    const value = ring.encrypt('hunter2', purpose)
    const { iv, ciphertext, tag } = parseSealed(value) ?? {}
    if (iv === undefined || ciphertext === undefined || tag === undefined) throw new Error('It does not read its own value.')
    const head = `v1.${ring.keyId}`
    const spell = (...parts: Buffer[]) => [head, ...parts.map((part) => part.toString('base64url'))].join('.')
    const spellings = [
      spell(iv, ciphertext, tag.subarray(0, 15)),
      spell(iv, ciphertext, tag.subarray(0, 4)),
      spell(iv, ciphertext, Buffer.alloc(0)),
      spell(iv, ciphertext, Buffer.concat([tag, tag])),
      spell(iv.subarray(0, 8), ciphertext, tag),
      spell(iv, ciphertext),
      `${value}=`,
      `${value}.`,
      ` ${value}`,
      value.replace('v1.', 'v2.'),
      value.replace('v1.', 'V1.'),
      value.replace(ring.keyId, ring.keyId.toUpperCase().padEnd(9, 'A')),
      `${value}\n`,
      'hunter2',
      '',
      '....',
    ]
    for (const spelling of spellings) expect(failure(() => ring.decrypt(spelling, purpose)).message).toMatch(/not in a form that this version reads/)
    // The last character of a tag of 128 bits carries two bits of it; the other four say nothing and have one spelling.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    for (const last of alphabet.replace(value.slice(-1), '')) failure(() => ring.decrypt(value.slice(0, -1) + last, purpose))
  })

  it('reads what the previous key wrote, and says that it needs rotation', () => {
    const value = createKeyRing({ current: previous }).encrypt('older', purpose)
    expect(ring.decrypt(value, purpose)).toBe('older')
    expect(ring.needsRotation(value)).toBe(true)
    expect(ring.needsRotation('anything else')).toBe(true)
  })

  it('names the key of a value that it cannot read, and the way out', () => {
    const other = createKeyRing({ current: 'some-other-key-some-other-key-some' })
    const error = failure(() => ring.decrypt(other.encrypt('lost', purpose), purpose))
    expect(error.message).toBe(
      `A stored secret was encrypted with the key ${other.keyId}, which this server does not have. Set ENCRYPTION_KEY_PREVIOUS to that key, or enter it again.`,
    )
  })

  it('derives one key from one secret, for ever', () => {
    // Fixed by what is stored on people's disks: this id may change only with a new version of the values.
    expect(deriveKey(current).id).toBe(createKeyRing({ current }).keyId)
    expect(deriveKey('0123456789abcdef0123456789abcdef').id).toBe('6fe2d766')
    expect(deriveKey(current).bytes).toHaveLength(32)
    expect(() => createKeyRing({ current: '' })).toThrow('must not be empty')
  })

  it('reads a value written before', () => {
    const stored = 'v1.6fe2d766.nHoezP30uquwGrP2.kB2nYXXnAA.6lDDyZDPByu6E9vGpMdjEQ'
    expect(createKeyRing({ current: '0123456789abcdef0123456789abcdef' }).decrypt(stored, 'test')).toBe('grüße')
  })
})

describe('testEncryption', () => {
  it('proves the round and that tampering is refused', () => {
    for (const text of ['', 'a', 'Größe 💡'.repeat(100)]) {
      expect(testEncryption(ring, text)).toEqual({
        match: true,
        algorithm: 'aes-256-gcm',
        keyId: ring.keyId,
        ivBits: 96,
        tagBits: 128,
        tamperRefused: true,
      })
    }
  })

  it('reports a key ring that takes anything', () => {
    const gullible = { ...ring, decrypt: () => 'text' }
    expect(testEncryption(gullible, 'text').tamperRefused).toBe(false)
    expect(testEncryption(gullible, 'other').match).toBe(false)
  })
})
