export { type CreatedBackup, createBackup } from './create-backup.ts'
export { type DrillResult, drillBackup } from './drill-backup.ts'
export { type RestoredBackup, restoreBackup } from './restore-backup.ts'
