import { describe, expect, it } from 'vitest'
import { agentList, findAgent } from '../agent-list.ts'
import { createTurn } from './turn.ts'

const source = { kind: 'sentence' as const, text: 'hello' }
const proposing = (tool: string) => /^(records\.(create|update|delete|merge)|emails\.(send|reply|forward|delete)|imports\.run)$/.test(tool)
const agent = (id: string) => {
  const found = findAgent(id)
  if (found === undefined) throw new Error(`There is no agent ${id}.`)
  return found
}

describe('a turn', () => {
  it('has the tools of its agent, fewer than twelve', () => {
    for (const one of agentList) expect(one.tools.length, one.id).toBeLessThan(12)
    expect([...createTurn({ agent: agent('sales'), source }).allowed]).toEqual(agent('sales').tools)
  })

  it('stays tainted once it is, by what came first', () => {
    const turn = createTurn({ agent: agent('crm'), source })
    expect(turn.taint).toBeUndefined()
    turn.readUntrusted('records.get')
    turn.readUntrusted('emails.read')
    expect(turn.taint).toEqual({ by: 'records.get' })
    expect(createTurn({ source, tools: ['records.get'], tainted: { by: 'mcp' } }).taint).toEqual({ by: 'mcp' })
  })

  it('is handed over with all tools while nothing was read', () => {
    const turn = createTurn({ agent: agent('creative'), source })
    expect(turn.handTo(agent('email'), proposing)).toBe(true)
    expect([...turn.allowed]).toEqual(agent('email').tools)
    expect(turn.agent?.id).toBe('email')
  })

  it('is only ever narrowed after something was read', () => {
    const turn = createTurn({ agent: agent('sales'), source })
    turn.readUntrusted('records.get')
    expect(turn.handTo(agent('email'), proposing)).toBe(false)
    expect(turn.agent?.id).toBe('sales')
    const before = new Set(turn.allowed)
    expect(turn.handTo(agent('analytical'), proposing)).toBe(true)
    for (const tool of turn.allowed) expect(before).toContain(tool)
    expect([...turn.allowed].filter(proposing)).toEqual([])
  })

  it('counts its proposals under its key, and has a mark that nobody else has', () => {
    const turn = createTurn({ source, key: 'm' })
    expect([turn.nextKey(), turn.nextKey()]).toEqual(['m:1', 'm:2'])
    expect(createTurn({ source }).nextKey()).toBeUndefined()
    expect(createTurn({ source }).marker).not.toBe(turn.marker)
  })
})
