import { InMemoryProvider, NOOP_PROVIDER, OpenFeature } from '@openfeature/server-sdk'
import { afterEach, describe, expect, it } from 'vitest'
import type { Actor } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { FeatureFlag } from '#contracts/deployment.ts'
import { createFeatureFlags, type FeatureFlags } from './feature-flags.ts'
import { isOnFor } from './flag-rules.ts'

// The share's places hang on it.
const workspaceId = '01930000-0000-7000-8000-00000000f1a6'
const person = (userId = newId(), role: 'rep' | 'manager' = 'rep'): Actor => ({ type: 'user', workspaceId, userId, name: 'P', role, via: 'session' })
const flag = (rule: Partial<FeatureFlag>): FeatureFlag => ({ enabled: true, percentage: 100, targets: [], source: 'switched', updatedAt: null, ...rule })
const ana = person('ana', 'manager')

const rules: Record<string, FeatureFlag> = {
  everybody: flag({ source: 'configuration' }),
  nobody: flag({ enabled: false, targets: ['ana'] }),
  ana: flag({ percentage: 0, targets: ['ana'] }),
  managers: flag({ percentage: 0, targets: ['manager'] }),
  ours: flag({ percentage: 0, targets: [workspaceId] }),
  beta: flag({ percentage: 30 }),
  betaAndAna: flag({ percentage: 1, targets: ['ana'] }),
}

const opened: FeatureFlags[] = []
function openFlags(findRule: (name: string) => Promise<FeatureFlag | undefined> = async (name) => rules[name]) {
  const warnings: string[] = []
  const flags = createFeatureFlags({ findRule, logger: { warn: (_fields, message) => warnings.push(message) } })
  opened.push(flags)
  return { flags, warnings, detailsOf: async (name: string, actor: Actor) => (await flags.clientFor(actor)).getBooleanDetails(name, false) }
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((flags) => flags.close()))
})

