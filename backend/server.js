import v8 from 'node:v8'
import { runOnPinnedNode } from '../scripts/run-on-pinned-node.js'

// On a large machine V8 lets its heap grow to twice what is in use before it cleans up; a platform that shares the machine should not.
v8.setFlagsFromString('--semi-space-growth-factor=1')
v8.setFlagsFromString('--heap-growing-percent=15')
await runOnPinnedNode(import.meta.url, './src/main.ts')
