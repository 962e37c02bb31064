import { mark } from '../marks.ts'
import { type Detector, excerpt } from '../threat.ts'

const responseHeaders =
  /[\r\n\u560a\u560d]\s*(?:set-cookie2?|location|content-(?:type|length|security-policy|disposition|encoding|location)|transfer-encoding|access-control-allow-\w+|x-xss-protection|x-forwarded-\w+|refresh|status|link|host|cookie|etag|cache-control|last-modified|proxy-\w+)\s*:\s*\S/
const splitResponse =
  /[\r\n]\s*(?:http\/[0-3](?:\.\d)?\s+\d{3}|(?:get|post|head|put|delete|options|trace|patch)\s+\S+\s+http\/\d)|[\r\n]{2,}\s*<(?:html|script|svg|img|body|iframe)/
const customHeader = /^[^\r\n]{0,200}[\r\n]+(?:x-)?[a-z]+(?:-[a-z]+)+\s?:\s?\S[^\r\n]{0,200}[\r\n]*$/
const mailHeaders = /^[^\s@]{1,64}@[^\s@]{1,128}[\r\n]+\s*(?:to|cc|bcc|subject|from|reply-to|content-type|mime-version)\s*:/
const mailCommands =
  /(?:^|[\r\n"'>;]\s*)(?:[a-z]\d{1,6}|\d{1,6}|[a-z]{1,2}\d+|\.)?\s*(?:(?:rcpt\s+to|mail\s+from)\s*:\s*<|(?<=[\r\n]\s*)(?:rcpt\s+to|mail\s+from)\s*:|(?:[a-z]\d{1,6}|\d{2,6})\s+(?:capability|login|select|fetch|examine|create|delete|rename|list|status|append|search|store|logout|noop|authenticate|starttls|expunge|copy|uid)\b)|[\r\n]\s*(?:(?:helo|ehlo)\s+\S+\s*$|data\s*[\r\n]|quit\s*$|(?:retr|dele|top|stat|uidl)\s+\d|vrfy\s|expn\s|rset\s*$)|\bfetch\s+\d+:?[\d*]*\s+\(?(?:body|rfc822|flags)/m

/** New lines smuggled into a header: of the answer, or of a mail. */
export const detectHeaderInjection: Detector = ({ text, lower, marks, place }) => {
  if ((marks & (mark.lineBreak | mark.wide)) === 0) return undefined
  // Neither a path nor a header can hold a line break in an honest request.
  if ((place === 'path' || place === 'header') && /[\r\n]/.test(text)) return { kind: 'header_injection', what: `line break: ${excerpt(text)}`, score: 55 }
  const isShort = text.length <= 2_048
  const found = responseHeaders.exec(lower) ?? splitResponse.exec(lower) ?? (isShort && place !== 'body' ? customHeader.exec(lower) : null)
  // A message may quote the headers of another one.
  if (found === null || (place === 'body' && !isShort)) return undefined
  const isQuoted = /[\r\n]\s*(?:>|from|to|subject|date)\b/.test(lower) && text.length > 200
  return isQuoted ? undefined : { kind: 'header_injection', what: `header on a new line: ${excerpt(text, found.index)}`, score: 60 }
}

/** Commands of SMTP, IMAP and POP3, and headers behind an address. */
export const detectMailInjection: Detector = ({ text, lower, marks }) => {
  if ((marks & (mark.lineBreak | mark.angle | mark.digit)) === 0) return undefined
  if (!/rcpt|mail\s+from|@|capability|login|fetch|helo|ehlo|retr|dele|vrfy|expn|quit|data|list|select|search|uid|noop/.test(lower)) return undefined
  const found = mailHeaders.exec(lower) ?? mailCommands.exec(lower)
  return found === null ? undefined : { kind: 'mail_injection', what: `mail command: ${excerpt(text, found.index)}`, score: 60 }
}
