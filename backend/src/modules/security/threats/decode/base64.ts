const alphabet = /^[a-z0-9+/_-]{8,}={0,2}$/i
const shownShare = 0.97

/** What stands behind a value that is one base64 word and decodes to readable text. */
export function decodeBase64(text: string): string | undefined {
  const word = text.trim()
  if (word.length > 65_536 || !alphabet.test(word) || word.replace(/=+$/, '').length % 4 === 1) return undefined
  const decoded = Buffer.from(word, 'base64').toString('utf8')
  let readable = 0
  for (let index = 0; index < decoded.length; index += 1) {
    const code = decoded.charCodeAt(index)
    if ((code >= 32 && code < 127) || (code >= 9 && code <= 13) || (code > 160 && code !== 0xfffd)) readable += 1
  }
  return readable >= decoded.length * shownShare ? decoded : undefined
}
