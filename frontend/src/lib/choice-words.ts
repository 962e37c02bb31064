import type { Visibility } from '#contracts/entities.ts'

const visibleTo: Readonly<Record<Visibility, string>> = { everyone: 'Everyone', team: "The owner's team", owner: 'Only the owner' }

/** A choice as a person reads it; most are stored in the words they are read in. */
export const choiceWord = (fieldKey: string, choice: string): string =>
  fieldKey === 'visibility' ? ((visibleTo as Readonly<Record<string, string>>)[choice] ?? choice) : choice
