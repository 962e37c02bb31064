/** Whether words read like a question: nobody looks for a record, a page or a command by a sentence. */
export const looksAsked = (words: string): boolean => /\?\s*$/.test(words) || words.trim().split(/\s+/).length > 3
