import { describe, expect, it } from 'vitest'
import { inspectConfig, parseConfig } from './parse-config.ts'

describe('the models of a configuration', () => {
  it('are none unless somebody sets them', () => {
    expect(parseConfig({}).models).toMatchObject({
      openaiModel: 'gpt-4o',
      agentModels: {},
      prices: {},
      audit: false,
      auditRetentionDays: 30,
      maxQueue: 200,
    })
  })

  it('are read with their agents and prices', () => {
    const { models } = parseConfig({
      LLM_AGENT_MODELS: 'crm=gpt-4o-mini, creative = org/model:7b',
      LLM_PRICES: '{"org/model:7b":{"input":0.1,"cachedInput":0,"output":0.2}}',
    })
    expect(models.agentModels).toEqual({ crm: 'gpt-4o-mini', creative: 'org/model:7b' })
    expect(models.prices).toEqual({ 'org/model:7b': { input: 0.1, cachedInput: 0, output: 0.2 } })
  })

  it('are refused with the variable that is wrong', () => {
    const wrong = (name: string, value: string) => inspectConfig({ [name]: value }).problems.map(({ variable }) => variable)
    for (const value of ['crm', 'crm=', 'Crm=gpt', '=gpt', 'crm=gpt-4o;sales=gpt-4o x']) expect(wrong('LLM_AGENT_MODELS', value)).toEqual(['LLM_AGENT_MODELS'])
    for (const value of [
      '{',
      '[]',
      'null',
      '{"a":1}',
      '{"a":{"input":1}}',
      '{"a":{"input":-1,"output":1}}',
      '{"a":{"input":1,"output":1,"cachedInput":"1"}}',
      '{"a":null}',
    ])
      expect(wrong('LLM_PRICES', value), value).toEqual(['LLM_PRICES'])
  })
})

describe('a memory that a model reads', () => {
  const openai = { OPENAI_API_KEY: 'k'.repeat(20) }
  const azure = { AZURE_OPENAI_API_KEY: 'k'.repeat(20), AZURE_OPENAI_ENDPOINT: 'https://azure.example', AZURE_OPENAI_DEPLOYMENT: 'd' }
  const about = (env: Record<string, string>) => {
    const { problems, warnings } = inspectConfig(env)
    const ours = ({ variable }: { variable: string }) => variable === 'MEMORY_MODEL'
    return [problems.filter(ours).length, warnings.filter(ours).length]
  }

  it('is none unless somebody sets it', () => {
    expect(parseConfig(openai).memory.model).toBe('off')
  })

  it.each([
    [{ ...openai, MEMORY_MODEL: 'batch' }, [0, 0]],
    [{ OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', MEMORY_MODEL: 'batch' }, [0, 0]],
    [{ ...azure, MEMORY_MODEL: 'calls' }, [0, 0]],
    [{ ...azure, MEMORY_MODEL: 'batch' }, [1, 0]],
    // The first that is set is asked.
    [{ ...azure, ...openai, MEMORY_MODEL: 'batch' }, [0, 0]],
    [{ MEMORY_MODEL: 'calls' }, [0, 1]],
    [{ ...openai, MEMORY_MODEL: 'always' }, [1, 0]],
  ])('is refused where its provider takes no batches, and warned of where there is none: %o', (env, expected) => {
    expect(about(env)).toEqual(expected)
  })
})
