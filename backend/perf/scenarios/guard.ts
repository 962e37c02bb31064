import { medianMs } from '#backend/cli/threat-score/speed.ts'
import type { Figure } from '../figures.ts'

const rounds = 2000

/** What the threat guard adds to each request, beside what Node needs to read the same body as JSON. */
export function measureGuard(): Figure[] {
  const guard = medianMs()
  const bare = medianOfParsing()
  return [
    { name: 'threat guard, ordinary request, median', value: guard, unit: 'ms', target: 0.3 },
    { name: 'threat guard against parsing its body', value: guard / bare, unit: 'ratio', note: `parsing takes ${bare.toFixed(4)} ms` },
  ]
}

function medianOfParsing(): number {
  const body = JSON.stringify({ first_name: 'Ann', note: 'Please call after 2 pm - not on Fridays. '.repeat(12) })
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now()
    JSON.parse(body)
    return performance.now() - started
  })
  return times.sort((a, b) => a - b)[rounds / 2] ?? Number.NaN
}
