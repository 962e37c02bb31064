import { mark } from '../marks.ts'
import { type Detector, excerpt } from '../threat.ts'

const declaration =
  /<!\s*entity\s|<!\s*doctype\s+[^>[]{1,200}(?:\[|\bsystem\b|\bpublic\s+["'][^"']*["']\s+["'](?:file|ftp|gopher|http:\/\/(?!www\.w3\.org))|\bsystem\s)|<!\s*element\s|<xi:include|xinclude"|<xsl:(?:value-of|include|import|variable|template|stylesheet)|<\?xml-stylesheet|%\w{1,20};\s*\]|<!\s*attlist\s/
const harmlessDoctype = /<!doctype\s+html\s+(?:public|system)\s+["'](?:-\/\/(?:w3c|ietf)\/\/|about:legacy-compat)/

/** External entities and inclusions of XML. */
export const detectXxe: Detector = ({ text, lower, marks }) => {
  if ((marks & mark.angle) === 0) return undefined
  const plain = lower.includes('\0') ? lower.replaceAll('\0', '') : lower
  const found = declaration.exec(plain)
  if (found === null || (harmlessDoctype.test(plain) && !plain.includes('<!entity'))) return undefined
  return { kind: 'xxe', what: `entity of XML: ${excerpt(text, found.index)}`, score: 70 }
}
