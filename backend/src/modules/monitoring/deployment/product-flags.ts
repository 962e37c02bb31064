/** Flags that ChatSG itself asks for: whether each is on where nobody says otherwise, and what it decides. */
export const productFlags = {
  modelAnswers: { enabled: true, about: 'a language model answers what the planner is not sure of' },
} as const satisfies Record<string, { enabled: boolean; about: string }>

export type ProductFlag = keyof typeof productFlags
