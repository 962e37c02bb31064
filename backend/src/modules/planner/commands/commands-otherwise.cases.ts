import type { CommandCase } from './commands.cases.ts'

const toSofia = [['records.update', 'Ana Lopez', { owner: 'Sofia Santos' }]] as const
const withoutAna = [['records.delete', 'Ana Lopez']] as const
const asLead = (owner: string) => [['records.create', 'leads', { first_name: 'Jules', last_name: 'Novak', owner }]] as const

/** Instructions in the words of people who never read how they are read. */
export const otherwiseCases: readonly CommandCase[] = [
  // Every word is known, whatever order they come in.
  { say: 'It makes more sense for Sofia to handle Ana Lopez', calls: toSofia },
  { say: 'I need Ana Lopez moved across to Sofia', calls: toSofia },
  { say: 'Can we get Ana Lopez off Raj and onto Sofia?', calls: toSofia },
  { say: 'Let Sofia and not Raj take care of Ana Lopez', calls: toSofia },
  { say: "Raj's leaving the company, Sofia inherits his leads", calls: toSofia },
  { say: "We can't keep Ana Lopez, so their record has to go", calls: withoutAna },
  { say: 'Would it be okay to drop Ana Lopez from the CRM? They have gone bankrupt.', calls: withoutAna },
  { say: 'Nobody needs Ana Lopez in the crm any longer', calls: withoutAna },
  { say: 'Please treat Ana Lopez as qualified from now on', calls: [['records.update', 'Ana Lopez', { status: 'Qualified' }]] },
  { say: 'The Kick-off meeting has fallen through, so it can come off my calendar', calls: [['records.delete', 'Kick-off']] },
  // Verbs that nobody would look up.
  { say: "I'd like Ana Lopez struck from the crm", calls: withoutAna },
  { say: 'Throw Ana Lopez out of the crm', calls: withoutAna },
  {
    say: 'Sign off the task Call Sarah',
    calls: [['records.update', 'Call Sarah', { status: 'Completed', completed_at: '2026-11-20T15:00:00.000Z' }]],
  },
  { say: 'Trim the Kick-off meeting to half an hour', calls: [['records.update', 'Kick-off', { ends_at: '2026-11-23T09:30:00.000Z' }]] },
  // What is said first is why.
  { say: "Raj's got too much on, so Sofia is going to look after Ana Lopez from here on", calls: toSofia },
  { say: 'As Raj is on parental leave, could Sofia take his leads?', calls: toSofia },
  { say: 'I promised Sofia she would get Ana Lopez. Can you sort that out in the crm?', calls: toSofia },
  { say: "Ana Lopez isn't Raj's any longer, Sofia is taking them on", calls: toSofia },
  // Who is new.
  { say: 'Met a certain Jules Novak at the fair. Could you make a lead of them and let Sofia have it?', calls: asLead('Sofia Santos') },
  { say: "Pop Jules Novak into the crm as a fresh lead, Raj's the one who'll deal with them", calls: asLead('Raj Patel') },
  { say: "There's a new lead, Jules Novak. Sofia should be the one in charge; please record that in the crm.", calls: asLead('Sofia Santos') },
  { say: "I'd like Jules Novak registered as a lead with Raj", calls: asLead('Raj Patel') },
  // More, fewer, longer.
  { say: 'If Raj has more open deals than Sofia, give Ana Lopez to Sofia', calls: toSofia },
  { say: 'If Raj has fewer open deals than Sofia, give Ana Lopez to Sofia', calls: [] },
  { say: "If the number of Raj's open deals is below 5, give Ana Lopez to Sofia", calls: toSofia },
  {
    say: 'If the Kick-off meeting is longer than half an hour, cut it down to half an hour',
    calls: [['records.update', 'Kick-off', { ends_at: '2026-11-23T09:30:00.000Z' }]],
  },
  { say: 'Cancel the longest meeting on November 23', calls: [['records.delete', 'Kick-off']] },
  { say: 'Provided that Raj has at least 2 open deals, hand Ana Lopez over to Sofia', calls: toSofia },
  { say: 'The person with the most open deals should hand their leads over to Sofia', calls: toSofia },
  // What is new is told apart from whose it is.
  {
    say: "Put a new task on Sofia's plate: 'Draw icons', due December 1",
    calls: [['records.create', 'tasks', { title: 'Draw icons', due_at: '2026-12-01T00:00:00.000Z', owner: 'Sofia Santos' }]],
  },
  { say: 'Jot down that we spoke to Sarah Connor yesterday', calls: [['records.update', 'Sarah Connor', { last_contacted_at: '2026-11-19T00:00:00.000Z' }]] },
  // Terms that are said behind, or as a question.
  { say: 'Should Ana Lopez still be new, move them on to qualified.', calls: [['records.update', 'Ana Lopez', { status: 'Qualified' }]] },
  { say: 'Delete Ana Lopez if the status is new, otherwise leave them where they are', calls: withoutAna },
  { say: 'Check whether Ana Lopez is qualified, and delete them only if that is so', calls: [] },
  { say: 'Has Sarah Connor been contacted in November? If so delete them, if not leave them.', calls: [['records.delete', 'Sarah Connor']] },
]

/** What sounds like an instruction and is none, or one of which a word is not known. */
export const harmlessOtherwise: readonly string[] = [
  "I don't want Ana Lopez to be deleted.",
  "I don't need Ana Lopez deleted.",
  'Ana Lopez should not be deleted.',
  'Ana Lopez must not go to Sofia.',
  "We can't keep deleting leads like Ana Lopez.",
  "We can't keep dropping Ana Lopez.",
  'Raj was given Ana Lopez',
  'Sofia has taken over Ana Lopez',
  'Ana Lopez will take over from Raj',
  'Ana Lopez has been removed from the list',
  'Today cancel my meetings with Sarah Connor',
  'Raj is off sick, please cancel my meetings.',
  'Sofia should look after Ana Lopez, or Raj should',
  'Make sure that Ana Lopez is not removed',
  'Could you make sure nobody deletes Ana Lopez?',
  'No longer assign Ana Lopez to Sofia',
  'Raj is no longer responsible for Ana Lopez',
  'Nobody needs to look after Ana Lopez',
  'Please put Ana Lopez through to Sofia',
  'Is Ana Lopez to be moved to Sofia?',
  "All of Raj's leads were to be moved to Sofia",
  "All of Raj's leads could be lost",
  'Which of my meetings on November 23 is the longest? Cancel it',
  'The Kick-off meeting must not be cancelled',
  'We want to win Ana Lopez',
]
