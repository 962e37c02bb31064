import type { CustomFieldDefinition } from '#contracts/entities.ts'

export const valueBands = ['Under 10k', '10k-50k', '50k-250k', 'Over 250k']
export const interests = ['Pressure', 'Temperature', 'Flow', 'Vibration', 'Predictive maintenance', 'Cloud analytics']
export const tiers = ['Platinum', 'Gold', 'Silver', 'Bronze']
export const competitors = ['Sensatek', 'Velmark', 'Ostrom Instruments', 'In-house build']
export const decisionRoles = ['Decision maker', 'Influencer', 'Champion', 'Blocker', 'End user']

/** The demo company's own fields, one of each type at least. */
export const customFields: readonly CustomFieldDefinition[] = [
  { entity: 'organisations', key: 'region', label: 'Region', type: 'choice', choices: ['North America', 'EMEA', 'APAC', 'Latin America'] },
  { entity: 'organisations', key: 'contract_value_band', label: 'Contract value band', type: 'choice', choices: valueBands },
  { entity: 'organisations', key: 'renewal_date', label: 'Renewal date', type: 'date', choices: [] },
  { entity: 'organisations', key: 'account_tier', label: 'Account tier', type: 'choice', choices: tiers },
  { entity: 'organisations', key: 'installed_sensors', label: 'Installed sensors', type: 'number', choices: [] },
  { entity: 'contacts', key: 'newsletter', label: 'Newsletter', type: 'boolean', choices: [] },
  { entity: 'contacts', key: 'interests', label: 'Interests', type: 'multiChoice', choices: interests },
  { entity: 'contacts', key: 'decision_role', label: 'Decision role', type: 'choice', choices: decisionRoles },
  { entity: 'leads', key: 'budget', label: 'Budget', type: 'number', choices: [] },
  { entity: 'opportunities', key: 'competitor', label: 'Competitor', type: 'choice', choices: competitors },
  { entity: 'opportunities', key: 'next_step', label: 'Next step', type: 'text', choices: [] },
]
