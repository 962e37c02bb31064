/** What a browser and Go's QueryEscape agree to send. */
export function encodeForm(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}

export function encodeUnicodeEscapes(text: string): string {
  return Array.from({ length: text.length }, (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`).join('')
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;', '\n': '&#xA;', '\r': '&#xD;', '\t': '&#x9;' }

export function encodeEntities(text: string): string {
  return text.replaceAll(/[&<>"'\n\r\t]/g, (character) => entities[character] ?? character)
}

/** The encodings of GoTestWAF by their names; gRPC is not among them. */
export const encoders: Record<string, (text: string) => string> = {
  Plain: (text) => text,
  URL: encodeForm,
  Base64: (text) => Buffer.from(text).toString('base64'),
  Base64Flat: (text) => Buffer.from(text).toString('base64').replaceAll('=', ''),
  JSUnicode: encodeUnicodeEscapes,
  XMLEntity: encodeEntities,
}
