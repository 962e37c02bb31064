import type { Verdict } from './judge.ts'

export interface FamilyScore {
  family: string
  asked: number
  right: number
  wrong: number
  declined: number
}

/** Figures by family, in order of first appearance, the sum of all last. */
export function scoreByFamily(verdicts: readonly { family: string; verdict: Verdict }[]): { families: FamilyScore[]; overall: FamilyScore } {
  const families = new Map<string, FamilyScore>()
  const overall: FamilyScore = { family: 'all', asked: 0, right: 0, wrong: 0, declined: 0 }
  for (const { family, verdict } of verdicts) {
    let score = families.get(family)
    if (score === undefined) {
      score = { family, asked: 0, right: 0, wrong: 0, declined: 0 }
      families.set(family, score)
    }
    for (const counted of [score, overall]) {
      counted.asked++
      counted[verdict]++
    }
  }
  return { families: [...families.values()], overall }
}

export const leastRight = 0.95
export const mostWrong = 0.02

export function passes({ asked, right, wrong }: FamilyScore): boolean {
  return asked > 0 && right / asked >= leastRight && wrong / asked <= mostWrong
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
}
