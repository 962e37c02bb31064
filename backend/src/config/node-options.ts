/** What Node itself was started with: on its command line and by NODE_OPTIONS, which it reads before we do. */
export function readNodeOptions(): string {
  return [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ')
}
