import { parseSync } from 'vite'

interface Node {
  type: string
  [member: string]: unknown
}

const runners = new Set(['it', 'test', 'describe'])
const notRun = new Set(['skip', 'todo', 'fails'])

const known = new Map<string, string[]>()

/** Titles of the tests and suites of a file that run, and the texts of the rows that `.each` lists beside them. */
export function titlesOf(path: string, code: string): string[] {
  const found = known.get(code)
  if (found !== undefined) return found
  const titles: string[] = []
  known.set(code, titles)
  visit(parseSync(path, code).program as unknown as Node, (node) => {
    const chain = node.type === 'CallExpression' ? chainOf(node.callee as Node) : []
    if (!runners.has(chain[0] ?? '')) return true
    if (chain.some((member) => notRun.has(member))) return false
    for (const argument of node.arguments as Node[]) titles.push(...textsOf(argument))
    return true
  })
  return titles
}

/** `describe.skipIf(x)` is `describe`, `skipIf`. */
function chainOf(node: Node): string[] {
  if (node.type === 'Identifier') return [node.name as string]
  if (node.type === 'CallExpression') return chainOf(node.callee as Node)
  if (node.type === 'MemberExpression') return [...chainOf(node.object as Node), (node.property as { name?: string }).name ?? '']
  return []
}

/** The texts of a title, or of a table of rows; not those of the test's body. */
function textsOf(node: Node): string[] {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : []
  if (node.type === 'TemplateLiteral') return [(node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('…')]
  if (node.type === 'ArrayExpression') return (node.elements as (Node | null)[]).flatMap((element) => (element === null ? [] : textsOf(element)))
  if (node.type === 'ObjectExpression')
    return (node.properties as Node[]).flatMap((property) => (property.type === 'Property' ? textsOf(property.value as Node) : []))
  return []
}

/** @param see answers whether what is inside the node is looked at too */
function visit(node: Node, see: (node: Node) => boolean): void {
  if (!see(node)) return
  for (const member of Object.values(node)) {
    for (const child of Array.isArray(member) ? member : [member]) if (typeof child === 'object' && child !== null && 'type' in child) visit(child as Node, see)
  }
}
