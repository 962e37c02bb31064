import { describe, expect, it } from 'vitest'
import type { Transaction } from '#backend/infra/database/database.ts'
import { agentList, findAgent } from './agent-list.ts'
import type { AnswerContext, PlannerMemory, PlannerOutcome } from './answerer.ts'
import { assignMessage, runAgent } from './run-agent.ts'

const base: PlannerOutcome = { kind: 'answer', confidence: 1, text: 'There are 42.', parts: [], citations: [], coverage: null, memory: null, plan: null }

async function ask(
  message: string,
  outcome: Partial<PlannerOutcome> = {},
  { requested, locked, memory, modelConfigured = false }: { requested?: string; locked?: string; memory?: PlannerMemory; modelConfigured?: boolean } = {},
) {
  const asked: string[] = []
  const assignment = assignMessage(message, {
    requested: requested === undefined ? undefined : findAgent(requested),
    locked: locked === undefined ? undefined : findAgent(locked),
  })
  const answer = await runAgent({
    assignment,
    propose: () => Promise.reject(new Error('Nothing is proposed here.')),
    modelConfigured,
    context: (memory === undefined ? {} : { previous: memory }) as AnswerContext,
    answerer: {
      async answer(_tx, question) {
        asked.push(question)
        return { ...base, ...outcome }
      },
    },
    read: (work) => work({} as Transaction),
  })
  return { ...answer, agent: answer.agent.id, asked }
}

describe('who answers', () => {
  it('is the agent of the command, before the one requested, before the lock, before the words', async () => {
    const plan = { plan: { entity: 'contacts' as const } }
    expect(await ask('/sales how many', plan, { requested: 'email', locked: 'product' })).toMatchObject({
      agent: 'sales',
      routing: 'You asked the Sales agent.',
      asked: ['how many'],
    })
    expect(await ask('how many', plan, { requested: 'email', locked: 'product' })).toMatchObject({ agent: 'email', routing: 'You asked the Email agent.' })
    expect(await ask('how many', plan, { locked: 'product' })).toMatchObject({ agent: 'product', routing: 'This conversation is kept to the Product agent.' })
    expect(await ask('how many mails', plan)).toMatchObject({ agent: 'crm', routing: 'It is about contacts, which the CRM agent looks after.' })
  })
})

describe('commands', () => {
  it('/help lists every command, and which are not available', async () => {
    const { text, asked } = await ask('/help')
    for (const command of ['/crm', '/email', '/product', '/customer', '/sales', '/analytical', '/creative', '/technical', '/financial', '/help'])
      expect(text).toContain(`\`${command}\``)
    expect(text.match(/Not available/g)).toHaveLength(2)
    expect(asked).toEqual([])
    expect((await ask('/help', {}, { modelConfigured: true })).text).not.toContain('Not available')
  })

  it('a command alone explains its agent', async () => {
    expect((await ask('/sales')).text).toMatch(/^\*\*Sales agent\.\*\* .*`\/sales win rate by owner`/)
    expect((await ask('/creative')).text).toContain('It needs a language model, and none is configured.')
  })

  it('an unknown command gets suggestions', async () => {
    const { text, parts, asked } = await ask('/slaes how many')
    expect(text).toContain('There is no command `/slaes`. Did you mean `/sales`?')
    expect(parts).toEqual([
      { type: 'text', text },
      {
        type: 'data-clarify',
        data: {
          question: 'Which command did you mean?',
          options: [
            { label: '/sales', message: '/sales how many' },
            { label: 'No command', message: 'how many' },
          ],
        },
      },
    ])
    expect(asked).toEqual([])
    expect((await ask('/xyzzyplugh how many')).parts).toHaveLength(1)
  })
})

describe('commands in a German conversation', () => {
  it('are answered in German', async () => {
    const memory = { language: 'de' as const }
    const help = await ask('/help', {}, { memory })
    expect(help).toMatchObject({ language: 'de', routing: 'Gefragt ist die Liste der Befehle.' })
    for (const { command } of agentList) expect(help.text).toContain(`\`${command}\``)
    for (const { description } of agentList) expect(help.text).not.toContain(description)
    expect((await ask('/sales', {}, { memory })).text).toMatch(/^\*\*Sales-Agent\.\*\* .*`\/sales Abschlussquote nach Besitzer`/)
    expect((await ask('/creative', {}, { memory })).text).toContain('Er braucht ein Sprachmodell, und keines ist eingerichtet.')
    const unknown = await ask('/slaes', {}, { memory })
    expect(unknown.text).toMatch(/^Den Befehl `\/slaes` gibt es nicht\. Ist `\/sales` gemeint\?/)
    expect(unknown.parts.at(-1)).toMatchObject({ type: 'data-clarify', data: { question: 'Welcher Befehl ist gemeint?' } })
  })
})

describe('an agent without a model', () => {
  it('says so, and the CRM agent answers what is about the CRM', async () => {
    const answer = await ask('/creative how many contacts', { plan: { entity: 'contacts' } })
    expect(answer.agent).toBe('crm')
    expect(answer.routing).toBe('You asked the Creative agent. It needs a language model, and none is configured, so the CRM agent answers.')
    expect(answer.text).toMatch(/^The Creative agent needs a language model.*\n\nThere are 42\.$/)
    expect(answer.parts).toEqual([{ type: 'text', text: answer.text }])
  })

  it('is named when a request without a command was meant for it', async () => {
    const answer = await ask('write a poem', { kind: 'decline', text: 'I cannot answer that.' })
    expect(answer).toMatchObject({ agent: 'crm', text: expect.stringMatching(/^The Creative agent needs a language model.*\n\nI cannot answer that\.$/) })
  })

  it('has nothing to say when the question could be answered after all', async () => {
    expect(await ask('contacts with the title poem writer', { plan: { entity: 'contacts' } })).toMatchObject({ agent: 'crm', text: 'There are 42.' })
  })
})
