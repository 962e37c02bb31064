import type { Config } from '#backend/config/index.ts'

/** How many workers serve; 0 where one process does everything, which starts fastest and takes the least memory. */
export function workerCount({ application: { environment, workers } }: Pick<Config, 'application'>): number {
  return workers === 1 && environment === 'development' ? 0 : workers
}
