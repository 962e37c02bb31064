import { expectSame, expectStatus, expectThat } from '../expect.ts'
import type { Suite, TestWorld } from '../suite.ts'

const texts = ['plain', '', 'ümläut, 日本語, 🦊', "'; drop table contacts; --", 'a'.repeat(10_000), 'line\nbreak\ttab']
/** Asked by nobody in particular; each is an attack whichever rule finds it. */
const attacks = [
  `/api/health?check=${encodeURIComponent("basic' union select password from users --")}`,
  `/api/health?check=${encodeURIComponent('<script>alert(1)</script>')}`,
  '/api/health/..%2f..%2f..%2fetc%2fpasswd',
]
const ordinary = ["O'Reilly & Sons", 'select the best union for our workers', 'drop me a line -- thanks', '100% off, 1=1?']

async function countEvents(world: TestWorld, type: string): Promise<number> {
  const answered = await world.call('GET', `/api/security?action=events&type=${type}&limit=1`)
  expectStatus(answered, 200, 'The events')
  return (answered.body.data as { total: number }).total
}

/** Events are written a moment after what they tell of. */
async function untilMore(world: TestWorld, type: string, before: number): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    if ((await countEvents(world, type)) > before) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`No new event of type ${type} was kept within 5 seconds.`)
}

export const securityManagerSuite: Suite = {
  name: 'Security Manager',
  tests: [
    {
      name: 'What is encrypted is read back as it was',
      async run(world) {
        for (const text of texts) {
          const answered = await world.call('POST', '/api/security', { body: { action: 'test_encryption', data: { text } } })
          expectStatus(answered, 200, 'The test of the encryption')
          expectSame((answered.body.data as { match: boolean }).match, true, `"${text.slice(0, 20)}" read back`)
        }
      },
    },
    {
      name: 'Attacks are refused, with an event',
      async run(world) {
        const before = await countEvents(world, 'threat')
        for (const [index, path] of attacks.entries()) {
          const answered = await world.call('GET', path, { as: 'nobody', ip: `203.0.113.${10 + index}` })
          expectStatus(answered, 403, path)
        }
        await untilMore(world, 'threat', before)
      },
    },
    {
      name: 'Ordinary words of people are not taken for attacks',
      async run(world) {
        for (const words of ordinary) {
          expectStatus(await world.call('POST', '/api/crm/notes', { body: { title: words, body: words } }), 201, words)
          expectStatus(await world.call('GET', `/api/crm/search?q=${encodeURIComponent(words)}`), 200, words)
        }
      },
    },
    {
      name: 'A blocked address is refused until it is unblocked',
      async run(world) {
        const ip = '203.0.113.77'
        const command = (action: string, data: object) => world.call('POST', '/api/security', { body: { action, data } })
        const look = () => world.call('GET', '/api/auth/ways', { as: 'nobody', ip })
        expectStatus(await look(), 200, 'Before')
        expectStatus(await command('block_ip', { ip, minutes: 5, reason: 'Self-test' }), 200, 'Blocking')
        expectStatus(await look(), 403, 'While it is blocked')
        expectStatus(await command('unblock_ip', { ip }), 200, 'Unblocking')
        expectStatus(await look(), 200, 'Afterwards')
      },
    },
    {
      name: 'Too many requests of one address are refused, and told when to come back',
      async run(world) {
        for (let request = 0; request < 400; request++) {
          const answered = await world.call('GET', '/api/auth/ways', { as: 'nobody', ip: '203.0.113.99' })
          if (answered.status === 200) continue
          expectStatus(answered, 429, 'The request too many')
          expectThat(Number(answered.headers['retry-after']) > 0, 'Expected Retry-After.')
          return
        }
        throw new Error('400 requests of one address were all answered.')
      },
    },
    {
      name: 'The audit trail holds together',
      async run(world) {
        const answered = await world.call('GET', '/api/audit/verify')
        expectStatus(answered, 200, 'The proof')
        expectSame(answered.body.valid ?? answered.body.ok, true, 'The chain')
      },
    },
  ],
}

const hostile = [
  "'; drop table contacts; --",
  '{"$gt":""}',
  '\u202e\u200b',
  '../../etc/passwd',
  '<img src=x onerror=alert(1)>',
  '__proto__',
  '%00',
  'a'.repeat(5000),
]

