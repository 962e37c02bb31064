import { array, assert, constantFrom, property } from 'fast-check'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { type Components, defaultRehypePlugins, Streamdown, type StreamdownProps } from 'streamdown'
import { describe, expect, it } from 'vitest'
import { cleanMarkdown } from './clean-markdown.ts'

/** Texts that have nothing wrong in them. */
const harmless = [
  '',
  'Hello',
  '# Title\n\nSome **bold** and _italic_ text, `code` and ~~gone~~.\n',
  '- one\n- two\n  - three\n\n1. first\n2. second\n',
  '| a | b |\n|---|--:|\n| [x](https://example.com) | 1 |\n',
  '[web](https://example.com "Title"), [plain](http://example.com), [mail](mailto:ann@example.com), [page](/contacts/1), [there](#part), [query](?a=b:c)',
  '<https://example.com> and <ann@example.com>, www.example.com, https://example.com/a?b=[1]',
  '[one][1] and [2]\n\n[1]: https://example.com\n[2]: /contacts "Contacts"\n',
  'A note.[^1]\n\n[^1]: The note, see [here](https://example.com).\n',
  '```html\n<script>alert(1)</script>\n![x](http://evil.example/p.png)\n[x](javascript:alert(1))\n```\n',
  'Write `<b>` or `![alt](http://evil.example)` or ``[x](javascript:1)``.',
  '    <script>indented code</script>\n',
  'x < y, y > z, a<b, 3 <4, I <3 you, a <- b, <> and < b >',
  'An array[0], [not a link], [ ] open, [x] done, wow![1], 5![2]',
  'Escaped \\<b>, \\[x](https://example.com) and \\![x](y)',
  '- [ ] to do\n- [x] done\n',
  'Windows\r\nlines\r\n\r\n> quoted\r\n',
  '\ufeff[x](https://example.com)\u0000\t[y](/z)',
  'Tom & Jerry &amp; &copy; &lt;b&gt;',
  '💡 [Größe](https://example.com/größe?q=💡) 日本語',
]

/** What is wrong, and what becomes of it. */
const nasty: [string, string][] = [
  ['![Logo](https://evil.example/p.png)', 'Logo'],
  ['![](https://evil.example/p.png)', ''],
  ['![a *b* [c]](x) d', 'a b \\[c\\] d'],
  ['![a &lt;script&gt; b](x)', 'a &lt;script> b'],
  ['![data](data:image/png;base64,AAAA)', 'data'],
  ['![ref][a]\n\n[a]: https://evil.example/p.png', 'ref\n\n[a]: https://evil.example/p.png'],
  ['[![alt](https://evil.example/p.png)](https://example.com)', '[alt](https://example.com)'],
  ['[![alt](https://evil.example/p.png)](javascript:alert(1))', 'alt'],
  ['!![](x)[b](https://evil.example/p.png)', 'b'],
  ['[click **here**](javascript:alert(1)) now', 'click **here** now'],
  ['[x](JAVASCRIPT:alert(1)) [x](vbscript:x) [x](data:text/html,x) [x](file:///etc/passwd) [x](blob:x)', 'x x x x x'],
  ['[x](java&#10;script:alert(1)) [x](javascript&colon;alert(1)) [x](&#x6a;avascript:alert(1))', 'x x x'],
  ['[x](javascript%3Aalert(1)) [x](%6aavascript:alert(1)) [x](javascript&amp;colon;alert(1))', 'x x x'],
  ['[x](<javascript:alert(1)>) [x]( javascript:alert(1) "t")', 'x x'],
  ['[x](\u0001javascript:alert(1)) [x](java\u00adscript:alert(1))', '[x]\\(\u0001javascript:alert(1)) x'],
  ['\\[x](javascript:1)', '\\[x]\\(javascript:1)'],
  ['<javascript:alert(1)>', 'javascript:alert(1)'],
  ["[x](javascript:alert('a b'))", "[x]\\(javascript:alert('a b'))"],
  ['[x][a] and [a]\n\n[a]: javascript:alert(1)', 'x and a\n\n'],
  ['[x][a]\n\n[a]: javascript:alert(1)\n[a]: https://example.com', 'x\n\n\n[a]: https://example.com'],
  ['a <img src=x onerror=alert(1)> b', 'a  b'],
  ['a <img src=http://evil.example/p onerror=alert(1)> b', 'a  b'],
  ['a <b>bold</b> and <a href="javascript:alert(1)">link</a>', 'a bold and link'],
  ['x <script>alert(1)</script> y', 'x  y'],
  ['<script>\nalert(1)\n\n</script>\n\nafter', '\n\nafter'],
  ['<div onclick=x>\nHello **you** &amp; <img src=y>\n</div>\n\nafter', 'Hello **you** &amp;\n\nafter'],
  ['a <!-- hidden --> b <?php x ?> c', 'a  b  c'],
  ['Dear <first name>, use List<String>.', 'Dear &lt;first name&gt;, use List&lt;String&gt;.'],
  ['<img src=x onerror=alert(1)', '&lt;img src=x onerror=alert(1)'],
  ['<scr<script>ipt>alert(1)</script>', '<scr'],
  ['| `a | ![x](https://evil.example/p.png)` |\n|-|-|', '| `a | x` |\n|-|-|'],
  ['[^1]: ![x](https://evil.example/p.png)\n\nnote[^1]', '[^1]: x\n\nnote[^1]'],
  ['> <p>quoted</p>\n\n- ![a](x)\n', '> quoted\n\n- a\n'],
  ['\ufeff![a](b)', '\ufeffa'],
]

