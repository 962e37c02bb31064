import { describe, expect, it } from 'vitest'
import { listSlashCommands, parseSlashCommand } from './slash-commands.ts'

describe('parseSlashCommand', () => {
  it.each([
    ['/crm how many contacts', 'crm', 'how many contacts'],
    ['  /CRM   how many contacts ', 'crm', 'how many contacts'],
    ['/crm: how many contacts', 'crm', 'how many contacts'],
    ['/sales\nwin rate', 'sales', 'win rate'],
    ['/mail who wrote', 'email', 'who wrote'],
    ['/Finance', 'financial', ''],
    ['/crm 1/2 of /everything', 'crm', '1/2 of /everything'],
  ])('%j is for the %s agent', (message, agent, text) => {
    expect(parseSlashCommand(message)).toMatchObject({ kind: 'agent', agent: { id: agent }, text })
  })

  it.each(['/help', '/HELP me please', '/?', '/', '/h', '/commands'])('%j asks for help', (message) => {
    expect(parseSlashCommand(message)).toEqual({ kind: 'help' })
  })

  it.each([['and/or'], ['contacts created 1/2/2026'], ['see /crm'], ['/home/ana/contacts.csv is broken'], ['/2 of them'], ['// comment'], ['/ crm']])(
    '%j is text',
    (message) => {
      expect(parseSlashCommand(message)).toEqual({ kind: 'text', text: message })
    },
  )

  it.each([
    ['/cmr', '/crm'],
    ['/slaes', '/sales'],
    ['/custmer', '/customer'],
    ['/fin', '/find'],
    ['/analytica', '/analytical'],
    ['/hlep', '/help'],
  ])('%j suggests %s', (message, suggestion) => {
    const parsed = parseSlashCommand(`${message} and more`)
    expect(parsed).toMatchObject({ kind: 'unknown', command: message, text: 'and more' })
    expect(parsed.kind === 'unknown' && parsed.suggestions).toContain(suggestion)
  })

  it('suggests nothing for a word that resembles no command', () => {
    expect(parseSlashCommand('/xyzzyplugh')).toMatchObject({ kind: 'unknown', suggestions: [] })
  })
})

describe('listSlashCommands', () => {
  it('gives every command and alias once', () => {
    const commands = listSlashCommands(() => true)
    const names = commands.flatMap(({ command, aliases }) => [command, ...aliases])
    expect(new Set(names).size).toBe(names.length)
    expect(commands.map(({ command }) => command)).toEqual([
      '/crm',
      '/email',
      '/product',
      '/customer',
      '/sales',
      '/analytical',
      '/creative',
      '/technical',
      '/financial',
      '/help',
    ])
  })
})
