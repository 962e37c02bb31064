import type { Answered } from './suite.ts'

/** A test of the product that did not come out as it should. */
export class Mismatch extends Error {}

export function expectThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Mismatch(otherwise)
}

/** Compares by their JSON, so that lists and records can be compared as well. */
export function expectSame(found: unknown, wanted: unknown, what: string): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)]
  expectThat(left === right, `${what}: expected ${shortened(right)}, got ${shortened(left)}.`)
}

export function expectStatus(answered: Answered, status: number, what: string): void {
  expectThat(answered.status === status, `${what}: expected status ${status}, got ${answered.status} (${shortened(answered.text)}).`)
}

function shortened(text: string | undefined): string {
  const whole = text ?? 'nothing'
  return whole.length > 300 ? `${whole.slice(0, 300)}…` : whole
}
