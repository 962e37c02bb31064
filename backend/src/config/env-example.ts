import { schema, type Variable } from './schema.ts'

const titles: Record<keyof typeof schema, string> = {
  application: 'Application',
  models: 'Language models',
  crm: 'CRM',
  database: 'Database',
  supabase: 'Supabase',
  memory: 'Memory',
  automations: 'Schedules and webhooks',
  security: 'Security',
  mail: 'Mail',
  logging: 'Logging',
  monitoring: 'Monitoring',
  performance: 'Performance',
  retention: 'Retention',
  deployment: 'Deployment',
}

/** The text of `backend/.env.example`: every variable, with its default. */
export function renderEnvExample(): string {
  const groups = Object.entries(titles).map(([group, title]) => {
    const members = Object.values(schema[group as keyof typeof schema]) as Variable<unknown>[]
    return `## ${title}\n\n${members.map(renderVariable).join('\n\n')}`
  })
  return `${introduction}\n\n${groups.join('\n\n')}\n`
}

const introduction = `# Every variable of ChatSG, with its default. Nothing has to be set for development.
#
# Copy this file to backend/.env, or to backend/.env.production and so on, and take the # off the lines to change. The
# process environment wins over backend/.env.<environment>, that over backend/.env, and that over
# backend/config/<environment>.json. An empty value is the same as none. A secret may be kept in a file instead: set
# <NAME>_FILE to its path.`

function renderVariable({ name, aliases, about, secret, default: value }: Variable<unknown>): string {
  const notes = [about, secret ? 'Secret.' : '', aliases.length > 0 ? `Also read as ${aliases.join(', ')}.` : '']
  return `# ${notes.filter((note) => note !== '').join(' ')}\n# ${name}=${value ?? ''}`
}
