import { type Actor, actorName } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { type ChangeFlags, type Deployment, type FeatureFlag, productFlags, type Release } from '#contracts/deployment.ts'
import * as repository from './deployment.repository.ts'
import { isOnFor } from './flag-rules.ts'

export interface DeploymentDependencies {
  operations: Operations
  clock: Clock
  version: string
  environment: string
  /** Of the release, where whoever deployed it says so. */
  commit?: string | undefined
  build?: string | undefined
  deployedBy?: string | undefined
  /** Flags of the configuration. */
  flags: Readonly<Record<string, boolean>>
  /** The installation's first workspace, in whose name the start is noted. */
  homeWorkspaceId: string
}

export type DeploymentService = ReturnType<typeof createDeploymentService>

const mostReleases = 20
const mostChanges = 200
/** Flags are asked for often and switched seldom. */
const knownForMs = 5000

/** What runs here, what ran before, and which features are on. */
export function createDeploymentService(dependencies: DeploymentDependencies) {
  const { operations, clock, version, environment, commit, build, deployedBy, homeWorkspaceId } = dependencies
  let { flags } = dependencies
  const release: Release = {
    version,
    commit: commit ?? null,
    build: build ?? null,
    deployedBy: deployedBy ?? null,
    environment,
    startedAt: clock.now().toISOString(),
  }
  const system: Actor = { type: 'system', workspaceId: homeWorkspaceId, job: 'deployment' }
  let known: { at: number; rules: Record<string, FeatureFlag> } | undefined

  /** What ChatSG asks for, over it what the configuration says, and over that what was switched. */
  function rulesOf(rows: readonly repository.FlagRow[]): Record<string, FeatureFlag> {
    const usual = Object.entries(productFlags).map(([name, { enabled }]) => [name, ruleOf(enabled)] as const)
    const configured = Object.entries(flags).map(([name, enabled]) => [name, ruleOf(enabled)] as const)
    const switched = rows.map(({ name, ...row }) => [name, { ...row, source: 'switched' as const }] as const)
    return Object.fromEntries([...usual, ...configured, ...switched])
  }

  async function currentRules(): Promise<Record<string, FeatureFlag>> {
    const at = performance.now()
    if (known === undefined || at - known.at > knownForMs) {
      const rows = await operations.run(system, { name: 'flags.read', scope: 'workspace:admin', event: null, readOnly: true }, repository.listFlags)
      known = { at, rules: rulesOf(rows) }
    }
    return known.rules
  }

  return {
    release,

    /** Other flags of the configuration from now on; what was switched by people stays. */
    configure(configured: Readonly<Record<string, boolean>>): void {
      flags = configured
      known = undefined
    },

    /** Notes that this release runs. */
    noteStart(): Promise<void> {
      return operations.run(system, { name: 'deployment.start', scope: 'workspace:admin', event: null }, (tx) => repository.noteRelease(tx, newId(), release))
    },

    async describe(actor: Actor): Promise<Deployment> {
      return operations.run(actor, { name: 'deployment.get', scope: 'workspace:admin', event: null, readOnly: true }, async (tx) => {
        const releases = await repository.listReleases(tx, mostReleases + 1)
        const flagRules = rulesOf(await repository.listFlags(tx))
        const on = Object.entries(flagRules).map(([name, flag]) => [name, isOnFor(name, flag, actor)] as const)
        return { ...release, flags: Object.fromEntries(on), flagRules, previous: releases.filter((other) => !isSame(other, release)).slice(0, mostReleases) }
      })
    },

    /** Switches flags, each with an entry in their history; `null` gives one back to the configuration. */
    async changeFlags(actor: Actor, changes: ChangeFlags): Promise<Deployment> {
      const now = clock.now().toISOString()
      await operations.run(
        actor,
        { name: 'flags.change', scope: 'workspace:admin', event: 'SETTING_CHANGE', query: { flags: Object.keys(changes) } },
        async (tx) => {
          const rules = rulesOf(await repository.listFlags(tx))
          for (const [name, change] of Object.entries(changes)) {
            const before = rules[name] ?? null
            const wanted = typeof change === 'boolean' ? { enabled: change } : change
            const after = wanted === null ? null : { enabled: false, percentage: 100, targets: [], ...withoutSource(before), ...definedOnly(wanted) }
            if (after === null) await repository.removeFlag(tx, name)
            else await repository.putFlag(tx, { ...after, name, updatedAt: now })
            await repository.noteFlagChange(tx, newId(), { name, before, after, changedBy: actorName(actor), changedAt: now })
          }
        },
      )
      known = undefined
      return this.describe(actor)
    },

    async history(actor: Actor) {
      const items = await operations.run(actor, { name: 'flags.history', scope: 'workspace:admin', event: null, readOnly: true }, (tx) =>
        repository.listFlagChanges(tx, mostChanges),
      )
      return { items, nextCursor: null, total: items.length }
    },

    /** The rule of a flag, as of at most a few seconds ago; `createFeatureFlags` asks with it. */
    async findRule(name: string): Promise<FeatureFlag | undefined> {
      const rules = await currentRules()
      return Object.hasOwn(rules, name) ? rules[name] : undefined
    },
  }
}

function ruleOf(enabled: boolean): FeatureFlag {
  return { enabled, percentage: 100, targets: [], source: 'configuration', updatedAt: null }
}

function withoutSource(flag: FeatureFlag | null): Partial<Pick<FeatureFlag, 'enabled' | 'percentage' | 'targets'>> {
  if (flag === null) return {}
  const { enabled, percentage, targets } = flag
  return { enabled, percentage, targets }
}

function definedOnly<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> }
}

function isSame(left: Release, right: Release): boolean {
  return left.version === right.version && left.commit === right.commit && left.build === right.build
}
