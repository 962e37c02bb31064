import { createFieldMarks, type FieldMarks, type MarkedField } from '#contracts/field-marks.ts'

/** A field that no prompt may hold. */
export type ConfidentialField = MarkedField

/** What a workspace keeps from prompts, and what it keeps from whoever asks. */
export type Confidential = FieldMarks

export const createConfidential: (marked: readonly ConfidentialField[]) => Confidential = createFieldMarks
