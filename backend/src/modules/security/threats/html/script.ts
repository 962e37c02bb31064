/** Calls and properties that turn up in payloads, with how sure each one makes us. */
const signs: readonly [pattern: RegExp, score: number][] = [
  [
    /\b(?:alert|confirm|prompt)\s?(?:\?\.)?(?:`|\((?:\s*\)|\s*[\d"'`/[{!~+-]|\s*(?:document|window|location|origin|self|this|top|parent|string|xss|cookie|name|eval|atob|self|frames)\b))/,
    65,
  ],
  [/\((?:alert|confirm|prompt|eval)\)\s?(?:\(|`)/, 70],
  [/[=[,:({&|+?>-]\s?(?:window|self|top|this|parent|globalthis)?\.?(?:alert|confirm|prompt|eval)(?:["'`]?\]?\s?[;)<>"'`\]}&|]|$|\s?\()/, 55],
  [
    /\bdocument\s?(?:\?\.|\.)\s?(?:cookie|domain|location|write(?:ln)?|url|body|forms|documentelement|createelement|getelement|queryselector|execcommand|referrer|title|head|scripts|defaultview|all)\b/,
    60,
  ],
  [/\b(?:document|window|self|top|parent|this|globalthis|frames|location)\s?(?:\?\.)?\[\s?(?:["'`]|\/|\(|\d|[a-z]+\()/, 60],
  [/\b(?:window|self|top|parent|document|globalthis)\.(?:location|name|open|eval|alert|onerror|onload|settimeout|opener|frames|localstorage)\b/, 55],
  [/\b(?:location|location\.href|location\.hash|location\.search)\s?=\s?(?:["'`]|name|java|[a-z]+\()/, 55],
  [/\blocation\.(?:href|hash|search|replace|assign)\b/, 45],
  [/\bstring\s?(?:\.|\[\s?["'`])\s?(?:fromcharcode|raw|fromcodepoint)/, 70],
  [/\beval(?:\?\.)?\((?!\s*\))/, 55],
  [/\b(?:atob|btoa|unescape|decodeuri(?:component)?)\s?\(\s?["'`]/, 55],
  [/\b(?:settimeout|setinterval|setimmediate|execscript|requestanimationframe)\s?\(\s?(?:["'`]|\(|function|alert|eval|[a-z]+\s?,)/, 60],
  [/\b(?:new\s+)?function\s?(?:\(\s?["'`]|\(\)\s?\{|`)/, 55],
  [/\.constructor\b\s?(?:\(|\[|\.|\._)|\bconstructor\s?\[|constructor\.constructor|\["?'?constructor/, 65],
  [/\.(?:innerhtml|outerhtml|insertadjacenthtml|srcdoc)\b/, 55],
  [/\bonerror\s?=\s?(?:eval|alert|confirm|prompt|\w+;\s?throw)|\bthrow\s?(?:\/|onerror|\d|["'`]|null)/, 60],
  [/\b(?:import|fetch|require|getscript|importscripts|sendbeacon)\s?\(\s?["'`](?:https?:)?\/\//, 60],
  [/\bnew\s+(?:xmlhttprequest|activexobject|image|websocket|worker)\b/, 55],
  [/\[\s?\]\s?\[\s?["'`(]|\(!\[\][+\s]|\[\]\[\(!|!!\[\]|\+\[\]/, 65],
  [/(?:\)|\]|\w)\s?`\$\{|\breflect\.(?:apply|call|construct|get)|\.call`|\bwith\s?\(\s?(?:document|window)/, 60],
  [/^\s*["'`]?\s?[;)}\]]*\s?(?:[-+*^|&,;?]\s?)?(?:alert|confirm|prompt)[(`]/, 60],
  [/["'`]\s?[)}\]]*\s?;\s?(?:alert|confirm|prompt|var|let|eval|document|window|location)\b.{0,80}(?:\/\/|;|\()/, 60],
]

const clue =
  /alert|confirm|prompt|document|window|\b(?:self|top|parent|this)\s?[.?[)]|[=(,]\s?(?:self|top|parent|this)\b|frames|location|fromcharcode|eval|atob|btoa|unescape|decodeuri|set(?:timeout|interval|immediate)|function|constructor|innerhtml|outerhtml|insertadjacent|onerror|throw|import\s?\(|fetch\s?\(|require|getscript|sendbeacon|\bnew\b|\[\]|!\[|\$\{|reflect|\.call|with\s?\(|globalthis|string\s?[.[]|srcdoc/

/** How much like an injected script the lower-case text is: 0 to 100. */
export function scriptScore(text: string): number {
  if (!clue.test(text)) return 0
  const plain = text.includes('/*') ? text.replaceAll(/\/\*.{0,200}?\*\//gs, '') : text
  let best = 0
  for (const [pattern, score] of signs) if (score > best && pattern.test(plain)) best = score
  return best
}