describe('a flag, asked for through OpenFeature', () => {
  it.each([
    ['everybody', { value: true, reason: 'STATIC', variant: 'on', flagMetadata: { source: 'configuration' } }],
    ['nobody', { value: false, reason: 'STATIC', variant: 'off', flagMetadata: { source: 'switched' } }],
    ['ana', { value: true, reason: 'TARGETING_MATCH', variant: 'on' }],
    ['managers', { value: true, reason: 'TARGETING_MATCH' }],
    ['ours', { value: true, reason: 'TARGETING_MATCH' }],
  ])('says why: %s, for somebody who is named', async (name, details) => {
    expect(await openFlags().detailsOf(name, ana)).toMatchObject({ flagKey: name, ...details })
  })

  it.each(['ana', 'managers'])('says why: %s, for somebody who is not named', async (name) => {
    expect(await openFlags().detailsOf(name, person())).toMatchObject({ value: false, reason: 'DEFAULT', variant: 'off' })
  })

  it('is on for the people the share says, and for the same ones each time', async () => {
    const { detailsOf } = openFlags()
    const people = Array.from({ length: 200 }, () => person())
    const ask = () => Promise.all(people.map((actor) => detailsOf('beta', actor)))
    const first = await ask()
    expect(new Set(first.map(({ reason }) => reason))).toEqual(new Set(['SPLIT']))
    expect(first.map(({ value }) => value)).toEqual(people.map((actor) => isOnFor('beta', rules.beta as FeatureFlag, actor)))
    expect(new Set(first.map(({ value }) => value))).toEqual(new Set([true, false]))
    expect(await ask()).toEqual(first)
  })

  it('is on for whom it names, whatever place the share gives them', async () => {
    const { detailsOf } = openFlags()
    expect(isOnFor('betaAndAna', flag({ percentage: 1 }), ana)).toBe(false)
    expect(await detailsOf('betaAndAna', ana)).toMatchObject({ value: true, reason: 'TARGETING_MATCH' })
    expect(await detailsOf('betaAndAna', person('ben'))).toMatchObject({ value: false, reason: 'SPLIT' })
  })

  it('that nobody knows is what the asker says, with the code for it', async () => {
    const { flags, warnings } = openFlags()
    const client = await flags.clientFor(ana)
    expect(await client.getBooleanDetails('inbox', true)).toMatchObject({ value: true, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' })
    expect(await client.getBooleanDetails('inbox', false)).toMatchObject({ value: false, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' })
    expect(warnings).toEqual([])
  })

  it('is neither text nor number nor object', async () => {
    const client = await openFlags().flags.clientFor(ana)
    const mismatch = { reason: 'ERROR', errorCode: 'TYPE_MISMATCH' }
    expect(await client.getStringDetails('everybody', 'on')).toMatchObject({ value: 'on', ...mismatch })
    expect(await client.getNumberDetails('everybody', 7)).toMatchObject({ value: 7, ...mismatch })
    expect(await client.getObjectDetails('everybody', { a: 1 })).toMatchObject({ value: { a: 1 }, ...mismatch })
  })

  it('that cannot be read is what the asker says, and the log tells', async () => {
    const { flags, warnings } = openFlags(() => Promise.reject(new Error('connection refused by 10.0.0.7')))
    const client = await flags.clientFor(ana)
    const details = await client.getBooleanDetails('everybody', false)
    expect(details).toMatchObject({ value: false, reason: 'ERROR', errorCode: 'GENERAL' })
    expect(details.errorMessage).not.toContain('10.0.0.7')
    expect(warnings).toHaveLength(1)
  })
})

describe('code that knows OpenFeature alone', () => {
  it('says who asks in the evaluation context, and is told what is missing', async () => {
    await openFlags().flags.load()
    const client = OpenFeature.getClient()
    const ask = (name: string, context: Record<string, string>) => client.getBooleanDetails(name, false, context)
    expect(await ask('managers', { targetingKey: 'x', workspaceId, role: 'manager' })).toMatchObject({ value: true, reason: 'TARGETING_MATCH' })
    expect(await ask('beta', { targetingKey: 'x', workspaceId })).toMatchObject({ reason: 'SPLIT' })
    expect(await ask('everybody', {})).toMatchObject({ value: true, reason: 'STATIC' })
    expect(await ask('beta', { workspaceId })).toMatchObject({ value: false, reason: 'ERROR', errorCode: 'TARGETING_KEY_MISSING' })
    expect(await ask('beta', { targetingKey: '', workspaceId })).toMatchObject({ errorCode: 'TARGETING_KEY_MISSING' })
    expect(await ask('beta', { targetingKey: 'x' })).toMatchObject({ value: false, reason: 'ERROR', errorCode: 'INVALID_CONTEXT' })
  })

  it('asks the app that was there first, not one that a self-test opens, until it closes', async () => {
    const serving = openFlags()
    await serving.flags.load()
    const scratch = openFlags(async () => flag({ enabled: false }))
    expect(await scratch.detailsOf('everybody', ana)).toMatchObject({ value: false, reason: 'STATIC' })
    expect(await serving.detailsOf('everybody', ana)).toMatchObject({ value: true })
    expect(await OpenFeature.getClient().getBooleanValue('everybody', false)).toBe(true)
    await scratch.flags.close()
    expect(await OpenFeature.getClient().getBooleanValue('everybody', false)).toBe(true)
    await serving.flags.close()
    expect(OpenFeature.getProvider()).toBe(NOOP_PROVIDER)
    expect(await serving.detailsOf('everybody', ana)).toMatchObject({ value: false, reason: 'No-op' })
  })

  it('keeps the provider it brought', async () => {
    const own = new InMemoryProvider()
    OpenFeature.setProvider(own)
    try {
      const { flags, detailsOf } = openFlags()
      expect(await detailsOf('everybody', ana)).toMatchObject({ value: true, reason: 'STATIC' })
      await flags.close()
      expect(OpenFeature.getProvider()).toBe(own)
    } finally {
      OpenFeature.setProvider(NOOP_PROVIDER)
    }
  })
})
