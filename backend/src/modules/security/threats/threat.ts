/** The families of attack that are told apart. */
export type ThreatKind =
  | 'sql_injection'
  | 'xss'
  | 'path_traversal'
  | 'command_injection'
  | 'ssrf'
  | 'template_injection'
  | 'header_injection'
  | 'nosql_injection'
  | 'xxe'
  | 'ldap_injection'
  | 'code_injection'
  | 'mail_injection'
  | 'prototype_pollution'
  | 'scanner'

/** Why a request looks like an attack, safe to log and to show. */
export interface ThreatReason {
  kind: ThreatKind
  /** Where it was found: `query.id`, `path`, `header.user-agent`, `body.a.b`. */
  where: string
  /** A short printable name of what was recognised, with a bounded excerpt. */
  what: string
  /** 1 to 100; `blockAt` and more is an attack on its own. */
  score: number
}

export interface ThreatAssessment {
  /** 0 to 100. */
  score: number
  /** The strongest first, at most sixteen. */
  reasons: ThreatReason[]
}

/** A request as it came over the wire, before any framework decoded it. */
export interface RequestParts {
  method: string
  /** Raw, still percent-encoded. */
  path: string
  /** Raw, without the question mark. */
  query: string
  headers: Record<string, string | string[] | undefined>
  /** Left out for a body that may contain anything, such as a message or a note. */
  body?: { contentType: string; text?: string; parsed?: unknown }
  /** Names of query parameters that may contain anything. */
  exemptQueryParameters?: ReadonlySet<string>
}

/** The score from which a request is blocked. */
export const blockAt = 50

/** Where a value stands; some words are an attack in a path and none in a body. */
export type Place = 'path' | 'query' | 'header' | 'referer' | 'user-agent' | 'browser' | 'cookie' | 'body'

/** One value in one state of decoding, with what every detector wants to know first. */
export interface InspectedText {
  text: string
  lower: string
  /** Which special characters are in it, see `marks.ts`. */
  marks: number
  place: Place
}

export interface Finding {
  kind: ThreatKind
  what: string
  score: number
}

export type Detector = (value: InspectedText) => Finding | undefined

const excerptLength = 60

/** Printable ASCII around a place in the text, short enough for a log line. */
export function excerpt(text: string, index = 0): string {
  const from = Math.max(0, index - 10)
  return text
    .slice(from, from + excerptLength)
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .trim()
}
