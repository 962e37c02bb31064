import { mark } from '../marks.ts'
import { type Detector, excerpt, type Finding, type InspectedText } from '../threat.ts'
import { absoluteProgram, bareCommand, leadingCommand, lineCommand, quotedCommand, separatedCommand, separatedWordyCommand, substitution } from './commands.ts'

const relevant =
  mark.semicolon |
  mark.pipe |
  mark.ampersand |
  mark.backtick |
  mark.dollar |
  mark.slash |
  mark.lineBreak |
  mark.dash |
  mark.backslash |
  mark.percent |
  mark.angle |
  mark.colon |
  mark.brace |
  mark.plus
const separators = mark.semicolon | mark.pipe | mark.ampersand | mark.backtick | mark.dollar | mark.lineBreak | mark.angle
const disguises = /(?<=(?:^|[;|&`(\s]))\\(?=[a-z]\\)|(?<=[a-z/])(?:['"]{1,2}|\\+|\^|\$[@*!]|``|\$\(\)|\$\{?[a-z_]?\}(?=\w))(?=[a-z/?*])/gi
const disguise = /['"\\^$`]/
const fieldSeparators = /\$\{?IFS\}?(?:%+\?*)?(?:\$\d+|\$@)?|\$IFS\$?\d?|\$'\\[tnx][^']{0,4}'/gi
const braced = /\{([\w./-]+(?:,[^{},\s]+)+)\}/g
/** "Name;Date;ID" is the head of a table. */
const list = /^[\w ]+(?:[;|][\w ]+){2,}$/
const sentence = /(?<![a-z,.])(?:[a-z,.]{2,}\s+){3}[a-z]{2,}/
const entity = /&(?:#x?[0-9a-f]+|[a-z]+\d*);/gi

/** One test before a dozen. */
const clue = /[{?*>$%=]|\/dev\/|sh\s+-|\bnc|mkfifo|powershell|pwsh|\bcmd|invoke-|\biex|downloadstring|new-object|wget|curl|\bdir\s|\btype\s|\bnet\s|<\s*\/|&\d/

const certain: readonly [pattern: RegExp, what: string, score: number][] = [
  [/\(\s?\)\s?\{\s?(?::|_;|\w+;)[^}]{0,40}/, 'function in the environment', 80],
  [/\/dev\/(?:tcp|udp)\/|\/bin\/(?:ba|z|k|c|da)?sh\s+-[ic]|\bnc(?:\.\w+)?\s+-\w*[elv]\w*\s|\bbash\s+-i\b|mkfifo\s+\//, 'reverse shell', 75],
  [
    /\b(?:powershell|pwsh)(?:\.exe)?\s+(?:-|\/|\(|iex|invoke)|\bcmd(?:\.exe)?\s*\/[ckq]\b|invoke-(?:expression|webrequest)|\biex\s*\(|downloadstring\(|new-object\s+(?:net|system)\./,
    'Windows shell',
    70,
  ],
  [/(?:\/|\b)\?{2,}\/|\/[\w]*\?+[\w?]*\/[\w?*]*[?*]|\/\w*\*\w*\/\w*[?*]\w*\s/, 'wildcard for a program', 55],
  [/\b(?:wget|curl)\s+(?:-\w+\s+)*(?:['"]?https?:\/\/|\S+\s*\|\s*(?:ba)?sh)/, 'download', 60],
  [
    /\bdir\s+[a-z]:|\btype\s+(?:[a-z]:|%)\S|\bnet\s+(?:user|localgroup|view|share)\b.{0,30}(?:\/|$)|%(?:comspec|systemroot|programfiles|windir|programdata|userprofile):?/,
    'Windows command',
    55,
  ],
  [/(?:^|[\s;|&])\d?>{1,2}\s*(?:\/(?:dev|tmp|var|etc)\/|&\d)|<\s*\/etc\//, 'redirection', 55],
  [/\$\{?(?:shell|ifs|oldpwd|bash\w*|comspec|ps4)\b|\$(?:\{path|path)[:}]/, 'variable of the shell', 55],
  [/\$\{[a-z_]\w*:-?\d+:\d+\}|\$\{[a-z_]\w*(?:#|%|\/)[^}]{1,20}\}/, 'shell expansion', 55],
  [/(?:[;|&`]|^)\s*[a-z_]\w*=[^\s;&|]{1,30}[;\s&|]+(?:[^;]{0,40};)?\s*\$\{?\w+\}?\$?\{?\w/, 'assembled command', 55],
]

/** Shell commands behind a separator, in a substitution or by themselves, with their usual disguises undone. */
export const detectCommandInjection: Detector = (value) => {
  if ((value.marks & relevant) === 0) return undefined
  const plain = undisguise(value.lower)
  if (list.test(plain)) return undefined
  if (clue.test(plain))
    for (const [pattern, what, score] of certain) {
      const found = pattern.exec(plain)
      if (found !== null) return finding(what, plain, found.index, score)
    }
  return behindSeparator(value, plain) ?? commandLine(plain)
}

function behindSeparator({ marks, place }: InspectedText, plain: string): Finding | undefined {
  if ((marks & separators) === 0) return undefined
  return (
    match(substitution, 'command substitution', plain, 65) ??
    match(separatedCommand, 'command behind a separator', plain, 65) ??
    match(separatedWordyCommand, 'command behind a separator', plain, 60) ??
    (plain.length <= 120 && place !== 'referer' ? match(lineCommand, 'command on a line of its own', plain, 50) : undefined) ??
    (plain.length <= 16 ? match(bareCommand, 'command behind a separator', plain, 55) : undefined) ??
    betweenBackticks(plain)
  )
}

function commandLine(plain: string): Finding | undefined {
  const program = plain.includes('bin/') ? match(absoluteProgram, 'path of a program', plain, 60) : undefined
  return program ?? (isCommandLine(plain) ? match(leadingCommand, 'command line', plain, 55) : undefined)
}

function finding(what: string, text: string, index: number, score: number): Finding {
  return { kind: 'command_injection', what: `${what}: ${excerpt(text, index)}`, score }
}

function match(pattern: RegExp, what: string, text: string, score: number): Finding | undefined {
  const found = pattern.exec(text)
  return found === null ? undefined : finding(what, text, found.index, score)
}

/** Undoes `c'a't`, `w\h\o`, `${IFS}`, `{cat,/etc/passwd}` and the semicolons of HTML entities. */
function undisguise(lower: string): string {
  let plain = lower
  if (plain.includes('&') && plain.includes(';')) plain = plain.replaceAll(entity, ' ')
  // A fence of Markdown is no substitution.
  if (plain.includes('```')) plain = plain.replaceAll('```', ' ')
  if (plain.includes('$')) plain = plain.replaceAll(fieldSeparators, ' ')
  if (plain.includes('{')) plain = plain.replaceAll(braced, (_, list: string) => ` ${list.replaceAll(',', ' ')} `)
  return disguise.test(plain) ? plain.replaceAll(disguises, '') : plain
}

function isCommandLine(plain: string): boolean {
  return plain.length <= 512 && !/[.!?,]\s+[a-z]+\s+[a-z]+\s/.test(plain)
}

/** A command between backticks; in a sentence they are Markdown. */
function betweenBackticks(plain: string): Finding | undefined {
  if (!plain.includes('`') || sentence.test(plain.replaceAll(/`[^`]*`/g, ' '))) return undefined
  for (const found of plain.matchAll(/`([^`]*)(?:`|$)/g)) {
    if (quotedCommand.test(found[1] ?? '')) return finding('command substitution', plain, found.index, 65)
  }
  return undefined
}
