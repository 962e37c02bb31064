const longestRun = 48
const run = new RegExp(`(.)\\1{${longestRun},}`, 'gs')
const blanks = /\s{24,}/g

/** Shortens runs of one character and of white space: padding hides nothing, and no pattern has to walk it twice. */
export function squeeze(text: string): string {
  if (text.length <= longestRun * 2) return text
  return text.replace(run, (whole) => whole.slice(0, longestRun)).replace(blanks, (whole) => (/[\r\n]/.test(whole) ? '\n' : ' '))
}
