// Plain JavaScript that Node 18 understands: it decides which Node runs the rest.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

const oldest = 24
const parentVariable = 'CHATSG_STARTED_BY'
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2']

/**
 * Imports `module` when this Node is new enough, else runs `entry` again on the pinned one, as if it were this process:
 * signals are passed on, and its exit code is ours.
 * @param {string} entry URL of the file that was started
 * @param {string} module path of the module it stands for, relative to it
 */
export async function runOnPinnedNode(entry, module) {
  if (Number(process.versions.node.split('.')[0]) < oldest) return delegate(fileURLToPath(entry))
  if (process.env[parentVariable] === String(process.ppid)) endWithParent()
  // Halves the time a start takes; a folder that cannot be written just costs that time.
  nodeModule.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)))
  await import(new URL(module, entry).href)
}

function delegate(file) {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const executable = process.platform === 'win32' ? 'node.exe' : 'node'
  const pinned = fileURLToPath(new URL(`../node_modules/node-${platform}-${process.arch}/bin/${executable}`, import.meta.url))
  if (!existsSync(pinned)) {
    process.stderr.write(`Node ${oldest} is needed, and this is ${process.versions.node}: run "npm ci", which brings it along, or install it.\n`)
    process.exit(1)
  }
  // As it was named: a link to the release of the day has to stay one, so that new workers are of the next release.
  const args = [process.argv[1] ?? file, ...process.argv.slice(2)]
  const env = { ...process.env, [parentVariable]: String(process.pid) }
  const child = spawn(pinned, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env })
  for (const signal of signals) {
    process.on(signal, () => {
      // What is typed at a terminal reaches the child by itself.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    })
  }
  child.on('error', (error) => {
    process.stderr.write(`The pinned Node could not be started: ${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    for (const name of signals) process.removeAllListeners(name)
    process.kill(process.pid, signal)
  })
}

/** Nobody can signal us any more once the process they know is gone, so we go with it. */
function endWithParent() {
  delete process.env[parentVariable]
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  process.channel?.unref()
}
