import { importRule, isIn, isPackage, type Rule } from './rule.ts'

const modulesFolder = 'backend/src/modules'

/** From what everything may use to what may use everything; modules of one layer do not know each other. */
const layers: readonly (readonly string[])[] = [
  ['security'],
  ['crm'],
  ['insightly', 'email', 'products', 'customers', 'sales', 'memory', 'models', 'planner', 'automations'],
  ['agents'],
  ['chat'],
  ['doors'],
]
/** Is handed its checks by the composition root, so that it need not know whom it watches. */
const watcher = 'monitoring'
/** A module that is not named above stands here until it is. */
const newcomersLayer = 2

function layerOf(module: string): number {
  const layer = layers.findIndex((names) => names.includes(module))
  return layer === -1 ? newcomersLayer : layer
}

function moduleOf(path: string): string | undefined {
  return new RegExp(`^${modulesFolder}/([^/]+)/`).exec(path)?.[1]
}

const pureLibraries = ['uuid', 'luxon', 'decimal.js', 'zod']
const pureBuiltins = ['node:async_hooks', 'node:crypto', 'node:util']
const outerFolders = ['backend/src/http', 'backend/src/cli', 'backend/src/app.ts', 'backend/src/main.ts']

/** `contracts, kernel ← infra ← modules ← http, cli ← app ← main`. */
export function directionRules(modules: readonly string[]): Rule[] {
  return [
    importRule('contracts stand alone', ({ path }, { target }) => {
      if (!isIn(path, 'contracts') || isIn(target, 'contracts') || target === 'zod') return undefined
      return `contracts import zod only, not ${target}`
    }),
    importRule('kernel stands alone', ({ path }, { target, isTypeOnly }) => {
      if (!isIn(path, 'backend/src/kernel') || isIn(target, 'backend/src/kernel')) return undefined
      if (pureLibraries.includes(target) || pureBuiltins.includes(target) || (isTypeOnly && isIn(target, 'contracts'))) return undefined
      return `the kernel does no I/O and knows nothing outside itself, not ${target}`
    }),
    importRule('config stands alone', ({ path }, { target }) => {
      if (!isIn(path, 'backend/src/config') || isIn(target, 'backend/src/config') || target.startsWith('node:') || target === 'zod') return undefined
      return `the configuration imports Node and zod only, not ${target}`
    }),
    importRule('infra is below modules', ({ path }, { target }) => {
      if (!isIn(path, 'backend/src/infra') || !isIn(target, modulesFolder, ...outerFolders)) return undefined
      return `infra must not know ${target}`
    }),
    importRule('modules are handed their infra', ({ path }, { target, isTypeOnly, values }) => {
      if (moduleOf(path) === undefined || isTypeOnly) return undefined
      // `sql` builds a statement and runs nothing.
      const isOnlySql = target === 'backend/src/infra/database/database.ts' && values.length > 0 && values.every((name) => name === 'sql')
      if (!isIn(target, 'backend/src/infra', 'backend/src/config') || isOnlySql) return undefined
      return `import only types of ${target}; the composition root hands over the rest`
    }),
    importRule('modules are below http and cli', ({ path }, { target, isTypeOnly }) => {
      if (moduleOf(path) === undefined || isTypeOnly || !isIn(target, ...outerFolders)) return undefined
      return `a module must not know ${target}`
    }),
    importRule('modules have one door', ({ path }, { target }) => {
      const owner = moduleOf(target)
      if (owner === undefined || moduleOf(path) === owner || target === `${modulesFolder}/${owner}/index.ts`) return undefined
      return `import ${modulesFolder}/${owner}/index.ts, the only door of ${owner}`
    }),
    importRule('modules keep their order', ({ path }, { target }) => {
      const from = moduleOf(path)
      const to = moduleOf(target)
      if (from === undefined || to === undefined || from === to) return undefined
      if (!modules.includes(to)) return `there is no module ${to}`
      if (from === watcher || to === watcher)
        return to === 'security' ? undefined : `${watcher} is handed its checks by the composition root; ${from} and ${to} do not know each other`
      return layerOf(to) < layerOf(from) ? undefined : `${from} must not know ${to}: ${layers.map((names) => names.join(', ')).join(' ← ')}`
    }),
    importRule('the web app knows contracts only', ({ path }, { target }) => {
      if (!isIn(path, 'frontend') || isIn(target, 'frontend', 'contracts') || isPackage(target)) return undefined
      return `the browser cannot have ${target}`
    }),
    importRule('the back end does not know the web app', ({ path }, { target }) =>
      isIn(path, 'backend') && isIn(target, 'frontend') ? `the back end must not know ${target}` : undefined,
    ),
    importRule('features do not know each other', ({ path }, { target }) => {
      const feature = (file: string) => /^frontend\/src\/features\/([^/]+)/.exec(file)?.[1]
      if (feature(target) === undefined && !isIn(target, 'frontend/src/app')) return undefined
      if (isIn(path, 'frontend/src/components', 'frontend/src/lib')) return `shared parts must not know ${target}`
      if (feature(path) === undefined || feature(path) === feature(target)) return undefined
      return `features are put together in frontend/src/app, so this one must not know ${target}`
    }),
  ]
}
