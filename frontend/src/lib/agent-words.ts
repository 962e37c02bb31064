/** "CRM agent", "Sales agent", by the agent's id. */
export const agentWords = (agent: string): string => `${agent.length <= 3 ? agent.toUpperCase() : (agent[0]?.toUpperCase() ?? '') + agent.slice(1)} agent`
