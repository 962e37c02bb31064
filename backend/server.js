import { runOnPinnedNode } from '../scripts/run-on-pinned-node.js'

await runOnPinnedNode(import.meta.url, './src/main.ts')
