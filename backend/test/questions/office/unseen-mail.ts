import type { Desk, Wish } from './office-desk.ts'

export function mailWishes({ mail, send, reply, forward, deleteMail, coming, records }: Desk): Record<string, Wish[]> {
  const first = (address: string | undefined) => String(address).split('.')[0] ?? ''
  return {
    'mail send': [
      ["Send an email to luis titled 'Lunch' saying 'Are you free on Tuesday?'", send(['luis'], 'Lunch', 'Are you free on Tuesday?')],
      [
        'Write to olga with the subject "Invoices" and the text "Please send me the open invoices."',
        send(['olga'], 'Invoices', 'Please send me the open invoices.'),
      ],
      ["please email kofi and nia: subject 'Stand-up', body 'We start at 9 tomorrow.'", send(['kofi', 'nia'], 'Stand-up', 'We start at 9 tomorrow.')],
      ['Drop aisha a mail saying "Great work on the API!" and title it "Thanks"', send(['aisha'], 'Thanks', 'Great work on the API!')],
      ["Mail raj.patel@atlas.com 'Can we talk?' under the title 'Question'", send(['raj'], 'Question', 'Can we talk?')],
      [
        "Send everyone who attends the next team evaluation an email titled 'Agenda' saying 'Please bring your notes.'",
        send([first(coming({ name: 'team evaluation' })[0]?.participant_email)], 'Agenda', 'Please bring your notes.'),
      ],
      [
        'Send the attendees of my last event on December 8 an email titled "Room change" with the text "We meet in room 4."',
        send([first(coming({ on: '2023-12-08' }).at(-1)?.participant_email)], 'Room change', 'We meet in room 4.'),
      ],
    ],
    'mail reply': [
      ["Reply to the last email from anaya with 'Will do.'", reply(mail({ from: 'anaya' }), 'Will do.')],
      ['Answer nadia\'s most recent email: "Thanks, see you there."', reply(mail({ from: 'nadia' }), 'Thanks, see you there.')],
      ["Respond to the newest mail from jinsoo saying 'Sounds good to me'", reply(mail({ from: 'jinsoo' }), 'Sounds good to me')],
      [
        'Reply to the latest email about \'Update on Product Launch Analysis\' with "I will look into it today."',
        reply(mail({ subject: 'Update on Product Launch Analysis' }), 'I will look into it today.'),
      ],
      ["Write back to yuki's last mail that 'I agree.'", reply(mail({ from: 'yuki' }), 'I agree.')],
    ],
    'mail forward': [
      ['Forward the most recent email from chenwei to leila', forward(mail({ from: 'chenwei' }), 'leila')],
      ["send the latest mail about 'Update on monthly overview' on to dmitri", forward(mail({ subject: 'Update on monthly overview' }), 'dmitri')],
      ["Please pass lena's last email on to raj", forward(mail({ from: 'lena' }), 'raj')],
      ['Forward the last email from fatima to aisha and carlos', forward(mail({ from: 'fatima' }), 'aisha', 'carlos')],
      [
        "Can you forward the email from November 28 about 'Update on project checkpoint' to kofi?",
        forward(mail({ subject: 'Update on project checkpoint', on: '2023-11-28' }), 'kofi'),
      ],
    ],
    'mail delete': [
      ['Delete the latest email from santiago', deleteMail(mail({ from: 'santiago' }))],
      ["please delete the email about 'Update on annual summary'", deleteMail(mail({ subject: 'Update on annual summary' }))],
      [
        'Remove all emails from akira that arrived on November 27',
        deleteMail(...records.mails.filter((m) => m['sender/recipient'].startsWith('akira.') && m.sent_datetime.startsWith('2023-11-27'))),
      ],
      [
        'Delete the last two emails from luis',
        deleteMail(
          ...records.mails
            .filter((m) => m['sender/recipient'].startsWith('luis.'))
            .toSorted((a, b) => b.sent_datetime.localeCompare(a.sent_datetime))
            .slice(0, 2),
        ),
      ],
    ],
  }
}
