import type { ExpectedChange } from '#backend/cli/agent-score/scenario.ts'
import type { Desk, Wish } from './office-desk.ts'
import type { OfficeMail } from './office-records.ts'

/** Mails that are written, answered, passed on and thrown away. */
export function letterWishes(desk: Desk): Wish[] {
  const { mail, send, reply, forward, deleteMail, at } = desk
  const mails = (from: string | undefined, which: (mail: OfficeMail) => boolean = () => true): OfficeMail[] =>
    desk.records.mails
      .filter((one) => (from === undefined || one['sender/recipient'] === at(from)) && which(one))
      .sort((a, b) => a.sent_datetime.localeCompare(b.sent_datetime))
  const forwardEach = (which: readonly OfficeMail[], to: string): ExpectedChange[] => which.flatMap((one) => forward(one, to))
  const before = (day: string) => (one: OfficeMail) => one.sent_datetime < day
  const inNovember = (one: OfficeMail) => one.sent_datetime >= '2023-11'
  const about = (subject: string) => (one: OfficeMail) => one.subject === subject
  return [
    ['Delete the last email from Nadia', deleteMail(mail({ from: 'nadia' }))],
    ['Get rid of all emails from Jinsoo', deleteMail(...mails('jinsoo'))],
    ["Delete every email about 'Update on sync up'", deleteMail(...mails(undefined, about('Update on sync up')))],
    ['Remove all the emails I got from Yuki in November', deleteMail(...mails('yuki', inNovember))],
    ['Trash the emails from Luis that are older than October 10', deleteMail(...mails('luis', before('2023-10-10')))],
    ["Delete Kofi's emails about 'Update on team coordination meeting'", deleteMail(...mails('kofi', about('Update on team coordination meeting')))],
    ['Delete the oldest email from Dmitri', deleteMail(...mails('dmitri').slice(0, 1))],
    ["Delete yesterday's email from Lena", deleteMail(mail({ from: 'lena', on: '2023-11-29' }))],
    ["Delete the emails from Fatima that mention 'hit a snag'", deleteMail(...mails('fatima', ({ body }) => body.includes('hit a snag')))],
    ['Delete all emails older than October 3', deleteMail(...mails(undefined, before('2023-10-03')))],
    ["Send Anaya an email titled 'Lunch' saying 'Are you free at noon?'", send(['anaya'], 'Lunch', 'Are you free at noon?')],
    [
      "Email amir and olga with the subject 'Demo moved' and the text 'The demo is on Friday now.'",
      send(['amir', 'olga'], 'Demo moved', 'The demo is on Friday now.'),
    ],
    ['drop carlos a line. subject: Thanks, text: Great job yesterday', send(['carlos'], 'Thanks', 'Great job yesterday')],
    [
      "Write to Fatima with the subject 'Report' and the message 'Please send me the report by Monday.'",
      send(['fatima'], 'Report', 'Please send me the report by Monday.'),
    ],
    ["Send an email to Lena with the title 'Numbers' that reads 'Can I get the Q4 numbers?'", send(['lena'], 'Numbers', 'Can I get the Q4 numbers?')],
    ["Reply to Lena's last email with 'Will do.'", reply(mail({ from: 'lena' }), 'Will do.')],
    [
      "Answer the latest email about 'Update on status briefing' with 'I will be there'",
      reply(mail({ subject: 'Update on status briefing' }), 'I will be there'),
    ],
    ["Tell Santiago 'Looks great' in reply to his most recent message", reply(mail({ from: 'santiago' }), 'Looks great')],
    ["Reply 'Noted' to the email I got from Olga on November 14", reply(mail({ from: 'olga', on: '2023-11-14' }), 'Noted')],
    ["Forward Amir's latest email to Kofi and Nia", forward(mail({ from: 'amir' }), 'kofi', 'nia')],
    ['fwd the newest mail from raj to sofia pls', forward(mail({ from: 'raj' }), 'sofia')],
    [
      "Forward the latest email from Akira about 'Update on Creative Thinking Workshop' to Leila",
      forward(mail({ from: 'akira', subject: 'Update on Creative Thinking Workshop' }), 'leila'),
    ],
    ["Can you pass the latest email about 'Update on monthly overview' on to Dmitri?", forward(mail({ subject: 'Update on monthly overview' }), 'dmitri')],
    ['Forward the last two emails from Leila to Chenwei', forwardEach(mails('leila').slice(-2), 'chenwei')],
    ["Forward all of Sofia's emails from November to Anaya", forwardEach(mails('sofia', inNovember), 'anaya')],
    ["If Nia has emailed me in the last 3 days, reply to her latest email with 'On it!'", reply(mail({ from: 'nia' }), 'On it!')],
    [
      "If I haven't had an email from Carlos in the last 5 days, send him one titled 'All good?' saying 'Haven't heard from you.'",
      send(['carlos'], 'All good?', "Haven't heard from you."),
    ],
    ["If Raj hasn't emailed me this week, email him 'Are you there?' titled 'Hello'", []],
    ['How many emails did Aisha send me last week?', []],
    [
      "Reply to the latest email from Leila saying 'thanks' and then delete it",
      [...reply(mail({ from: 'leila' }), 'thanks'), ...deleteMail(mail({ from: 'leila' }))],
    ],
    ["Don't reply to Olga's latest email", []],
  ]
}
