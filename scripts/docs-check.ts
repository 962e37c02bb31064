import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const pathFolders = ['backend', 'contracts', 'frontend', 'scripts', 'docs', 'deploy', '.ci']

/** Sentences of the documentation that are not true: scripts that do not exist, paths and links that lead nowhere. */
export function checkDocs(root: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
  return listDocs(root).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const named = [...text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map((match) => match[1] as string)
    const missingScripts = named.filter((name) => !(name in scripts)).map((name) => `${file} names "npm run ${name}", which package.json does not have`)
    const missingPaths = namedPaths(text)
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${file} names ${path}, which does not exist`)
    const missingLinks = localLinks(text)
      .filter((link) => !existsSync(join(root, file, '..', link)))
      .map((link) => `${file} links to ${link}, which does not exist`)
    return [...new Set([...missingScripts, ...missingPaths, ...missingLinks])]
  })
}

function listDocs(root: string): string[] {
  const docs = join(root, 'docs')
  const inDocs = existsSync(docs)
    ? readdirSync(docs, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    : []
  return [
    ...['README.md', 'AGENTS.md'].filter((name) => existsSync(join(root, name))),
    ...inDocs.map((entry) => relative(root, join(entry.parentPath, entry.name))),
  ]
}

/** Paths in backquotes that start at the repository root and are no pattern. */
function namedPaths(text: string): string[] {
  return [...text.matchAll(/`([\w.@-]+(?:\/[\w.@-]+)*\/?)`/g)]
    .map((match) => match[1] as string)
    .filter((path) => path.includes('/') && pathFolders.includes(path.split('/')[0] as string) && !isMadeLater(path))
}

/** What an installation, a build or a start makes. */
function isMadeLater(path: string): boolean {
  return /^backend\/data\b|^backend\/\.env(\.(development|staging|production))?$|^frontend\/dist\b/.test(path)
}

function localLinks(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] as string).filter((link) => !/^[a-z]+:/.test(link))
}
