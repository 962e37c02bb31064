import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { parseSync } from 'vite'

export interface SourceImport {
  /** Path inside the repository, `node:x`, or the name of a package. */
  target: string
  /** Nothing of it is left when the program runs. */
  isTypeOnly: boolean
  /** Names of the values it takes; empty for `import 'x'`, `import * as x`, `export *` and `import('x')`. */
  values: readonly string[]
  line: number
}

export interface SourceFile {
  /** Path inside the repository, with forward slashes. */
  path: string
  imports: readonly SourceImport[]
  /** The text with its comments blanked out. */
  code: string
  lineCount: number
}

const folders = ['contracts', 'backend/src', 'backend/seeds', 'backend/perf', 'frontend/src', 'scripts']
const aliases: Record<string, string> = { '#backend/': 'backend/src/', '#contracts/': 'contracts/', '@/': 'frontend/src/' }

/** Every source file that the rules are about; tests are not. */
export function readSourceTree(root: string): SourceFile[] {
  return folders
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && /\.(ts|tsx|js)$/.test(entry.name) && !/\.test\.tsx?$|\.d\.ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
    .map((path) => readSourceFile(root, path))
}

function readSourceFile(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  const { module, comments } = parseSync(path, text)
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length
  const imports: SourceImport[] = module.staticImports.map(({ moduleRequest, entries, start }) => ({
    target: resolveTarget(path, moduleRequest.value),
    isTypeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    values: entries.filter(({ isType }) => !isType).flatMap(({ importName }) => importName.name ?? []),
    line: lineAt(start),
  }))
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType, importName, start } of entries) {
      if (moduleRequest === null) continue
      imports.push({
        target: resolveTarget(path, moduleRequest.value),
        isTypeOnly: isType,
        values: importName.name === null ? [] : [importName.name],
        line: lineAt(start),
      })
    }
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^['"`]([^'"`$]+)['"`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1]
    if (literal !== undefined) imports.push({ target: resolveTarget(path, literal), isTypeOnly: false, values: [], line: lineAt(start) })
  }
  let code = text
  for (const { start, end } of comments) code = code.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end)
  return { path, imports, code, lineCount: text.split('\n').length - 1 }
}

function resolveTarget(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(dirname(from), specifier))
  for (const [alias, folder] of Object.entries(aliases)) if (specifier.startsWith(alias)) return folder + specifier.slice(alias.length)
  if (specifier.startsWith('node:')) return specifier
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
