/** What agents may propose, as people call it; another name is shown as it is. */
export const changeNames: Readonly<Record<string, string>> = {
  'records.create': 'Create a record',
  'records.update': 'Change a record',
  'records.delete': 'Delete a record',
  'records.merge': 'Merge records',
  'emails.send': 'Send an e-mail',
  'emails.reply': 'Reply to an e-mail',
  'emails.forward': 'Forward an e-mail',
  'emails.delete': 'Delete an e-mail',
  'imports.run': 'Import a file',
  'schedules.create': 'Make a schedule',
}

/** A tool's name as people read it. */
export const changeName = (tool: string): string => (tool === '*' ? 'Every change' : (changeNames[tool] ?? tool))
