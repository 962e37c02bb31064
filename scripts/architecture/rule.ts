import type { SourceFile, SourceImport } from './source-tree.ts'

export interface Violation {
  rule: string
  path: string
  line: number
  /** What is wrong, and where it belongs instead. */
  message: string
}

export interface Rule {
  name: string
  check(files: readonly SourceFile[]): Violation[]
}

/** A rule about each import: a sentence when it is wrong. */
export function importRule(name: string, judge: (file: SourceFile, source: SourceImport) => string | undefined): Rule {
  return {
    name,
    check: (files) =>
      files.flatMap((file) =>
        file.imports.flatMap((source) => {
          const message = judge(file, source)
          return message === undefined ? [] : [{ rule: name, path: file.path, line: source.line, message }]
        }),
      ),
  }
}

/** A rule about what is written in some files: a sentence for each match. */
export function textRule(name: string, pattern: RegExp, appliesTo: (path: string) => boolean, message: string): Rule {
  return {
    name,
    check: (files) =>
      files
        .filter(({ path }) => appliesTo(path))
        .flatMap(({ path, code }) =>
          [...code.matchAll(new RegExp(pattern, 'g'))].map(({ index }) => ({ rule: name, path, line: code.slice(0, index).split('\n').length, message })),
        ),
  }
}

export function isIn(path: string, ...folders: string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`))
}

/** Whether an import names a package, not a file of the repository or a part of Node. */
export function isPackage(target: string): boolean {
  return !target.startsWith('node:') && !isIn(target, 'backend', 'contracts', 'frontend', 'scripts', 'node_modules')
}
