import { marked } from 'marked'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { parseMarkdownIntoBlocks, Streamdown } from 'streamdown'
import { cleanMarkdown } from './clean-markdown.ts'
import { createMarkdownStream } from './markdown-stream.ts'

const frags = [
  '![',
  '[',
  '](',
  '](x)',
  '](http://evil/p.png)',
  '](javascript:alert(1))',
  '](data:text/html,1)',
  ')',
  ']',
  '[a]',
  '[a]: ',
  '[a]: javascript:x\n',
  '[a]: http://e\n',
  '[^1]',
  '[^1]: ',
  '<',
  '>',
  '<b>',
  '</b>',
  '<script>',
  '</script>',
  '<img src=http://evil onerror=x>',
  '<a href="javascript:1">',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  '<div>\n',
  '</div>\n',
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
  '\n  ',
  '\n    ',
  '\t',
  '|',
  '| ',
  '\n|-|-|\n',
  '|-|',
  '*',
  '**',
  '_',
  '~~',
  '\\',
  '&lt;',
  '&#x5b;',
  '&colon;',
  '!',
  '!!',
  'text',
  'a b',
  'http://x.y',
  'www.evil.com',
  '<http://x.y>',
  '<javascript:x>',
  '"t"',
  "'t'",
  ' ',
  '#',
  '\n# ',
  '\n---\n',
  '\n===\n',
  '\ufeff',
  '\u0000',
  '\r\n',
  '\r',
  '&',
  '%6a',
  '- [ ] ',
  '$',
  '$$',
  '<x y>',
  '<name>',
  '*a*',
  '[x](y)',
  '![x](y)',
]
let seed = +process.argv[2] || 1
const rnd = () => {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff
  return seed / 0x7fffffff
}
const pick = () => frags[Math.floor(rnd() * frags.length)]
const tags = new Set('p em strong code pre blockquote ul ol li h1 h2 h3 h4 h5 h6 hr br a table thead tbody tr th td del input section sup span'.split(' '))
function bad(html) {
  const out = []
  for (const m of html.matchAll(/<(\/?)([a-z!?][a-z0-9-]*)([^>]*)>/gi)) {
    if (!tags.has(m[2].toLowerCase())) out.push(m[0])
    const h = /href="([^"]*)"/.exec(m[3])
    if (h) {
      const u = h[1].replace(/&amp;/g, '&')
      if (/^\s*[a-z]+:/i.test(u) && !/^(https?|mailto):/i.test(u)) out.push(u)
    }
    if (/\son\w+=/i.test(m[3])) out.push(m[0])
  }
  return out
}
const stats = { n: 0, changed: 0, idem: 0, mm: 0, cm: 0, marked: 0, blocks: 0, sd: 0, stream: 0, streamIdem: 0, degraded: 0 }
const show = (k, ...a) => {
  if (stats[k]++ < 4) console.log(k, ...a.map((x) => JSON.stringify(x)))
}
const N = +process.argv[3] || 3000
for (let i = 0; i < N; i++) {
  const len = 1 + Math.floor(rnd() * 14)
  let s = ''
  for (let j = 0; j < len; j++) s += pick()
  stats.n++
  const c = cleanMarkdown(s)
  if (c !== s) stats.changed++
  if (cleanMarkdown(c) !== c) show('idem', s, c, cleanMarkdown(c))
  const o = { allowDangerousHtml: true, allowDangerousProtocol: true }
  let b = bad(micromark(c, { ...o, extensions: [gfm()], htmlExtensions: [{ ...gfmHtml() }] }))
  if (b.length) show('mm', s, c, b)
  b = bad(micromark(c, o))
  if (b.length) show('cm', s, c, b)
  b = bad(marked.parse(c))
  if (b.length) show('marked', s, c, b)
  for (const bl of parseMarkdownIntoBlocks(c)) {
    b = bad(micromark(bl, { ...o, extensions: [gfm()], htmlExtensions: [gfmHtml()] }))
    if (b.length) {
      show('blocks', s, c, bl, b)
    }
  }
  // stream
  const st = createMarkdownStream()
  let out = ''
  let p = 0
  while (p < s.length) {
    const k = 1 + Math.floor(rnd() * 6)
    out += st.push(s.slice(p, p + k))
    p += k
  }
  out += st.end()
  if (out !== c) show('degraded', s, c, out)
  if (cleanMarkdown(out) !== out) show('streamIdem', s, out, cleanMarkdown(out))
  b = bad(micromark(out, { ...o, extensions: [gfm()], htmlExtensions: [gfmHtml()] }))
  if (b.length) show('stream', s, out, b)
}
console.log(stats)
