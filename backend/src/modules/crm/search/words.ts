/** Everything the record writer needs to keep search in step: one tokenizer, used when records are written and when they are looked for. */
export { documentFor, type SearchDocument } from './documents.ts'
export { phoneKey, phoneWords } from './phone-numbers.ts'
export { searchWords, storedForms } from './tokenizer.ts'
