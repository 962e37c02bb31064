import { appendFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Loaded before a server (`NODE_OPTIONS=--import`): tells after each SIGWINCH what is left of its memory when nothing needless is kept. */
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const folder = process.env.SOAK_FOLDER

process.on('SIGWINCH', () => {
  if (folder === undefined) return
  collect()
  collect()
  const { rss, heapUsed, external } = process.memoryUsage()
  const descriptors = readdirSync('/proc/self/fd').length
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify({ rss, heap: heapUsed + external, descriptors })}\n`)
})
