import { Parser } from 'htmlparser2'

const silent = new Set(['head', 'style', 'script', 'title', 'template', 'noscript', 'object', 'svg'])
const blocks = new Set('address article aside blockquote br dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul'.split(' '))
const spaced = new Set(['p', 'h1', 'h2', 'h3', 'table', 'ul', 'ol', 'blockquote'])

/** What a person reads of an HTML message: its words in lines, without anything that acts or loads. */
export function htmlToText(html: string): string {
  let text = ''
  let hidden = 0
  const breakLine = (count: number) => {
    const breaks = /\n*$/.exec(text)?.[0].length ?? 0
    if (text !== '' && breaks < count) text = `${text.trimEnd()}${'\n'.repeat(count)}`
  }
  const parser = new Parser({
    onopentagname(name) {
      if (silent.has(name)) hidden++
      if (hidden > 0) return
      if (name === 'br') text += '\n'
      else if (blocks.has(name)) breakLine(spaced.has(name) ? 2 : 1)
      if (name === 'li') text += '- '
      if ((name === 'td' || name === 'th') && !/\n$|^$/.test(text)) text += ' '
    },
    ontext(part) {
      if (hidden > 0) return
      const words = part.replace(/[\s\u00a0\u200b]+/g, ' ')
      text += /\s$|^$/.test(text) ? words.trimStart() : words
    },
    onclosetag(name) {
      if (silent.has(name)) hidden = Math.max(0, hidden - 1)
      else if (hidden === 0 && blocks.has(name) && name !== 'br') breakLine(spaced.has(name) ? 2 : 1)
    },
  })
  parser.end(html)
  return text
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