export const securityTestsSuite: Suite = {
  name: 'Security Tests',
  tests: [
    {
      name: "Another workspace's record is not there",
      async run(world) {
        const [contact] = await world.gold<{ id: string; email: string }>(
          'select id, email from contacts where workspace_id = $1 and deleted_at is null and email is not null limit 1',
        )
        expectThat(contact !== undefined, 'The demo company has no contact.')
        expectStatus(await world.call('GET', `/api/crm/contacts/${contact.id}`), 200, 'For its own people')
        const as = 'stranger' as const
        expectStatus(await world.call('GET', `/api/crm/contacts/${contact.id}`, { as }), 404, 'For others')
        expectStatus(await world.call('PATCH', `/api/crm/contacts/${contact.id}`, { as, body: { title: 'Mine now' } }), 404, 'A change by others')
        expectStatus(await world.call('DELETE', `/api/crm/contacts/${contact.id}`, { as }), 404, 'A deletion by others')
        const found = await world.call('GET', `/api/crm/search?q=${encodeURIComponent(contact.email)}`, { as })
        expectSame(found.body.items, [], 'What others find')
        const asked = await world.call('POST', '/api/chat', { as, body: { message: 'How many contacts do we have?' } })
        expectThat(!asked.text.includes(contact.email), "The chat showed another workspace's record.")
        const counted = await world.call('POST', '/api/crm/query', { as, body: { entity: 'contacts' } })
        expectSame(counted.body.total, 0, 'Contacts of the other workspace')
      },
    },
    {
      name: 'A conversation is its own person’s alone',
      async run(world) {
        const asked = await world.call('POST', '/api/chat', { body: { message: 'How many leads do we have?' } })
        expectStatus(asked, 200, 'The question')
        const path = `/api/sessions/${String(asked.body.sessionId)}`
        expectStatus(await world.call('GET', path), 200, 'For whoever asked')
        for (const as of ['rep', 'stranger'] as const) expectStatus(await world.call('GET', path, { as }), 404, `For a ${as}`)
      },
    },
    {
      name: 'Roles may do what they may, and no more',
      async run(world) {
        expectStatus(await world.call('GET', '/api/crm/contacts?limit=1', { as: 'viewer' }), 200, 'A viewer reads')
        expectStatus(await world.call('POST', '/api/crm/contacts', { as: 'viewer', body: { first_name: 'No' } }), 403, 'A viewer writes')
        expectStatus(await world.call('POST', '/api/crm/contacts', { as: 'rep', body: { first_name: 'Yes' } }), 201, 'A rep writes')
        for (const path of ['/api/security?action=events', '/api/audit', '/api/test/runs'])
          expectStatus(await world.call('GET', path, { as: 'rep' }), 403, `A rep asks for ${path}`)
      },
    },
    {
      name: 'Nobody gets in without a key, before anything is looked at',
      async run(world) {
        for (const path of ['/api/crm/contacts', '/api/security?action=events', '/api/test', '/api/sessions'])
          expectStatus(await world.call('GET', path, { as: 'nobody', ip: '203.0.113.200' }), 401, path)
        expectStatus(await world.call('POST', '/api/crm/contacts', { as: 'nobody', ip: '203.0.113.200', body: { nonsense: true } }), 401, 'Bad input of nobody')
      },
    },
    {
      name: 'Hostile input is data, or a plain refusal, never an error of ours',
      async run(world) {
        const count = async () => (await world.gold<{ n: string }>('select count(*) as n from contacts where workspace_id = $1'))[0]?.n
        const before = await count()
        for (const text of hostile) {
          const q = encodeURIComponent(text)
          const answers = [
            await world.call('GET', `/api/crm/search?q=${q}`),
            await world.call('GET', `/api/crm/contacts?sort=${q}`),
            await world.call('GET', `/api/crm/contacts/${q}`),
            await world.call('POST', '/api/crm/query', { body: { entity: text } }),
            await world.call('POST', '/api/chat', { body: { message: text } }),
          ]
          for (const { status } of answers) expectThat(status < 500, `"${text.slice(0, 30)}" caused status ${status}.`)
        }
        expectSame(await count(), before, 'Contacts afterwards')
        const broken = await world.call('POST', '/api/crm/query', { raw: { text: '{"entity":', contentType: 'application/json' } })
        expectStatus(broken, 400, 'Broken JSON')
        expectThat(!/\bat .+:\d+:\d+/.test(broken.text), 'The answer shows a stack.')
      },
    },
  ],
}
