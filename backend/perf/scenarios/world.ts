import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Figure } from '../figures.ts'

const entry = fileURLToPath(new URL('../../cli.js', import.meta.url))

/** Loads the demo world at scale through the operator command. */
export async function seedWorld(variables: Record<string, string>, scale: number): Promise<Figure[]> {
  const output = await run(['seed', '--scenario', 'demo', '--scale', String(scale), '--json'], variables)
  const { rows, rowsPerSecond } = JSON.parse(output) as { rows: number; rowsPerSecond: number }
  return [{ name: 'seed the whole demo world', value: rowsPerSecond, unit: 'rows/s', note: `${rows.toLocaleString('en')} rows of ten kinds` }]
}

function run(args: string[], variables: Record<string, string>): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [entry, ...args], { env: { ...process.env, ...variables }, stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.once('error', failed)
    child.once('exit', (code) => (code === 0 ? done(output) : failed(new Error(`The command ${args[0]} failed: ${output}`))))
  })
}
