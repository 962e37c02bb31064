import { importRule, isIn, type Rule, textRule } from './rule.ts'

const databaseDrivers = ['pg', 'drizzle-orm', 'pg-copy-streams']
/** How answers are written to a browser; the rest of `ai` calls models. */
const streamProtocol = ['createUIMessageStream', 'createUIMessageStreamResponse', 'JsonToSseTransformStream', 'UI_MESSAGE_STREAM_HEADERS']
const longestFile = 500
/** Lists of data that nobody reads from top to bottom. */
const lists = [/^contracts\/entities\.ts$/, /\/vocabulary\/[a-z-]+\.ts$/, /^backend\/seeds\/.*\/(names|words|catalogue|texts)[a-z-]*\.ts$/]

const modules = 'backend/src/modules'
const isRoutes = (path: string) => isIn(path, 'backend/src') && path.endsWith('.routes.ts')
const isService = (path: string) => isIn(path, modules) && path.endsWith('.service.ts')
/** Sign-ins end by the machine's time: a clock that is frozen must not keep them alive. */
const hasOwnTime = (path: string) => isIn(path, `${modules}/security`)
/** Who may open transactions beside the choke point of the security module, and why. */
const opensTransactions: Record<string, string> = {
  'crm/import/import.service.ts': 'the batches of one audited import',
  'crm/import/run-import.ts': 'the batches of one audited import',
  'crm/import/dry-run.ts': 'a batch that is rolled back',
  'crm/import/resume-imports.ts': 'imports that were accepted before a crash',
  'crm/export/export.service.ts': 'the pages of one audited export',
  'crm/query/query-test-world.ts': 'a test fixture',
  'insightly/mirror/mirror-actor.ts': 'what another system says, which is nobody’s access',
  'agents/workflows/workflows.service.ts': 'the bookkeeping of workflows, which is nobody’s access',
  'chat/chat.service.ts': 'one’s own conversation: questions on their way',
  'chat/perform-answer.ts': 'one’s own conversation: the end of an answer',
  'chat/make-answer.ts': 'one’s own conversation: what was said before',
  'chat/answer-keeper.ts': 'a job of the system: what answers under way have said',
  'chat/answer-watch.ts': 'a job of the system: answers that other processes make, for readers who were let in',
  'chat/interrupted-answers.ts': 'a job of the system: answers whose process is gone',
  'chat/session-transcript.ts': 'one’s own conversation, page by page',
  'chat/restore-session.ts': 'one’s own conversation, from its file',
  'chat/recovery.ts': 'a job of the system at start',
  'chat/deleted-transcripts.ts': 'the same, and each hour',
  'memory/mem0/mem0-sync.ts': 'a job of the system: tells another server what people decided',
  'memory/reading/reading-model.ts': 'a job of the system: what waits for a model; what it finds is learned through operations',
  'models/usage-ledger.ts': 'a job of the system: the books of what models cost',
  'models/budgets.service.ts': 'a job of the system: whether a call may be made; the setting goes through operations',
  'models/prompt-audit.service.ts': 'jobs of the system keep and encrypt anew; reading goes through operations',
  'models/retention.ts': 'a job of the system: lets go of what is old',
  'automations/automation-job.ts': 'jobs of the system: what is due, and what is sent',
}

/** What a line may touch, by the role its file name says. */
export const lineRules: readonly Rule[] = [
  importRule('routes know no database and no model', ({ path }, { target, isTypeOnly, values }) => {
    if (!isRoutes(path) || (isTypeOnly && !databaseDrivers.includes(target))) return undefined
    const isModel = target.startsWith('@ai-sdk/') || (target === 'ai' && !values.every((name) => streamProtocol.includes(name)))
    if (isModel || databaseDrivers.includes(target) || isIn(target, 'backend/src/infra')) return `a route asks its service, not ${target}`
    return undefined
  }),
  importRule('services know no HTTP', ({ path }, { target }) => {
    if (!isService(path) || !(target === 'fastify' || target.startsWith('@fastify/') || target.startsWith('fastify-'))) return undefined
    return `a service does not know that it is asked over HTTP, so not ${target}`
  }),
  importRule('agent definitions are data', ({ path }, { target, isTypeOnly }) => {
    if (!path.endsWith('.agent.ts') || isTypeOnly || isIn(target, 'backend/src/modules/agents', 'contracts')) return undefined
    return `an agent definition holds constants, not ${target}`
  }),
  importRule('commands know no database', ({ path }, { target, values }) => {
    if (!isIn(path, 'backend/src/cli/commands')) return undefined
    return databaseDrivers.includes(target) || values.includes('sql') ? `a command asks a service, not ${target}` : undefined
  }),
  textRule(
    'one reader of the environment',
    /\bprocess\s*\.\s*env\b/,
    (path) => isIn(path, 'backend/src', 'backend/seeds') && !isIn(path, 'backend/src/config'),
    'only backend/src/config reads process.env; take a slice of the configuration',
  ),
  textRule(
    'records are reached through operations',
    /\.\s*transaction\s*\(/,
    (path) => isIn(path, modules) && !isIn(path, `${modules}/security`) && opensTransactions[path.slice(modules.length + 1)] === undefined,
    'use operations.run: it requires the scope and keeps the audit entry',
  ),
  textRule(
    'services are handed their clock',
    /\bnew Date\(\s*\)|\bDate\.now\(/,
    (path) => isService(path) && !hasOwnTime(path),
    'ask the clock that was handed in, so that CHATSG_NOW and tests can set it',
  ),
  textRule(
    'modules log',
    /\bconsole\s*\.\s*\w+/,
    (path) => isIn(path, modules, 'backend/src/infra', 'backend/src/http', 'contracts'),
    'use the logger that was handed in',
  ),
  textRule(
    'components do not fetch',
    /(?<![\w.])fetch\s*\(/,
    (path) => path.endsWith('.tsx') && isIn(path, 'frontend/src'),
    'a component uses a hook; the request belongs into an api file or frontend/src/lib',
  ),
  {
    name: 'files stay readable',
    check: (files) =>
      files
        .filter(({ path, lineCount }) => lineCount > longestFile && !lists.some((pattern) => pattern.test(path)))
        .map(({ path, lineCount }) => ({ rule: 'files stay readable', path, line: longestFile, message: `${lineCount} lines; ask what second noun moved in` })),
  },
]
