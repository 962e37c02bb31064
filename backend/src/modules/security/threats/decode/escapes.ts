const escapes = /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([0-3][0-7]{2}))/gi

/** Undoes the escapes of program text once: `\u0027`, `\u{27}`, `\x27`, `\047`. */
export function decodeEscapes(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(escapes, (whole, braced?: string, unicode?: string, hex?: string, octal?: string) => {
    const code = octal === undefined ? Number.parseInt(braced ?? unicode ?? hex ?? '', 16) : Number.parseInt(octal, 8)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
