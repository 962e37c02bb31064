import type { Random } from './random.ts'

/** The people who sell; their records are owned by name. */
export interface TeamMember {
  name: string
  email: string
  role: 'manager' | 'rep'
  /** Part of the records. */
  load: number
  /** Part of the decided opportunities of the first pipeline that are won. */
  winRate: number
}

export const companyDomain = 'northlight-sensing.example'

export const team: readonly TeamMember[] = [
  { name: 'Amara Okafor', email: `amara.okafor@${companyDomain}`, role: 'manager', load: 18, winRate: 0.42 },
  { name: 'Raj Patel', email: `raj.patel@${companyDomain}`, role: 'rep', load: 24, winRate: 0.31 },
  { name: 'Sofia Lindqvist', email: `sofia.lindqvist@${companyDomain}`, role: 'rep', load: 20, winRate: 0.36 },
  { name: "Tom O'Brien", email: `tom.obrien@${companyDomain}`, role: 'rep', load: 16, winRate: 0.24 },
  { name: 'Lucía Fernández', email: `lucia.fernandez@${companyDomain}`, role: 'rep', load: 13, winRate: 0.29 },
  { name: 'Kenji Watanabe', email: `kenji.watanabe@${companyDomain}`, role: 'rep', load: 9, winRate: 0.2 },
]

const byLoad = team.map((member) => [member, member.load] as const)

export function drawOwner(random: Random): TeamMember {
  return random.weighted(byLoad)
}

export interface StageDefinition {
  name: string
  probability: number
}

export interface PipelineDefinition {
  name: string
  stages: readonly StageDefinition[]
}

export const newBusiness: PipelineDefinition = {
  name: 'New business',
  stages: [
    { name: 'Prospecting', probability: 10 },
    { name: 'Qualified', probability: 25 },
    { name: 'Demo', probability: 40 },
    { name: 'Proposal', probability: 60 },
    { name: 'Negotiation', probability: 80 },
    { name: 'Contract sent', probability: 90 },
  ],
}

export const renewals: PipelineDefinition = {
  name: 'Renewals',
  stages: [
    { name: 'Upcoming', probability: 50 },
    { name: 'In review', probability: 60 },
    { name: 'Quote sent', probability: 70 },
    // The same word as in the other pipeline, as in most real systems.
    { name: 'Negotiation', probability: 85 },
    { name: 'Verbal agreement', probability: 95 },
  ],
}

export const pipelines: readonly PipelineDefinition[] = [newBusiness, renewals]
