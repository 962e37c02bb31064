/** What browsers skip inside a scheme: controls, blanks, invisible characters, backslashes. */
const ignored = /[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\p{Cf}\\]+/gu
const scripts = /^(?:java|vb|live|j|ecma|j)script:|^mocha:|^x-javascript:|^view-source:javascript|^feed:(?:javascript|data)|^res:|^mk:@|^about:<|^wyciwyg:/
const activeData =
  /^data:(?:text\/(?:html|xml|javascript|vbscript)|image\/svg|application\/(?:x?html|xml|javascript|x-shockwave|pdf)|[^,;]{0,40};?charset[^,]{0,20},\s*<|,|;base64,ph)/

/** Whether following the address runs a script, however it is spaced out. */
export function isScriptUrl(address: string): boolean {
  const plain = address
    .replaceAll(ignored, '')
    .replaceAll(/<!--.*?-->/g, '')
    .toLowerCase()
    .replace(/^[^a-z&;]{1,4}/, '')
  return scripts.test(plain) || activeData.test(plain)
}

const styles = /expression\(|javascript:|vbscript:|livescript:|-moz-binding|behaviou?r:|@import|url\(["']?(?:data:text|mocha:)/

/** Whether a style sheet or attribute can run something; comments and escapes inside words are undone first. */
export function isActiveStyle(style: string): boolean {
  const plain = style
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\\([0-9a-f]{2,6})\s?/gi, (_, hex: string) => String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0xffff)))
    .replaceAll(ignored, '')
    .toLowerCase()
  return styles.test(plain)
}
