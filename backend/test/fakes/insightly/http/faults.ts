import { z } from 'zod'
import { randomFor } from '../../../../seeds/demo/random.ts'

/**
 * What goes wrong: `page` is a 500 with an HTML page, `throttle` a 429 although there are calls left, `cut` ends the connection
 * before anything is done, `lost` after it is done, `hang` never answers.
 */
export const faultSchema = z.strictObject({
  kind: z.enum(['page', 'throttle', 'status', 'delay', 'cut', 'lost', 'hang']),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
  /** A regular expression over path and parameters. */
  path: z.string().optional(),
  /** How many calls it hits; without it and without a probability, one. */
  count: z.int().positive().optional(),
  /** How many matching calls it lets pass first. */
  after: z.int().nonnegative().optional(),
  probability: z.number().min(0).max(1).optional(),
  status: z.int().min(200).max(599).optional(),
  body: z.string().optional(),
  contentType: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  delayMs: z.int().nonnegative().optional(),
})

export type Fault = z.infer<typeof faultSchema>

export interface Faults {
  list(): readonly Fault[]
  add(fault: Fault): void
  clear(): void
  /** What goes wrong with this call, by the first rule that hits. */
  next(call: { number: number; method: string; path: string }): Fault | undefined
}

interface Rule {
  fault: Fault
  pattern: RegExp | undefined
  toPass: number
  left: number
}

/** The chance of a fault is that of the call's number, so a run can be repeated. */
export function createFaults(seed: number): Faults {
  let rules: Rule[] = []

  function hits(rule: Rule, index: number, call: { number: number; method: string; path: string }): boolean {
    const { fault, pattern } = rule
    if (rule.left === 0 || (fault.method !== undefined && fault.method !== call.method) || pattern?.test(call.path) === false) return false
    if (fault.probability !== undefined && !randomFor(seed, `fault ${index}`, call.number).chance(fault.probability)) return false
    if (rule.toPass > 0) {
      rule.toPass--
      return false
    }
    rule.left--
    return true
  }

  return {
    list: () => rules.filter(({ left }) => left > 0).map(({ fault }) => fault),
    add(fault) {
      const unlimited = fault.probability === undefined ? 1 : Number.POSITIVE_INFINITY
      const pattern = fault.path === undefined ? undefined : new RegExp(fault.path, 'i')
      rules.push({ fault, pattern, toPass: fault.after ?? 0, left: fault.count ?? unlimited })
    },
    clear() {
      rules = []
    },
    next: (call) => rules.find((rule, index) => hits(rule, index, call))?.fault,
  }
}

const slowMs = 3000

/** Faults of the command line: `429:0.05,500:0.01,slow:0.02,cut:0.01,lost:0.01`. */
export function parseFaults(text: string): Fault[] {
  return text.split(',').map((part) => {
    const [name = '', share = ''] = part.split(':')
    const probability = Number(share)
    if (share === '' || !(probability >= 0 && probability <= 1)) throw new Error(`"${part}" is no fault; write for example 429:0.05.`)
    if (name === '429') return { kind: 'throttle', probability }
    if (name === '500') return { kind: 'page', probability }
    if (name === 'slow') return { kind: 'delay', probability, delayMs: slowMs }
    if (name === 'cut' || name === 'lost' || name === 'hang') return { kind: name, probability }
    if (/^[45]\d\d$/.test(name)) return { kind: 'status', status: Number(name), probability }
    throw new Error(`"${name}" is no fault; there are 429, 500, slow, cut, lost, hang and other status codes.`)
  })
}
