import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { createSafeText } from './safe-text.ts'

const nothingIsKnown = () => () => false

function streamed(text: string, sizes: readonly number[], addresses: () => ((address: string) => boolean) | undefined = nothingIsKnown): string {
  const safe = createSafeText(addresses)
  let said = ''
  for (let at = 0, index = 0; at < text.length; index++) {
    const size = sizes[index % sizes.length] ?? 1
    said += safe.push(text.slice(at, at + size))
    at += size
  }
  return said + safe.end()
}

interface Node {
  type: string
  url?: string
  children?: Node[]
}

/** Whatever a page would load or lead to, with the finding of bare addresses switched on. */
function activeAddresses(markdown: string): string[] {
  const found: string[] = []
  const walk = (node: Node) => {
    if (['image', 'imageReference', 'html', 'definition'].includes(node.type)) found.push(`${node.type} ${node.url ?? ''}`)
    if (node.type === 'link' && !/^(\/|mailto:)/.test(node.url ?? '')) found.push(`link ${node.url}`)
    node.children?.forEach(walk)
  }
  walk(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: gfmFromMarkdown() }) as unknown as Node)
  return found
}

describe('text of a model', () => {
  it.each([
    'Casey has 3 open deals, worth 1,200.50 USD; the oldest is from March.',
    '| a | b |\n|---|---|\n| 1 | `x[0]` |\n\n- [ ] call\n- [x] write',
    'See [Casey White](/crm/contacts/01890000-0000-7000-8000-000000000001), who (as you know) is away.',
    '```ts\nconst a: Array<string> = await fetch("https://api.example.com/![x](y)")\n```\nDone.',
    'a < b && c > d, R&D, 5 & 6, "quoted" — who? what! when…',
    'write to ana@example.com',
  ])('stays as it is: %j', (text) => {
    for (const sizes of [[1], [3, 1, 7], [1000]]) expect(streamed(text, sizes)).toBe(text)
  })

  it.each([
    ['![x](https://evil.example/a.png)', '! [x] ((link removed))'],
    ['[click](https://evil.example/?d=1)', '[click] ((link removed))'],
    ['see https://evil.example/x?d=secret.', 'see (link removed).'],
    ['<img src=x onerror=alert(1)>', '< img src=x onerror=alert(1)>'],
    ['[a]: https://evil.example', '[a] : (link removed)'],
    ['[x](javascript:alert(1))', '[x] (javascript:alert(1))'],
  ])('%j becomes %j', (text, expected) => {
    for (const sizes of [[1], [2, 5], [1000]]) expect(streamed(text, sizes)).toBe(expected)
  })

  it('names an address that is known, and leaves links of an untainted turn', () => {
    const known = () => (address: string) => address === 'https://acme.example/about'
    expect(streamed('It is https://acme.example/about, or https://acme.example/about?x=1.', [4], known)).toBe('It is acme.example/about, or (link removed).')
    const text = 'Read [the docs](https://docs.example/a) or https://docs.example.'
    expect(streamed(text, [1], () => undefined)).toBe(text)
    expect(activeAddresses(streamed('![x](https://evil.example/a) <img src=y>', [1], () => undefined)).filter((node) => !node.startsWith('link'))).toEqual([])
  })

  it('says a word as soon as it comes', () => {
    const safe = createSafeText(nothingIsKnown)
    expect(safe.push('Hello')).toBe('Hello')
    expect(safe.push(' th')).toBe(' t')
    expect(safe.push('ere')).toBe('here')
    expect(safe.end()).toBe('')
  })

  it('has nothing active, however pieces are put together and cut', () => {
    const evil = 'https://evil.example/x'
    const pieces = [
      `![i](${evil})`,
      `[l](${evil})`,
      `<a href="${evil}">`,
      `<${evil}>`,
      evil,
      'www.evil.example',
      `[r]: ${evil}`,
      '[r]',
      '![r]',
      '![r][r]',
      '```',
      '``',
      '`',
      '~~~',
      '\n',
      '\n\n',
      '    ',
      '  ',
      '> ',
      '- ',
      '1. ',
      '| ',
      '|-|-|\n',
      '\\',
      '&#58;',
      '&colon;',
      'http',
      '://',
      'http\\://evil.example',
      '&lbrack;',
      '!',
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      'text',
      '*',
      '_',
      '<!--',
      '-->',
      '<pre>',
      '[^1]: ',
      '\t',
      '```js\n',
      '~~~\n',
    ]
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return Math.floor((seed / 2147483648) * below)
    }
    for (let round = 0; round < 500; round++) {
      const text = Array.from({ length: 1 + random(14) }, () => pieces[random(pieces.length)]).join('')
      const sizes = Array.from({ length: 5 }, () => 1 + random(9))
      const shown = streamed(text, sizes)
      expect(activeAddresses(shown), JSON.stringify({ text, shown })).toEqual([])
      // However it is cut, it is the same text.
      expect(shown).toBe(streamed(text, [100_000]))
    }
  })
})
