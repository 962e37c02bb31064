import { maximumValues, type RequestValue } from './values.ts'

const node = />([^<>]{2,})<|<!\[CDATA\[([\s\S]{1,8192}?)\]\]>|=\s*(?:"([^"<]{2,2000})"|'([^'<]{2,2000})')/g

/** An XML body as a whole, for its declarations, and each text and attribute in it. */
export function xmlValues(text: string): RequestValue[] {
  const values: RequestValue[] = [{ where: 'body', text, place: 'body' }]
  for (const found of text.matchAll(node)) {
    const content = (found[1] ?? found[2] ?? found[3] ?? found[4] ?? '').trim()
    if (content !== '') values.push({ where: 'body', text: content, place: 'body' })
    if (values.length >= maximumValues) break
  }
  return values
}