/** Streamdown as the web app has it, without the guards that would hide what slipped through here. */
function render(text: string): string {
  const raw = defaultRehypePlugins.raw
  if (raw === undefined) throw new Error('Streamdown has no plugin for raw HTML.')
  const plain: Components = { table: 'table', pre: 'pre', code: 'code', a: 'a', li: 'li', img: 'img' }
  const options: StreamdownProps = { mode: 'static', controls: false, rehypePlugins: [raw], components: plain, urlTransform: (url: string) => url }
  return renderToStaticMarkup(createElement(Streamdown, options, text)).replace(words, '')
}

/** Attributes that only hold words, such as the language of a piece of code. */
const words = /\s(?!href|src|on)[a-z-]+="[^"]*"/g
const dangerous =
  /<(?:img|script|iframe|svg|style|object|form|input(?! type="checkbox"))\b|<[a-z][^<>]*\s(?:on[a-z]+=|(?:href|src)="\s*(?!https?:|mailto:|[/#?]|[^:"]*"))/i

const fragments = [
  ...[
    '![',
    '[',
    '](',
    ')',
    ']',
    '](x)',
    '](https://evil.example/p.png)',
    '](javascript:alert(1))',
    '](data:text/html,1)',
    '![x](y)',
    '[x](y)',
    '[a]',
    '![a]',
    '!',
    '!!',
  ],
  ...[
    '[a]: ',
    '[a]: javascript:x\n',
    '[a]: https://e.example\n',
    '[^1]',
    '[^1]: ',
    '<https://x.example>',
    '<javascript:x>',
    'www.e.example',
    'https://x.example',
  ],
  ...[
    '<',
    '>',
    '<b>',
    '</b>',
    '<script>',
    '</script>',
    '<img src=https://evil.example onerror=x>',
    '<a href="javascript:1">',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '<div>\n',
    '<x y>',
  ],
  ...[
    '`',
    '``',
    '```',
    '```\n',
    '~~~\n',
    '\n',
    '\n\n',
    '\n> ',
    '\n- ',
    '\n1. ',
    '\n    ',
    '\t',
    '|',
    '\n|-|-|\n',
    '*',
    '**',
    '_',
    '~~',
    '\\',
    '&lt;',
    '&#x5b;',
    '&colon;',
    '\u0000',
    '\r\n',
    '"t"',
    ' ',
    '\n# ',
    '\n===\n',
    'text',
    'a b',
  ],
]
const document = array(constantFrom(...fragments), { minLength: 1, maxLength: 14 }).map((parts) => parts.join(''))

describe('cleanMarkdown', () => {
  it.each(harmless)('leaves %j as it is', (text) => {
    expect(cleanMarkdown(text)).toBe(text)
  })

  it.each(nasty)('makes %j harmless', (text, expected) => {
    expect(cleanMarkdown(text)).toBe(expected)
    expect(cleanMarkdown(expected)).toBe(expected)
    expect(render(expected)).not.toMatch(dangerous)
  })

  it('would see danger in what the renderer shows', () => {
    for (const text of [
      '![a](https://evil.example/p.png)',
      '[x](javascript:alert(1))',
      'a <img src=x onerror=y>',
      '<script>x</script>',
      '[x](data:text/html,1)',
    ]) {
      expect(render(text)).toMatch(dangerous)
    }
  })

  it('cleans any mixture so that nothing is left, for the renderer and for itself', () => {
    assert(
      property(document, (text) => {
        const cleaned = cleanMarkdown(text)
        expect(cleanMarkdown(cleaned)).toBe(cleaned)
        expect(render(cleaned)).not.toMatch(dangerous)
      }),
      { numRuns: 300, seed: 17 },
    )
  })

  it.each([
    ['brackets', '['.repeat(30_000)],
    ['images in images', '!['.repeat(5000) + '](x)'.repeat(5000)],
    ['open links', `[${'](x:y'.repeat(7000)}`],
    ['quotes', `${'>'.repeat(30_000)}[`],
    ['emphasis', `[${'*a_ '.repeat(9000)}`],
    ['a long text', `![x](y)${'<script>'.repeat(20_000)}`],
  ])('shows a text that is made to be hard to parse as words: %s', (_name, text) => {
    const cleaned = cleanMarkdown(text)
    expect(cleaned).not.toMatch(/[[<]/)
    expect(cleanMarkdown(cleaned)).toBe(cleaned)
  })
})
