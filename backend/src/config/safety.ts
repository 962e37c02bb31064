import type { ConfigProblem } from './config-error.ts'
import { type SchemaValues, schema, type Variable, variables } from './schema.ts'

/** Shortest secret of our own that is safe, in characters. */
export const shortestSecret = 32

const ownSecrets = [schema.security.encryptionKey, schema.security.sessionSecret, schema.security.csrfSecret]

const groups: readonly { name: string; members: readonly Variable<unknown>[] }[] = [
  { name: 'Azure OpenAI', members: [schema.models.azureApiKey, schema.models.azureEndpoint, schema.models.azureDeployment] },
  { name: 'Azure AD', members: [schema.security.azureAdClientId, schema.security.azureAdClientSecret, schema.security.azureAdTenantId] },
  { name: 'OIDC', members: [schema.security.oidcIssuer, schema.security.oidcClientId, schema.security.oidcClientSecret] },
]

const howToMake = 'Make one with: openssl rand -hex 32'

/** A value copied from documentation instead of chosen. */
export function isPlaceholder(value: string): boolean {
  return /^your_/i.test(value)
}

/** What makes a configuration unsafe to run in production; elsewhere the same sentences are warnings. */
export function findUnsafe(values: SchemaValues, given: ReadonlyMap<string, string>): ConfigProblem[] {
  return [...findWeakSecrets(given), ...findReusedSecrets(given), ...findHalfGroups(given), ...findOpenDoors(values)]
}

function findWeakSecrets(given: ReadonlyMap<string, string>): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  for (const { variable } of variables) {
    const value = given.get(variable.name)
    const isOurs = ownSecrets.some((secret) => secret.name === variable.name)
    if (value === undefined) {
      if (isOurs) problems.push({ variable: variable.name, problem: 'is missing', fix: howToMake })
    } else if (variable.secret && isPlaceholder(value)) {
      problems.push({ variable: variable.name, problem: 'is a placeholder', fix: isOurs ? howToMake : 'Set it to the real one, or remove it.' })
    } else if ((isOurs || variable === schema.security.encryptionKeyPrevious) && value.length < shortestSecret) {
      problems.push({ variable: variable.name, problem: `is shorter than ${shortestSecret} characters`, fix: howToMake })
    }
  }
  return problems
}

function findReusedSecrets(given: ReadonlyMap<string, string>): ConfigProblem[] {
  const firstUse = new Map<string, string>()
  const problems: ConfigProblem[] = []
  for (const { variable, group } of variables) {
    const value = given.get(variable.name)
    // Two databases at one address are no secret used twice.
    if (value === undefined || !variable.secret || group === 'database' || isPlaceholder(value)) continue
    const other = firstUse.get(value)
    if (other === undefined) firstUse.set(value, variable.name)
    else problems.push({ variable: variable.name, problem: `is the same as ${other}`, fix: 'Give each its own value.' })
  }
  return problems
}

function findHalfGroups(given: ReadonlyMap<string, string>): ConfigProblem[] {
  return groups.flatMap(({ name, members }) => {
    const missing = members.filter((member) => !given.has(member.name))
    if (missing.length === 0 || missing.length === members.length) return []
    return missing.map((member) => ({ variable: member.name, problem: `is missing, while other ${name} variables are set`, fix: 'Set all of them or none.' }))
  })
}

function findOpenDoors({ application, security, automations }: SchemaValues): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  if (automations.webhookAllowPrivate)
    problems.push({ variable: 'WEBHOOK_ALLOW_PRIVATE', problem: 'lets webhooks reach addresses inside', fix: 'Remove it; it is for development.' })
  if (security.httpsOnly && !application.appUrl?.startsWith('https://')) {
    const problem = application.appUrl === undefined ? 'is missing while HTTPS_ONLY is on' : 'is not https while HTTPS_ONLY is on'
    problems.push({ variable: 'APP_URL', problem, fix: 'Set it to the https address people use.' })
  }
  if (security.corsOrigins.includes('*'))
    problems.push({ variable: 'CORS_ORIGINS', problem: 'allows every origin', fix: 'List the origins that may call the API.' })
  if (application.now !== undefined) problems.push({ variable: 'CHATSG_NOW', problem: 'freezes the clock', fix: 'Remove it.' })
  return problems
}
