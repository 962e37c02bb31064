import { describe, expect, it } from 'vitest'
import { refuseWeakPassword } from './password-policy.ts'
import { argon2id, createPasswords } from './passwords.ts'

describe('stored passwords', () => {
  it('are argon2id with the parameters that OWASP names, salted, and right for the same text however it was typed', async () => {
    const passwords = createPasswords()
    const hash = await passwords.hash('ﬁrst café \u212B password')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(await passwords.hash('ﬁrst café \u212B password')).not.toBe(hash)
    expect(await passwords.verify({ hash, password: 'first cafe\u0301 \u00C5 password' })).toBe(true)
    expect(await passwords.verify({ hash, password: 'first cafe \u00C5 password' })).toBe(false)
    await expect(passwords.verify({ hash: 'plain', password: 'plain' })).rejects.toThrow(/in no form/)
  })

  it('agree with the reference implementation of argon2id', async () => {
    // phc-winner-argon2, src/test.c: version 0x13, t=2, m=2^16, p=1, "password", "somesalt".
    const tag = await argon2id('password', { memory: 65_536, passes: 2, parallelism: 1 }, Buffer.from('somesalt'), 32)
    expect(tag.toString('hex')).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7')
  })

  it('are not cut: what differs after 150 characters is another password', async () => {
    const passwords = createPasswords()
    const hash = await passwords.hash(`${'x'.repeat(150)}a`)
    expect(await passwords.verify({ hash, password: `${'x'.repeat(150)}b` })).toBe(false)
  })

  it('take two at a time, and all get their turn', async () => {
    let running = 0
    let most = 0
    const passwords = createPasswords(async () => {
      most = Math.max(most, ++running)
      await new Promise((done) => setTimeout(done, 2))
      running--
      return Buffer.alloc(32)
    })
    await Promise.all(Array.from({ length: 20 }, () => passwords.hash('any')))
    expect(most).toBe(2)
    const crowd = await Promise.allSettled(Array.from({ length: 210 }, () => passwords.hash('any')))
    const refused = crowd.filter((result) => result.status === 'rejected')
    expect(refused).toHaveLength(8)
    expect(refused[0]).toMatchObject({ reason: { code: 'RATE_LIMITED' } })
  })
})

describe('a new password', () => {
  const owner = { name: 'Anna Margareta Ek', email: 'anna.ek.of.company@example.com' }

  it.each([
    ['', 'at least 12'],
    ['short-one-1', 'at least 12'],
    ['🦊🦊🦊🦊🦊🦊', 'at least 12'],
    ['x'.repeat(201), 'at most 200'],
    ['password1234', 'guessed first'],
    ['Password1234!', 'guessed first'],
    ['P@ssw0rd1234', 'guessed first'],
    ['qwertyuiop12', 'guessed first'],
    ['iloveyou1234', 'guessed first'],
    ['letmeinletmein', 'guessed first'],
    ['aaaaaaaaaaaaaaaa', 'guessed first'],
    ['123456789012', 'guessed first'],
    ['x'.repeat(200), 'guessed first'],
    ['anna margareta ek', 'your name'],
    ['Anna.Ek.Of.Company@example.com', 'your name'],
    ['annaekofcompany', 'your name'],
    ['half a \ud800 character', 'half a character'],
  ])('is refused with the reason: %j', async (password, reason) => {
    await expect(refuseWeakPassword(password, owner)).rejects.toMatchObject({ code: 'VALIDATION', message: expect.stringContaining(reason) })
  })

  it.each(['correct horse battery staple', 'blue-harbour-quilt-94', 'Sup3r-Secret-Passw0rd!', 'ünïcödé-lösenørd-är-långt', 'vK8#mQ2$xR7!'])(
    'is taken when it is long and uncommon: %j',
    async (password) => {
      await expect(refuseWeakPassword(password, owner)).resolves.toBeUndefined()
    },
  )
})
