import { assessRequest, type RequestParts } from '#backend/modules/security/index.ts'

const rounds = 4_000
const warmUp = 1_000

/** What a browser sends when somebody saves a lead: every header, three parameters, 500 bytes of JSON. */
const ordinary: RequestParts = {
  method: 'POST',
  path: '/api/crm/leads',
  query: 'limit=50&sort=-created_at&q=Miller%20%26%20Sons%20in%20Hamburg',
  headers: {
    host: 'crm.example.com',
    connection: 'keep-alive',
    'content-length': '500',
    'sec-ch-ua': '"Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"',
    'sec-ch-ua-mobile': '?0',
    'sec-ch-ua-platform': '"Windows"',
    'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'content-type': 'application/json',
    accept: 'application/json, text/plain, */*',
    origin: 'https://crm.example.com',
    'sec-fetch-site': 'same-origin',
    'sec-fetch-mode': 'cors',
    'sec-fetch-dest': 'empty',
    referer: 'https://crm.example.com/crm/leads?view=open&owner=me',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'accept-language': 'en-GB,en;q=0.9,de;q=0.8',
    cookie: 'session=s%3AqJ8fK2mN4pR6tV8xZ0bD2fH4.kLmNoPqRsTuVwXyZ0123456789abcd; theme=dark',
    'x-csrf-token': 'b1946ac92492d2347c6235b4d2611184',
  },
  body: {
    contentType: 'application/json',
    parsed: {
      first_name: 'Siobhán',
      last_name: "O'Reilly",
      email: 'siobhan.oreilly@example.com',
      phone: '+353 1 234 5678',
      title: 'Head of purchasing & logistics',
      organisation: 'Miller & Sons GmbH',
      source: 'Trade fair "Hannover Messe" 2026',
      tags: ['wholesale', 'priority', 'eu'],
      note: 'Met her at the stand; she asks for 40 units by the end of March (or April, if the price is right). Please call after 2 pm - not on Fridays. Budget: about 12,500 EUR.',
    },
  },
}

/** Median time of one ordinary request in milliseconds. */
export function medianMs(): number {
  const times: number[] = []
  for (let round = 0; round < rounds + warmUp; round += 1) {
    const start = performance.now()
    assessRequest(ordinary)
    if (round >= warmUp) times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}
