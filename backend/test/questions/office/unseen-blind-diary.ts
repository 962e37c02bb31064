import type { Desk, Wish } from './office-desk.ts'

/** Meetings: the set's own kinds in other words, then neighbouring ones. */
export function blindDiaryWishes({ coming, cancel, shift, moveTo, lengthen, rename, invite, meet }: Desk): Wish[] {
  const next = (name: string) => coming({ name })[0]
  const first = (person: string, on: string) => coming({ person, on })[0]
  return [
    ['Start my first meeting with amir on December 4 an hour and a half later', shift(first('amir', '2023-12-04'), 90)],
    ['Make my first meeting with chenwei on December 8 begin 30 minutes later', shift(first('chenwei', '2023-12-08'), 30)],
    ['Move my first meeting with dmitri on December 18 back by 2 hours', shift(first('dmitri', '2023-12-18'), 120)],
    ["The next Team Building Retreat meeting isn't happening, please take it off my calendar", cancel(next('Team Building Retreat'))],
    ['Please call off the upcoming sync up meeting', cancel(next('sync up'))],
    ['The next Machine Learning Chat meeting needs a new name: Data Talk', rename(next('Machine Learning Chat'), 'Data Talk')],
    ['Could the next retrospective meeting be called Lessons Learned instead?', rename(next('retrospective meeting'), 'Lessons Learned')],
    ["luis can't make it, please cancel the next meeting I have with him", cancel(coming({ person: 'luis' })[0])],
    ['yuki quit yesterday, so drop everything I have planned with them from my calendar', cancel(...coming({ person: 'yuki' }))],
    ['Clear all upcoming meetings with raj from my calendar', cancel(...coming({ person: 'raj' }))],
    ['Set up a 45 minute event named Budget Review with jinsoo on December 18 at 9:30', meet('Budget Review', ['jinsoo'], '2023-12-18 09:30:00', 45)],
    [
      "It's been ages since I saw luis. Put a 2 hour event called Roadmap Workshop in for us on December 13 at 1",
      meet('Roadmap Workshop', ['luis'], '2023-12-13 13:00:00', 120),
    ],
    [
      "Check whether I've seen olga in the past 5 days; if I haven't, book a 30-minute meeting titled 'catch-up' in my first free slot from tomorrow",
      meet('catch-up', ['olga'], '2023-12-01 13:00:00', 30),
    ],
    ["Have I had a meeting with leila within the last 2 days? If I haven't, schedule a half-hour 'catch-up' for my first free slot from tomorrow", []],
    ['Make my meeting with Carlos on December 7 half an hour shorter', lengthen(first('carlos', '2023-12-07'), 60)],
    ['Bring forward the meeting with Nadia on December 11 by 30 minutes', shift(first('nadia', '2023-12-11'), -30)],
    [
      'Cancel everything on December 13 except the meeting with Anaya',
      cancel(...coming({ on: '2023-12-13' }).filter(({ participant_email }) => !participant_email.startsWith('anaya.'))),
    ],
    ['Cancel all meetings on December 20 after 1pm', cancel(...coming({ on: '2023-12-20' }).filter(({ event_start }) => event_start > '2023-12-20 13:00'))],
    ['Move my last meeting on December 21 to December 22 at 10am', moveTo(coming({ on: '2023-12-21' }).at(-1), '2023-12-22 10:00:00')],
    ['Invite Lena to the next Quarterly Sales Review', invite(next('Quarterly Sales Review'), 'lena')],
    ['If I have a meeting with Fatima next week, cancel it', []],
    ["Unless I'm meeting Kofi on December 11, book an hour with him at 4pm that day called 'Check-in'", []],
    [
      "If I'm free on December 14 at 3pm, schedule a one hour event called 'Deep work' with Luis then, otherwise put it on December 15 at 4pm",
      meet('Deep work', ['luis'], '2023-12-14 15:00:00', 60),
    ],
    ['Cancel both meetings with Lena on December 19 and December 20', cancel(...coming({ person: 'lena' }))],
    [
      'Rename all of my upcoming strategic planning meetings to Strategy Day',
      coming({ name: 'strategic planning meeting' }).flatMap((event) => rename(event, 'Strategy Day')),
    ],
  ]
}
