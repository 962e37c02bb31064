import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const shim = new URL('./run-on-pinned-node.js', import.meta.url).href
const pretendToBeOld = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.20.0'}})`

describe('runOnPinnedNode', () => {
  let folder: string
  let child: ChildProcess | undefined

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chatsg-shim-'))
    writeFileSync(join(folder, 'entry.mjs'), `import { runOnPinnedNode } from ${JSON.stringify(shim)}\nawait runOnPinnedNode(import.meta.url, './program.mjs')`)
    writeFileSync(
      join(folder, 'program.mjs'),
      `import { appendFileSync, writeFileSync } from 'node:fs'
      const log = ${JSON.stringify(join(folder, 'log'))}
      for (const signal of ['SIGHUP', 'SIGUSR2']) process.on(signal, () => appendFileSync(log, signal + '\\n'))
      process.on('SIGTERM', () => process.exit(7))
      setInterval(() => {}, 1000)
      writeFileSync(${JSON.stringify(join(folder, 'named'))}, process.argv[1])
      writeFileSync(log, process.pid + ' ' + process.versions.node.split('.')[0] + ' ' + process.argv.slice(2) + '\\n')`,
    )
  })
  afterEach(() => {
    child?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  const start = (...flags: string[]) => startAs('entry.mjs', ...flags)
  const startAs = async (entry: string, ...flags: string[]) => {
    child = spawn(process.execPath, [...flags, join(folder, entry), 'one', 'two'], { stdio: 'ignore' })
    await until(() => log().endsWith('\n'))
    const [pid, major, args] = (log().split('\n')[0] ?? '').split(' ')
    return {
      shimPid: child.pid as number,
      pid: Number(pid),
      major: Number(major),
      args,
      exited: new Promise((done) => child?.once('exit', (code, signal) => done(code ?? signal))),
    }
  }
  const log = () => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '')

  it('runs the program itself when this Node is new enough', async () => {
    const { shimPid, pid, args, exited } = await start()
    expect(pid).toBe(shimPid)
    expect(args).toBe('one,two')
    child?.kill('SIGTERM')
    expect(await exited).toBe(7)
  })

  it('leaves a link the link it is, whichever Node runs it', async () => {
    symlinkSync('entry.mjs', join(folder, 'current.mjs'))
    for (const flags of [[], ['--import', pretendToBeOld]]) {
      rmSync(join(folder, 'log'), { force: true })
      const { exited } = await startAs('current.mjs', ...flags)
      expect(readFileSync(join(folder, 'named'), 'utf8')).toBe(join(folder, 'current.mjs'))
      child?.kill('SIGKILL')
      await exited
    }
  })

  it('runs it on the pinned Node otherwise, and passes on arguments, signals and the exit code', async () => {
    const { shimPid, pid, major, args, exited } = await start('--import', pretendToBeOld)
    expect(pid).not.toBe(shimPid)
    expect(major).toBe(24)
    expect(args).toBe('one,two')
    child?.kill('SIGHUP')
    await until(() => log().includes('SIGHUP'))
    child?.kill('SIGUSR2')
    await until(() => log().includes('SIGUSR2'))
    child?.kill('SIGTERM')
    expect(await exited).toBe(7)
  })

  it('leaves nothing running when it is killed', async () => {
    const { pid, exited } = await start('--import', pretendToBeOld)
    child?.kill('SIGKILL')
    expect(await exited).toBe('SIGKILL')
    await until(() => !isAlive(pid))
  })
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
