import { readFileSync } from 'node:fs'

/** The version of this ChatSG, from its manifest. */
export function readVersion(): string {
  return (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version
}
