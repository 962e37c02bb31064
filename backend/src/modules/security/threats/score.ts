import { blockAt, type Finding, type ThreatAssessment, type ThreatReason } from './threat.ts'

const maximumReasons = 16
/** How much a second suspicion in the same value adds to the first. */
const weightOfMore = 0.25

/** Gathers what the values of a request say; the most suspicious value decides. */
export class Assessment {
  private score = 0
  private readonly reasons: ThreatReason[] = []

  add(where: string, findings: readonly Finding[]): void {
    if (findings.length === 0) return
    const [first = 0, ...rest] = findings.map(({ score }) => score).sort((a, b) => b - a)
    this.score = Math.max(this.score, Math.min(100, Math.round(first + weightOfMore * rest.reduce((sum, score) => sum + score, 0))))
    for (const finding of findings) this.reasons.push({ kind: finding.kind, where, what: finding.what, score: finding.score })
  }

  /** Nothing more can change the verdict. */
  isCertain(): boolean {
    return this.score >= blockAt
  }

  result(): ThreatAssessment {
    return { score: this.score, reasons: this.reasons.sort((a, b) => b.score - a.score).slice(0, maximumReasons) }
  }
}
