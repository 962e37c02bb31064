import { detectXss } from '../html/xss.ts'
import { detectCommandInjection } from '../shell/command-injection.ts'
import { detectSqlInjection } from '../sql/sql-injection.ts'
import type { Detector } from '../threat.ts'
import { detectCodeInjection } from './code-injection.ts'
import { detectHeaderInjection, detectMailInjection } from './line-injection.ts'
import { detectPathTraversal } from './path-traversal.ts'
import { detectLdapInjection, detectNoSqlInjection, detectPrototypePollution } from './query-injection.ts'
import { detectSsrf } from './ssrf.ts'
import { detectTemplateInjection } from './template-injection.ts'
import { detectXxe } from './xxe.ts'

/** Every detector that looks at a single value. */
export const detectors: readonly Detector[] = [
  detectSqlInjection,
  detectXss,
  detectPathTraversal,
  detectCommandInjection,
  detectSsrf,
  detectTemplateInjection,
  detectCodeInjection,
  detectNoSqlInjection,
  detectLdapInjection,
  detectXxe,
  detectHeaderInjection,
  detectMailInjection,
  detectPrototypePollution,
]
