import { CircleCheck, CircleDashed, CirclePause } from 'lucide-react'
import type { ModelsState } from '#contracts/models.ts'
import { type ListColumn, ListTable } from '@/components/list-table.tsx'
import { RelativeTime } from '@/components/relative-time.tsx'
import { EmptyLine, Section } from '@/components/section.tsx'
import { formatNumber } from '@/lib/format.ts'

type Endpoint = ModelsState['endpoints'][number]
type AgentModel = ModelsState['agents'][number]

const stateLooks = {
  ready: { icon: CircleCheck, tone: 'text-success', words: 'ready' },
  resting: { icon: CirclePause, tone: 'text-warning', words: 'not asked for a while' },
  trying: { icon: CircleDashed, tone: 'text-info', words: 'being tried again' },
} as const

function EndpointLine({ endpoint: { name, host, state, last } }: { endpoint: Endpoint }) {
  // Nothing failed, but nothing has been asked yet either.
  const isUntried = state === 'ready' && last === null
  const { icon: Icon, tone, words } = stateLooks[state]
  return (
    <li className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5 text-sm">
      <Icon aria-hidden className={`size-3.5 shrink-0 ${isUntried ? 'text-faint' : tone}`} />
      <span className="font-medium">{host}</span>
      <span className="text-faint">{name === 'fallback' ? 'the second provider' : name},</span>
      <span className="text-soft">
        {isUntried ? 'not asked yet' : words}
        {last !== null && ','}
      </span>
      {last !== null && (
        <span className="text-faint">
          last call <RelativeTime at={last.at} /> {last.ok ? 'answered' : `failed: ${last.failure ?? 'no reason given'}`}
        </span>
      )}
    </li>
  )
}

const agentName = (agent: string): string => (agent.length <= 3 ? agent.toUpperCase() : (agent[0]?.toUpperCase() ?? '') + agent.slice(1))

const columns: readonly ListColumn<AgentModel>[] = [
  { key: 'agent', label: 'Agent', phone: 'heading', className: 'whitespace-nowrap', cell: ({ agent }) => agentName(agent) },
  { key: 'model', label: 'Model', className: 'whitespace-nowrap font-mono text-xs', cell: ({ model }) => model ?? 'none' },
  { key: 'provider', label: 'Provider', cell: ({ provider }) => provider },
  { key: 'fallback', label: 'When it fails', cell: ({ fallback }) => (fallback === null ? null : `${fallback.model} (${fallback.provider})`) },
  { key: 'price', label: 'Cost', cell: ({ model, isPriced }) => (model === null ? null : isPriced ? 'counted' : 'price not known') },
]

/** Which model each agent asks, and whether the providers answer. */
export function ModelsSection({ state }: { state: ModelsState }) {
  const { limits } = state
  return (
    <Section
      title="Models"
      description="Questions that the planner is sure of need no model. The others go to these, with the same tools and the rights of whoever asks."
    >
      {state.isConfigured ? (
        <div className="flex flex-col gap-4">
          <ul aria-label="Providers" className="flex flex-col gap-1.5">
            {state.endpoints.map((endpoint) => (
              <EndpointLine key={`${endpoint.name}${endpoint.host}`} endpoint={endpoint} />
            ))}
          </ul>
          <ListTable caption="Models of the agents" columns={columns} rows={state.agents} rowKey={({ agent }) => agent} />
          <p className="figures text-xs text-faint">
            At most {limits.maxConcurrency} calls at once ({limits.running} running, {limits.waiting} waiting), {formatNumber(limits.timeoutMs / 1000)} s each,{' '}
            {formatNumber(limits.maxTokens)} tokens an answer. Prices as of {state.pricesAsOf}.
          </p>
        </div>
      ) : (
        <EmptyLine>
          No language model is configured: the built-in planner answers. Set OPENAI_API_KEY, the AZURE_OPENAI_… variables or OPENAI_BASE_URL on the server to
          add one.
        </EmptyLine>
      )}
    </Section>
  )
}
