/** What one look at the machine came to. */
export interface Finding {
  check: string
  status: 'ok' | 'warning' | 'problem'
  /** What was found, as part of a sentence. */
  found: string
  /** How to mend it. */
  fix?: string
}

export const ok = (check: string, found: string): Finding => ({ check, status: 'ok', found })
export const warning = (check: string, found: string, fix: string): Finding => ({ check, status: 'warning', found, fix })
export const problem = (check: string, found: string, fix: string): Finding => ({ check, status: 'problem', found, fix })

const marks = { ok: 'ok      ', warning: 'warning ', problem: 'PROBLEM ' }

export function describeFinding({ check, status, found, fix }: Finding): string {
  return `${marks[status]}${check}: ${found}${fix === undefined ? '' : `. ${fix}`}`
}

const units = ['B', 'kB', 'MB', 'GB', 'TB']

/** `8.2 GB` */
export function describeBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  return `${(bytes / 1000 ** power).toFixed(power < 3 ? 0 : 1)} ${units[power]}`
}
