import type { Rule } from './rule.ts'

const registration = /\b\w+\.(get|post|put|patch|delete|head|options|route|all)\s*(?:<[^(]*>)?\(\s*(?=['"`{])/g

/** A route that does not say who may call it is refused when the server starts; this says so before anything runs. */
export const routeRules: readonly Rule[] = [
  {
    name: 'routes state who may call them',
    check: (files) =>
      files
        .filter(({ path }) => path.startsWith('backend/src/') && path.endsWith('.routes.ts'))
        .flatMap(({ path, code }) =>
          [...code.matchAll(registration)]
            .map((match) => ({ index: match.index, call: callAt(code, match.index + match[0].lastIndexOf('(')) }))
            .filter(({ call }) => /^\(\s*(['"`]\/|\{\s*(method|url)\b)/.test(call) && !/\bconfig\b\s*[,:}]|\.\.\.\w+\(/.test(call))
            .map(({ index }) => ({
              rule: 'routes state who may call them',
              path,
              line: code.slice(0, index).split('\n').length,
              message: "state `config: { access: 'public' | a scope }` on the route",
            })),
        ),
  },
]

/** The text from an opening bracket to its closing one. */
function callAt(code: string, start: number): string {
  let depth = 0
  for (let index = start; index < code.length; index++) {
    if (code[index] === '(') depth++
    else if (code[index] === ')' && --depth === 0) return code.slice(start, index + 1)
  }
  return code.slice(start)
}
