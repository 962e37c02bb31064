import { mark } from '../marks.ts'
import { type Detector, excerpt, type Finding } from '../threat.ts'

const address = /(?:^|[\s"'=(<,@])([a-z][a-z0-9+.-]{1,14}):(?:\/\/|\\\\)([^\s/?#"'<>\\]*)/g
const metadata =
  /(?:^|[/@=\s"'])(?:169\.254\.169\.254|169\.254\.170\.2|100\.100\.100\.200|192\.0\.0\.192|metadata\.google\.internal|metadata\.azure\.com|instance-data|\[?fd00:ec2::254\]?|\[?::ffff:(?:169\.254|a9fe))|\/latest\/(?:meta-data|user-data|dynamic\/instance)|computemetadata\/v1|kubernetes\.default\.svc/
const collaborators =
  /\b(?:burpcollaborator\.net|oastify\.com|interact\.sh|interactsh\.com|oast\.(?:me|pro|live|site|online|fun)|dnslog\.(?:cn|pw|link)|ceye\.io|canarytokens\.(?:com|org)|xss\.ht|xss\.report|requestbin\.\w+|webhook\.site|pipedream\.net|beeceptor\.com|bxss\.me|r87\.(?:me|com)|ssrf\.\w+|eyes\.sh|bugbounty\.click|h4ck\w*\.\w+)\b/
const schemes = new Set(['gopher', 'dict', 'ldap', 'ldaps', 'tftp', 'sftp', 'netdoc', 'jar', 'smb', 'rmi', 'telnet', 'finger', 'mongodb', 'redis'])
const servicePorts =
  /:(?:21|22|23|25|110|111|135|139|143|445|512|873|1099|1433|1521|2049|2375|2376|3306|3389|4444|5432|5900|5984|6379|6443|7001|8500|9000|9200|9300|10250|11211|27017|50070)$/

/** Addresses a server must not be talked into calling: metadata services, disguised loopbacks, odd schemes. */
export const detectSsrf: Detector = ({ text, lower, marks, place }) => {
  if ((marks & (mark.colon | mark.dot)) === 0) return undefined
  const found = (what: string, score: number, index: number): Finding => ({ kind: 'ssrf', what: `${what}: ${excerpt(text, index)}`, score })
  const collaborator = collaborators.exec(lower)
  if (collaborator !== null) return { ...found('address of a testing service', 60, collaborator.index), kind: 'scanner' }
  const cloud = metadata.exec(lower)
  if (cloud !== null) return found('metadata service', 65, cloud.index)
  let best: Finding | undefined
  if ((marks & mark.colon) === 0) return undefined
  for (const match of lower.matchAll(address)) {
    const score = addressScore(match[1] ?? '', (match[2] ?? '').replace(/^.*@/, ''), place)
    if (score > (best?.score ?? 0)) best = found('internal address', score, match.index)
  }
  return best
}

function addressScore(scheme: string, host: string, place: string): number {
  if (schemes.has(scheme)) return 55
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'ftp') return 0
  const name = host.replace(/:\d*$/, '')
  const isLoopback = /^(?:localhost|127(?:\.\d+){1,3}|0(?:\.0){0,3}|\[::1?\]|\[0:0:0:0:0:0:0:[01]\])$/.test(name)
  // Decimal, octal, hexadecimal and wildcard-DNS forms have no honest use.
  if (
    /^(?:0x[0-9a-f]{2,8}|\d{8,10}|0[0-7]{3,}|0[0-7]+(?:\.\d+){1,3}|(?:0x[0-9a-f]{1,2}\.){1,3}[0-9a-fx]+|127\.\d+|\[(?:::ffff:|0:0:0:0:0:ffff:)[0-9a-f.:]+\])$/.test(
      name,
    )
  )
    return 60
  if (/(?:127\.0\.0\.1|169\.254\.169\.254|localhost|10\.0\.0\.1)\.(?:nip|xip|sslip)\.io$|^(?:localtest\.me|lvh\.me|vcap\.me|spoofed\.burp)/.test(name))
    return 60
  if (isLoopback || /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+)+$/.test(name)) return servicePorts.test(host) ? 60 : place === 'referer' ? 0 : 25
  return 0
}
