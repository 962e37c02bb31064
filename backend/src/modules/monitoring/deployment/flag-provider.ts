import {
  type Client,
  ErrorCode,
  type EvaluationContext,
  type JsonValue,
  NOOP_PROVIDER,
  OpenFeature,
  type Provider,
  type ResolutionDetails,
  StandardResolutionReasons,
} from '@openfeature/server-sdk'
import { newId } from '#backend/kernel/ids.ts'
import type { FeatureFlag } from '#contracts/deployment.ts'
import { decideFlag, type FlagPerson } from './flag-rules.ts'

export interface FlagSource {
  /** The rule of a flag now; undefined where nobody knows it. */
  findRule(name: string): Promise<FeatureFlag | undefined>
  logger: { warn(fields: object, message: string): void }
}

/** What OpenFeature asks; its evaluation context is the person: `targetingKey` their id, beside it `workspaceId` and `role`. */
export function createFlagProvider({ findRule, logger }: FlagSource): Provider {
  return {
    metadata: { name: 'chatsg' },
    runsOn: 'server',
    async resolveBooleanEvaluation(name, defaultValue, context) {
      let flag: FeatureFlag | undefined
      try {
        flag = await findRule(name)
      } catch (error) {
        // OpenFeature never throws: whoever asks gets their own default, and only the log tells.
        logger.warn({ err: error, flag: name }, 'A flag could not be read; the default of whoever asked holds')
        return unresolved(defaultValue, ErrorCode.GENERAL, 'The flags cannot be read.')
      }
      if (flag === undefined) return unresolved(defaultValue, ErrorCode.FLAG_NOT_FOUND, `There is no flag ${name}.`)
      const person = personOf(context)
      const decision = decideFlag(name, flag, person)
      if (decision !== undefined) return { ...decision, variant: decision.value ? 'on' : 'off', flagMetadata: { source: flag.source } }
      return person.id === undefined
        ? unresolved(defaultValue, ErrorCode.TARGETING_KEY_MISSING, `${name} is on for a share of the people; say who asks as targetingKey.`)
        : unresolved(defaultValue, ErrorCode.INVALID_CONTEXT, `${name} is on for a share of the people; say their workspaceId.`)
    },
    resolveStringEvaluation: async (name, defaultValue) => notBoolean(name, defaultValue),
    resolveNumberEvaluation: async (name, defaultValue) => notBoolean(name, defaultValue),
    resolveObjectEvaluation: async <T extends JsonValue>(name: string, defaultValue: T) => notBoolean(name, defaultValue),
  }
}

export interface FlagBinding {
  clientFor(context: EvaluationContext): Client
  /** Clients that are still held answer their defaults from then on. */
  unbind(): void
}

/** Lets OpenFeature ask this source, and no other app of the process: a self-test opens one of its own beside the serving one. */
export function bindFlags(source: FlagSource): FlagBinding {
  const provider = createFlagProvider(source)
  const domain = `chatsg-${newId()}`
  OpenFeature.setProvider(domain, provider)
  // Code that knows OpenFeature alone asks the app that was there first, unless it brought a provider of its own.
  if (OpenFeature.getProvider() === NOOP_PROVIDER) OpenFeature.setProvider(provider)
  return {
    clientFor: (context) => OpenFeature.getClient(domain, context),
    unbind() {
      OpenFeature.setProvider(domain, NOOP_PROVIDER)
      if (OpenFeature.getProvider() === provider) OpenFeature.setProvider(NOOP_PROVIDER)
    },
  }
}

function personOf({ targetingKey, workspaceId, role }: EvaluationContext): FlagPerson {
  return { id: textOf(targetingKey), workspaceId: textOf(workspaceId), role: textOf(role) }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function notBoolean<T>(name: string, defaultValue: T): ResolutionDetails<T> {
  return unresolved(defaultValue, ErrorCode.TYPE_MISMATCH, `${name} is on or off; ask for a boolean.`)
}

function unresolved<T>(defaultValue: T, errorCode: ErrorCode, errorMessage: string): ResolutionDetails<T> {
  return { value: defaultValue, reason: StandardResolutionReasons.ERROR, errorCode, errorMessage }
}
