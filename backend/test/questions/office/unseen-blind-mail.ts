import type { Desk, Wish } from './office-desk.ts'
import type { OfficeMail } from './office-records.ts'

/** Mails: the set's own kinds in other words, then neighbouring ones. */
export function blindMailWishes({ mail, send, reply, forward, deleteMail, at, records }: Desk): Wish[] {
  const thanks = 'Got it, thank you!'
  const which = (test: (one: OfficeMail) => boolean) => records.mails.filter(test).sort((a, b) => b.sent_datetime.localeCompare(a.sent_datetime))
  const from = (first: string) => which((one) => one['inbox/outbox'] === 'inbox' && one['sender/recipient'] === at(first))
  const oldest = from('nadia').at(-1) as OfficeMail
  return [
    ["Pass the most recent email on 'Update on Health & Wellness Expo' along to lena", forward(mail({ subject: 'Update on Health & Wellness Expo' }), 'lena')],
    ["Send the newest mail about 'Update on status briefing' on to kofi", forward(mail({ subject: 'Update on status briefing' }), 'kofi')],
    [
      "olga should get a copy of the last email about 'Update on project debrief'. Please forward it.",
      forward(mail({ subject: 'Update on project debrief' }), 'olga'),
    ],
    [
      "akira wants to see the latest email about 'Task Update on Design logo for website'. Please pass it on.",
      forward(mail({ subject: 'Task Update on Design logo for website' }), 'akira'),
    ],
    [
      "Could you forward fatima the most recent 'Update on Marketing Strategy Session' email?",
      forward(mail({ subject: 'Update on Marketing Strategy Session' }), 'fatima'),
    ],
    ["Answer the last email I got from aisha with 'Got it, thank you!'", reply(mail({ from: 'aisha' }), thanks)],
    ["Please write back to the newest email from jinsoo: 'Got it, thank you!'", reply(mail({ from: 'jinsoo' }), thanks)],
    ["Let olga know 'Got it, thank you!' in reply to her latest email", reply(mail({ from: 'olga' }), thanks)],
    ["I owe dmitri an answer. Reply 'Got it, thank you!' to his latest email please.", reply(mail({ from: 'dmitri' }), thanks)],
    ["Respond to nia's last message with 'Got it, thank you!'", reply(mail({ from: 'nia' }), thanks)],
    ['Forward the latest email from Luis to Amir and Sofia', forward(mail({ from: 'luis' }), 'amir', 'sofia')],
    ['Delete the latest email from Raj', deleteMail(mail({ from: 'raj' }))],
    ["Delete all emails about 'Update on project checkpoint'", deleteMail(...which(({ subject }) => subject === 'Update on project checkpoint'))],
    [
      "Send Lena and Raj an email with the subject 'Forecast' and the text 'Please send me your numbers by Friday.'",
      send(['lena', 'raj'], 'Forecast', 'Please send me your numbers by Friday.'),
    ],
    ["If the latest email from Yuki came in before November 27, reply to it with 'Any news?'", reply(mail({ from: 'yuki' }), 'Any news?')],
    ["If Sofia has emailed me in the last 3 days, reply to her latest email with 'On it.'", []],
    ['Forward the oldest email from Nadia to Raj', forward(oldest, 'raj')],
    ['Delete every email I received before October 5', deleteMail(...which((one) => one['inbox/outbox'] === 'inbox' && one.sent_datetime < '2023-10-05'))],
    [
      "Reply to the last two emails from Amir with 'Thanks, noted.'",
      from('amir')
        .slice(0, 2)
        .flatMap((one) => reply(one, 'Thanks, noted.')),
    ],
    ["Forward yesterday's email from Nadia to Aisha", forward(mail({ from: 'nadia', on: '2023-11-29' }), 'aisha')],
  ]
}
