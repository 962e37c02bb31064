import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanHtml, longestHtml } from './clean-html.ts'

const link = (href: string, text: string) => `<a href="${href}" rel="noopener noreferrer nofollow" target="_blank">${text}</a>`

const table: [string, string][] = [
  ['Hello', 'Hello'],
  ['<p>Hello <b>bold</b> &amp; <i lang="de">Größe</i></p>', '<p>Hello <b>bold</b> &amp; <i lang="de">Größe</i></p>'],
  ['<table><tr><td colspan="2">a</td></tr></table>', '<table><tr><td colspan="2">a</td></tr></table>'],
  ['<table><tr><td colspan="<img src=x>" rowspan="2">a</td></tr></table>', '<table><tr><td rowspan="2">a</td></tr></table>'],
  ['<ol start="3"><li>a<li>b</ol>', '<ol start="3"><li>a</li><li>b</li></ol>'],
  ['a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
  ['<a href="https://example.com/?a=1&amp;b=2">x</a>', link('https://example.com/?a=1&amp;b=2', 'x')],
  ['<a href=" mailto:ann@example.com " target="_top" rel="opener" onclick="x()">x</a>', link('mailto:ann@example.com', 'x')],
  ['<a href="javascript:alert(1)">x</a>', '<span>x</span>'],
  ['<a href="&#106;ava&#10;script&colon;alert(1)">x</a>', '<span>x</span>'],
  ['<a href="\u0001javascript:alert(1)">x</a>', '<span>x</span>'],
  ['<a href="data:text/html,<script>x</script>">x</a>', '<span>x</span>'],
  ['<a href="/api/auth/sign-out">x</a><a href="//evil.example">y</a><a href="#z">z</a>', '<span>x</span><span>y</span><span>z</span>'],
  ['<img src="https://evil.example/p.png" alt="Our logo">', '<span>[Image: Our logo]</span>'],
  ['<img src="cid:1">', '<span>[Image]</span>'],
  ['<img src="https://evil.example/p.gif" width="1" height="1" alt="">', '<span></span>'],
  ['<img src=x alt="<script>alert(1)</script>" onerror=alert(1)>', '<span>[Image: &lt;script&gt;alert(1)&lt;/script&gt;]</span>'],
  ['<p style="background:url(https://evil.example)" class="x" id="y" name="z" onclick="x()" data-a="b">a</p>', '<p>a</p>'],
  ['<table background="https://evil.example"><td background=x>a</table>', '<table><td>a</td></table>'],
  ['<script>alert(1)</script><style>@import url(x)</style><noscript><p title="</noscript><img src=x>">a</noscript>b', 'b'],
  ['<scr<script>ipt>alert(1)</scr</script>ipt>', 'ipt&gt;alert(1)ipt&gt;'],
  ['<<script>alert(1)//<</script>b', '&lt;b'],
  ['<svg><style><img src=x onerror=alert(1)></style></svg><math><mi><mglyph><img src=x></math>a', 'a'],
  ['<svg/onload=alert(1)>', ''],
  ['<iframe src="https://evil.example">x</iframe><object data=x>y</object><embed src=x><applet>z</applet>', 'z'],
  ['<form action="https://evil.example"><input name=password><button>Sign in</button><textarea>x</textarea><select><option>y</select></form>', 'Sign in'],
  ['<link rel=stylesheet href=x><meta http-equiv=refresh content="0;url=x"><base href="https://evil.example">a', 'a'],
  ['<video src=x poster=y><source src=z></video><audio src=x></audio><picture><source srcset=x><img src=y></picture>', '<span>[Image]</span>'],
  ['<body onload=x background=y><p>a</body>', '<p>a</p>'],
  ['<!-- <img src=x> --><!--[if mso]><p>b</p><![endif]-->a', 'a'],
  ['<p title="--><script>x</script>">a</p>', '<p>a</p>'],
  ['&lt;script&gt;alert(1)&lt;/script&gt;', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['<a href="https://example.com"><img src=x alt="Shop"></a>', link('https://example.com', '<span>[Image: Shop]</span>')],
]

const forbidden =
  /<(?!\/?(?:p|div|span|br|hr|wbr|blockquote|pre|center|h[1-6]|a|b|strong|i|em|u|s|strike|del|ins|sub|sup|small|mark|code|kbd|samp|q|cite|abbr|time|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td)\b)|<[a-z][^<>]*\s(?!href|rel|target|start|colspan|rowspan|dir|lang)[^\s=<>]+=|href="(?!https?:|mailto:)/i

const fragments = [
  ...[
    '<p>',
    '</p>',
    '<b>',
    '</b>',
    '<a href="https://x.example">',
    '<a href="javascript:x">',
    "<a href='data:x'>",
    '</a>',
    '<img src=x alt="a',
    '">',
    '<img src=https://x.example onerror=x>',
  ],
  ...[
    '<script>',
    '</script>',
    '<style>',
    '</style>',
    '<svg>',
    '</svg>',
    '<math>',
    '<title>',
    '</title>',
    '<textarea>',
    '</textarea>',
    '<noscript>',
    '</noscript>',
    '<iframe srcdoc="',
    '<template>',
  ],
  ...[
    '<!--',
    '-->',
    '--!>',
    '<![CDATA[',
    ']]>',
    '<?',
    '<!',
    '<',
    '>',
    '"',
    "'",
    '&',
    '&lt;',
    '&#60;',
    '&amp;lt;',
    '\u0000',
    '/',
    '=',
    ' onclick=x ',
    ' style="x" ',
    '<td colspan="',
    '<table>',
    '</table>',
    '<li>',
    'text',
    '\n',
    ' ',
  ],
]

describe('cleanHtml', () => {
  it.each(table)('%j', (html, expected) => {
    expect(cleanHtml(html)).toBe(expected)
    expect(cleanHtml(expected)).toBe(expected)
    expect(expected).not.toMatch(forbidden)
  })

  it('keeps nothing but its own elements and attributes of any mixture, and cleans once for all', () => {
    assert(
      property(array(constantFrom(...fragments), { minLength: 1, maxLength: 16 }), (parts) => {
        const cleaned = cleanHtml(parts.join(''))
        expect(cleaned).not.toMatch(forbidden)
        expect(cleanHtml(cleaned)).toBe(cleaned)
      }),
      { numRuns: 500, seed: 19 },
    )
  })

  it.each([
    ['words', '<p>hello</p>'.repeat(100_000)],
    ['what grows when it is escaped', '<'.repeat(400_000)],
    ['links that get longer', '<a href="https://x.example">x</a>'.repeat(20_000)],
    ['depth without end', '<div>'.repeat(50_000)],
    ['depth with an end', `${'<b>'.repeat(50_000)}x${'</b>'.repeat(50_000)}`],
  ])('bounds a message and says so: %s', (_name, html) => {
    const cleaned = cleanHtml(html)
    expect(cleaned.length).toBeLessThanOrEqual(longestHtml)
    expect(cleaned).toMatch(/\[The rest of this message is too long to be shown\.\]<\/p>$/)
    expect(cleanHtml(cleaned)).toBe(cleaned)
    expect(Math.max(...[...cleaned.matchAll(/(?:<(?:div|b)>)+/g)].map(([run]) => run.split('>').length - 1), 0)).toBeLessThanOrEqual(100)
  })

  it('cuts nothing from a long message whose length is pictures', () => {
    expect(cleanHtml(`<p>before</p><img alt="Chart" src="data:image/png;base64,${'A'.repeat(900_000)}"><p>after</p>`)).toBe(
      '<p>before</p><span>[Image: Chart]</span><p>after</p>',
    )
  })
})
