import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { findRealInput } from '../../../../test/flows/real-input.data.ts'
import { decryptBytes, encryptBytes } from './cipher.ts'
import { deriveBytes } from './derived-key.ts'

interface Vectors<T> {
  numberOfTests: number
  testGroups: { tests: T[] }[]
}
type Vector<T> = T & { tcId: number; comment: string; result: 'valid' | 'invalid' }
type GcmVector = Vector<Record<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag', string>>
type HkdfVector = Vector<Record<'ikm' | 'salt' | 'info' | 'okm', string> & { size: number }>

const folder = findRealInput('Wycheproof vectors of AES-GCM and HKDF')

function read<T>(name: string): T[] {
  if (folder === undefined) return []
  const content = readFileSync(resolve(folder, 'data/crypto', name))
  const vectors = JSON.parse((name.endsWith('.gz') ? gunzipSync(content) : content).toString()) as Vectors<T>
  const tests = vectors.testGroups.flatMap((group) => group.tests)
  expect(tests).toHaveLength(vectors.numberOfTests)
  return tests
}

const hex = (text: string) => Buffer.from(text, 'hex')

/** What a call gives, or the error it ends with. */
function attempt<T>(work: () => T): { value: T } | { error: string } {
  try {
    return { value: work() }
  } catch (error) {
    return { error: (error as Error).message }
  }
}

/** Vectors that OpenSSL does not take, with the reason. What we write has 96 bits of initialisation vector. */
const refusedVectors = [268, 272, 276].map((tcId) => ({ tcId, reason: 'OpenSSL takes at most 1024 bits of initialisation vector; this has 2056' }))

describe.skipIf(folder === undefined)('Wycheproof', () => {
  it('AES-GCM: every vector, in both directions', () => {
    const vectors = read<GcmVector>('aes_gcm_test.json.gz')
    expect(vectors).toHaveLength(316)
    const refusedByOpenssl: typeof refusedVectors = []
    const wrong: string[] = []
    for (const { tcId, comment, result, ...vector } of vectors) {
      const input = { key: hex(vector.key), iv: hex(vector.iv), aad: hex(vector.aad) }
      const decrypted = attempt(() => decryptBytes(input, hex(vector.ct), hex(vector.tag)).toString('hex'))
      const encrypted = attempt(() => encryptBytes(input, hex(vector.msg)))
      if (result === 'valid' && 'error' in encrypted && /Invalid initialization vector/.test(encrypted.error)) {
        refusedByOpenssl.push({ tcId, reason: `OpenSSL takes at most 1024 bits of initialisation vector; this has ${input.iv.length * 8}` })
        if (!('error' in decrypted)) wrong.push(`${tcId} ${comment}: decrypted only`)
        continue
      }
      if (result === 'valid') {
        const same = 'value' in encrypted && encrypted.value.ciphertext.toString('hex') === vector.ct && encrypted.value.tag.toString('hex') === vector.tag
        if (!same || !('value' in decrypted) || decrypted.value !== vector.msg) wrong.push(`${tcId} ${comment}`)
      } else {
        const forged = 'value' in encrypted && encrypted.value.tag.toString('hex') === vector.tag
        if ('value' in decrypted || forged) wrong.push(`${tcId} ${comment}: accepted`)
      }
    }
    expect(wrong).toEqual([])
    expect(refusedByOpenssl).toEqual(refusedVectors)
  })

  it('HKDF-SHA-256: every vector', () => {
    const vectors = read<HkdfVector>('hkdf_sha256_test.json')
    expect(vectors).toHaveLength(86)
    const wrong: string[] = []
    for (const { tcId, comment, result, size, ...vector } of vectors) {
      const derived = attempt(() => deriveBytes({ secret: hex(vector.ikm), salt: hex(vector.salt), info: hex(vector.info), length: size }).toString('hex'))
      const passes = result === 'valid' ? 'value' in derived && derived.value === vector.okm : 'error' in derived
      if (!passes) wrong.push(`${tcId} ${comment}`)
    }
    expect(wrong).toEqual([])
  })

  it('refuses every shortened tag of a valid vector', () => {
    const vector = read<GcmVector>('aes_gcm_test.json.gz').find(({ result }) => result === 'valid')
    if (vector === undefined) throw new Error('There is no valid vector.')
    const input = { key: hex(vector.key), iv: hex(vector.iv), aad: hex(vector.aad) }
    for (let length = 0; length < 16; length++) {
      expect(() => decryptBytes(input, hex(vector.ct), hex(vector.tag).subarray(0, length))).toThrow('An authentication tag has 16 bytes.')
    }
  })
})
