/** What is removed after a time; the statements are in migration 0030, under the same names. */
export interface RetentionKind {
  name: string
  days: number
}

export interface RetentionDays {
  session: number
  undo: number
  audit: number
  exchange: number
}

/** Nobody has asked for another number of days for these. */
const fixed = { changeRows: 1, keptQuestions: 365, answerChunks: 1, webhookEvents: 30, selfTestRuns: 90, maintenanceRuns: 365 }

/** In their order: undo ends before what it needs goes. */
export function retentionKinds({ session, undo, audit, exchange }: RetentionDays): readonly RetentionKind[] {
  const days: Record<string, number> = {
    undo,
    importUndo: undo,
    changeRows: fixed.changeRows,
    importChanges: fixed.changeRows,
    proposals: Math.max(audit, undo),
    securityEvents: audit,
    keptQuestions: fixed.keptQuestions,
    answerChunks: fixed.answerChunks,
    webhookEvents: fixed.webhookEvents,
    scheduleRuns: audit,
    workflows: session,
    modelCalls: audit,
    modelDays: audit,
    modelExchanges: exchange,
    alerts: audit,
    selfTestRuns: fixed.selfTestRuns,
    maintenanceRuns: fixed.maintenanceRuns,
  }
  return Object.entries(days).map(([name, number]) => ({ name, days: number }))
}
