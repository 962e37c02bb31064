import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readGroupBytes } from './control-group.ts'
import { createProcessFigures } from './process-figures.ts'

function machine(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), 'chatsg-cgroup-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return { own: join(root, 'own'), root: join(root, 'fs') }
}

it('a control group is read in each of its forms, without what the kernel would give back', () => {
  const unified = machine({
    own: '0::/system.slice/chatsg.service\n',
    'fs/system.slice/chatsg.service/memory.current': '900\n',
    'fs/system.slice/chatsg.service/memory.stat': 'anon 500\ninactive_file 300\nactive_file 100\n',
  })
  expect(readGroupBytes(unified)).toBe(600)
  const older = machine({
    own: '5:cpu,cpuacct:/\n4:memory:/docker/abc\n0::/\n',
    'fs/memory/docker/abc/memory.usage_in_bytes': '800\n',
    'fs/memory/docker/abc/memory.stat': 'inactive_file 1\ntotal_inactive_file 200\n',
  })
  expect(readGroupBytes(older)).toBe(600)
  const container = machine({ own: '0::/../outside\n', 'fs/memory.current': '70\n' })
  expect(readGroupBytes(container)).toBe(70)
  expect(readGroupBytes(machine({ own: '' }))).toBeUndefined()
})

it('memory is told against its limit', () => {
  const figures = createProcessFigures()
  onTestFinished(() => figures.close())
  const { memory } = figures.read()
  expect(memory.residentBytes).toBeGreaterThan(10_000_000)
  expect(memory.limitBytes).toBeGreaterThan(memory.residentBytes)
  expect(memory.used).toBeCloseTo(memory.occupiedBytes / memory.limitBytes, 3)
})
