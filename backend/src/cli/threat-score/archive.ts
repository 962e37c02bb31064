import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const blockLength = 512

/** The files of a .tar.gz by their path, as UTF-8. */
export function readArchive(path: string): Map<string, string> {
  const bytes = gunzipSync(readFileSync(path))
  const files = new Map<string, string>()
  for (let at = 0; at + blockLength <= bytes.length; ) {
    const header = bytes.subarray(at, at + blockLength)
    const name = field(header, 345, 155) === '' ? field(header, 0, 100) : `${field(header, 345, 155)}/${field(header, 0, 100)}`
    if (name === '') break
    const length = Number.parseInt(field(header, 124, 12).trim() || '0', 8)
    const type = String.fromCharCode(header[156] ?? 0)
    const start = at + blockLength
    if (type === '0' || type === '\0') files.set(name.replace(/^\.\//, ''), bytes.toString('utf8', start, start + length))
    at = start + Math.ceil(length / blockLength) * blockLength
  }
  return files
}

function field(header: Buffer, from: number, length: number): string {
  const end = header.indexOf(0, from)
  return header.toString('utf8', from, end === -1 ? from + length : Math.min(end, from + length))
}

export function readText(path: string): string {
  const bytes = readFileSync(path)
  return path.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8')
}
