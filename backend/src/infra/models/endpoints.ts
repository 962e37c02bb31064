import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Config } from '#backend/config/index.ts'
import { traceHeaders } from '#backend/kernel/tracing.ts'
import { createStreamedChat } from './chat/streamed-chat.ts'

type ModelsConfig = Config['models']

/** Where models are, and which one an agent asks there. */
export interface Endpoint {
  /** As it is called in figures and on screens. */
  readonly name: 'openai' | 'azure' | 'compatible' | 'fallback'
  /** Host that is called, without path and credentials. */
  readonly host: string
  modelOf(agent: string): string
  /** The AI SDK's model of that name, loaded when it is first asked. */
  open(model: string): Promise<LanguageModelV4>
  /** Where it takes files and batches of questions; Azure's are made of deployments of their own, and are not asked. */
  readonly batches?: { address: string; headers: Readonly<Record<string, string>> }
}

const openaiAddress = 'https://api.openai.com/v1'
/** The first that holds everything we use; deployments answer to it whatever they were made with. */
const azureApiVersion = '2024-10-21'

/** The endpoints of a configuration: the first is asked, the second when that one does not answer; none when no model is configured. */
export function findEndpoints(config: ModelsConfig): Endpoint[] {
  const first = findFirst(config)
  if (first === undefined) return []
  const second = findSecond(config)
  return second === undefined ? [first] : [first, second]
}

function findFirst(config: ModelsConfig): Endpoint | undefined {
  const { openaiApiKey, openaiBaseUrl, openaiModel, agentModels, azureApiKey, azureEndpoint, azureDeployment } = config
  const modelOf = (agent: string) => agentModels[agent] ?? openaiModel
  if (openaiBaseUrl !== undefined) return compatible('compatible', openaiBaseUrl, openaiApiKey, modelOf)
  if (openaiApiKey !== undefined) return openai('openai', openaiApiKey, modelOf)
  if (azureApiKey === undefined || azureEndpoint === undefined || azureDeployment === undefined) return undefined
  return azure(config, azureEndpoint, (agent) => agentModels[agent] ?? azureDeployment)
}

function findSecond({ fallbackBaseUrl, fallbackApiKey, fallbackModel, openaiModel }: ModelsConfig): Endpoint | undefined {
  const modelOf = () => fallbackModel ?? openaiModel
  if (fallbackBaseUrl !== undefined) return compatible('fallback', fallbackBaseUrl, fallbackApiKey, modelOf)
  return fallbackApiKey === undefined ? undefined : openai('fallback', fallbackApiKey, modelOf)
}

/** Any server that speaks chat completions; one on this machine may need no key. */
function compatible(name: Endpoint['name'], address: string, apiKey: string | undefined, modelOf: Endpoint['modelOf']): Endpoint {
  const headers: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }
  const base = address.replace(/\/$/, '')
  const made = endpoint(name, address, modelOf, async () => {
    const [{ OpenAICompatibleChatLanguageModel }, { request }] = await Promise.all([import('@ai-sdk/openai-compatible'), import('undici')])
    const url = `${base}/chat/completions`
    const config = { provider: `${name}.chat`, url: () => url, headers: () => headers, includeUsage: true, supportsStructuredOutputs: true, fetch: fetchThere }
    return (model) => createStreamedChat(new OpenAICompatibleChatLanguageModel(model, config), { url, headers, request })
  })
  return { ...made, batches: { address: base, headers } }
}

function openai(name: Endpoint['name'], apiKey: string, modelOf: Endpoint['modelOf']): Endpoint {
  const made = endpoint(name, openaiAddress, modelOf, async () => {
    const { createOpenAI } = await import('@ai-sdk/openai')
    // Its address is stated, for it would be read from the environment otherwise.
    const provider = createOpenAI({ apiKey, baseURL: openaiAddress, fetch: fetchThere })
    return (model) => provider.chat(model)
  })
  return { ...made, batches: { address: openaiAddress, headers: { authorization: `Bearer ${apiKey}` } } }
}

function azure({ azureApiKey, azureApiVersion: version }: ModelsConfig, address: string, modelOf: Endpoint['modelOf']): Endpoint {
  return endpoint('azure', address, modelOf, async () => {
    const { createAzure } = await import('@ai-sdk/azure')
    const provider = createAzure({
      baseURL: /\/openai$/.test(address) ? address : `${address}/openai`,
      apiVersion: version ?? azureApiVersion,
      useDeploymentBasedUrls: true,
      fetch: fetchThere,
      ...(azureApiKey === undefined ? {} : { apiKey: azureApiKey }),
    })
    return (deployment) => provider.chat(deployment)
  })
}

function endpoint(name: Endpoint['name'], address: string, modelOf: Endpoint['modelOf'], load: () => Promise<(model: string) => LanguageModelV4>): Endpoint {
  const opened = new Map<string, LanguageModelV4>()
  let loading: ReturnType<typeof load> | undefined
  return {
    name,
    host: new URL(address).host,
    modelOf,
    async open(model) {
      const known = opened.get(model)
      if (known !== undefined) return known
      loading ??= load().catch((error: unknown) => {
        loading = undefined
        throw error
      })
      const made = (await loading)(model)
      opened.set(model, made)
      return made
    },
  }
}

/** A redirect would take the key to another host. */
export const fetchThere: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  for (const [name, value] of Object.entries(traceHeaders())) headers.set(name, value)
  return fetch(input, { ...init, headers, redirect: 'error' })
}
