const lookalikes = /[\u2460-\u24ff\uff01-\uff5e\u{1d400}-\u{1d7ff}]/u
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g

/** Full-width, circled and mathematical letters as plain ones; characters nobody sees go. */
export function foldUnicode(text: string): string {
  const folded = lookalikes.test(text) ? text.normalize('NFKC') : text
  return folded.replaceAll(invisible, '')
}

// The alphabet is case-sensitive, but a filter in front may have lower-cased it; these are the characters attacks need.
const utf7: Record<string, string> = {
  adw: '<',
  ad4: '>',
  aci: '"',
  acc: "'",
  ad0: '=',
  ads: ';',
  acg: '(',
  ack: ')',
  ac8: '/',
  afs: '[',
  af0: ']',
  ace: '!',
  acm: '#',
  acy: '&',
  aca: ' ',
  adsapa: '; <',
  ad4apa: '><',
  adwaiq: '<!',
  ad4axqa: '>]',
}
const shifted = /\+(a[a-z0-9+]{2,6}?)(?:-|(?=[^a-z0-9+]|$))/gi

/** UTF-7 as Internet Explorer and lenient XML parsers read it: `+ADw-script+AD4-`. */
export function decodeUtf7(text: string): string {
  if (!text.includes('+')) return text
  return text.replace(shifted, (whole, base64: string) => utf7[base64.toLowerCase()] ?? whole)
}
