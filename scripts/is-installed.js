// Plain JavaScript that Node 18 understands. Ends with 0 when node_modules holds what package-lock.json asks for,
// whatever the files' times say; packages of other platforms and development tools that were left out do not count.
import { readFileSync } from 'node:fs'

function packages(path) {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).packages
}

try {
  const wanted = packages('../package-lock.json')
  const installed = packages('../node_modules/.package-lock.json')
  const hasTools = 'node_modules/vite' in installed
  const missing = Object.entries(wanted).filter(([path, { version, optional, dev, devOptional }]) => {
    if (path === '' || optional || devOptional || (dev && !hasTools)) return false
    return installed[path]?.version !== version
  })
  process.exitCode = missing.length === 0 ? 0 : 1
} catch {
  // Neither file has to be there, or whole.
  process.exitCode = 1
}
