import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startContestant, startLoopModel } from './contestants.ts'
import { installOthers } from './install.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

describe('agent loops beside each other', () => {
  let folder: string
  let model: Awaited<ReturnType<typeof startLoopModel>>
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chatsg-loops-'))
    model = await startLoopModel()
  })
  afterAll(async () => {
    await model.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(['bare.ts', 'ai-sdk.ts', 'chatsg.ts'])('%s calls the tool once a run and says what it told', async (file) => {
    const contestant = await startContestant(join(here, file), model.url)
    try {
      const report = await contestant.perform({ runs: 3, atOnce: 2 })
      expect(report.durations).toHaveLength(3)
      expect(report.processorMs).toBeGreaterThan(0)
    } finally {
      await contestant.stop()
    }
  })

  it.each([
    ['answers something else', `() => async () => 'Order 4711 is fine.'`, /It answered "Order 4711 is fine\."/],
    ['knows the answer without the tool', `() => async () => expected`, /It called the tool 0 times in 1 runs\./],
  ])('a loop that %s is not measured', async (_, loop, problem) => {
    const file = join(folder, `${_.replaceAll(' ', '-')}.mjs`)
    writeFileSync(file, `import { expected } from ${JSON.stringify(`file://${here}task.ts`)}\nexport const createLoop = ${loop}\n`)
    const contestant = await startContestant(file, model.url)
    try {
      await expect(contestant.perform({ runs: 1, atOnce: 1 })).rejects.toThrow(problem)
    } finally {
      await contestant.stop()
    }
  })

  it('a loop that does not load says why', async () => {
    const file = join(folder, 'missing.mjs')
    writeFileSync(file, `import '@example/that-nobody-has'\n`)
    await expect(startContestant(file, model.url)).rejects.toThrow(/that-nobody-has/)
  })

  it('npm’s own words are told when the others cannot be installed', async () => {
    const npm = join(folder, 'npm-cli.js')
    writeFileSync(npm, `process.stderr.write('npm error code ENOTFOUND\\n'); process.exit(1)\n`)
    const known = process.env.npm_execpath
    process.env.npm_execpath = npm
    try {
      expect(await installOthers(join(folder, 'others'))).toEqual({ why: 'npm error code ENOTFOUND' })
      // What failed is tried again the next time.
      expect(await installOthers(join(folder, 'others'))).toEqual({ why: 'npm error code ENOTFOUND' })
    } finally {
      if (known === undefined) delete process.env.npm_execpath
      else process.env.npm_execpath = known
    }
  })
})
