import type { Desk, Wish } from './office-desk.ts'
import type { OfficeEvent } from './office-records.ts'

/** Meetings that are made, moved, cut short and called off, and those that stay. */
export function diaryWishes(desk: Desk): Wish[] {
  const { coming, cancel, shift, moveTo, lengthen, rename, invite, meet, at } = desk
  const next = (person: string): OfficeEvent | undefined => coming({ person })[0]
  const on = (day: string) => coming({ on: day })
  return [
    ["Book a one hour meeting with Olga on December 6 at 9 called 'Budget check'", meet('Budget check', ['olga'], '2023-12-06 09:00:00', 60)],
    ['set up 45 minutes with luis next Tuesday at 4pm called Roadmap', meet('Roadmap', ['luis'], '2023-12-05 16:00:00', 45)],
    [
      "Put a 'Design Sprint' with Anaya and Kofi in my calendar on December 14 from 2pm to 4pm",
      meet('Design Sprint', ['anaya', 'kofi'], '2023-12-14 14:00:00', 120),
    ],
    ["Schedule a half hour called 'Hiring' with fatima tomorrow at 5pm", meet('Hiring', ['fatima'], '2023-12-01 17:00:00', 30)],
    ["Book the first free half hour on December 7 with Dmitri and call it 'Sync with Dmitri'", meet('Sync with Dmitri', ['dmitri'], '2023-12-07 12:00:00', 30)],
    ['Move my next meeting with Jinsoo to December 7 at 1pm', moveTo(next('jinsoo'), '2023-12-07 13:00:00')],
    ['bring forward the Product Launch Analysis on December 8 by half an hour', shift(coming({ name: 'Product Launch Analysis', on: '2023-12-08' })[0], -30)],
    ['Push the next project debrief back an hour', shift(coming({ name: 'project debrief' })[0], 60)],
    ['Reschedule my meeting with Carlos on December 12 to 3pm the same day', moveTo(coming({ person: 'carlos', on: '2023-12-12' })[0], '2023-12-12 15:00:00')],
    ['Move all of my meetings on December 21 to December 22', on('2023-12-21').flatMap((event) => shift(event, 24 * 60))],
    ['Delay all my meetings on December 5 by 15 minutes', on('2023-12-05').flatMap((event) => shift(event, 15))],
    ['make my next meeting with Anaya 30 minutes longer', lengthen(next('anaya'), 120)],
    ['Shorten the next Health & Wellness Expo to one hour', lengthen(coming({ name: 'Health & Wellness Expo' })[0], 60)],
    ['Cancel everything I have on December 15', cancel(...on('2023-12-15'))],
    ['clear my calendar for tomorrow', cancel(...on('2023-12-01'))],
    ['Cancel all my meetings tomorrow afternoon', cancel(...on('2023-12-01').filter(({ event_start }) => event_start >= '2023-12-01 12'))],
    ['Cancel the last meeting on December 20', cancel(on('2023-12-20').at(-1))],
    ['Drop my first two meetings on December 13', cancel(...on('2023-12-13').slice(0, 2))],
    ['Delete all future performance evaluation meetings', cancel(...coming({ name: 'performance evaluation' }))],
    [
      "I won't make it to any Corporate Social Responsibility Initiative this year, delete the remaining ones",
      cancel(...coming({ name: 'Corporate Social Responsibility Initiative' })),
    ],
    ['Cancel my meetings with Dmitri after December 14', cancel(...coming({ person: 'dmitri' }).filter(({ event_start }) => event_start >= '2023-12-15'))],
    [
      'Cancel any meetings with Aisha next week',
      cancel(...coming({ person: 'aisha' }).filter(({ event_start }) => event_start >= '2023-12-04' && event_start < '2023-12-11')),
    ],
    ["rename tomorrow's brainstorming session to Ideas Hour", rename(coming({ name: 'brainstorming session', on: '2023-12-01' })[0], 'Ideas Hour')],
    ["Call my next meeting with Nadia 'Quarterly review' instead", rename(next('nadia'), 'Quarterly review')],
    ['Invite Yuki to the next project runway briefing as well', invite(coming({ name: 'project runway briefing' })[0], 'yuki')],
    [
      'Replace Luis with Kofi in the Team Building Retreat on December 20',
      coming({ name: 'Team Building Retreat', on: '2023-12-20' }).map(({ event_id }) => ({
        do: 'update',
        entity: 'events',
        id: event_id,
        values: { attendees: [at('kofi')] },
      })),
    ],
    ["If I'm meeting Sofia tomorrow, cancel it", []],
    [
      "If I have no meeting with Lena in the next 7 days, book a 30 minute one called 'Check-in' with her on December 7 at 1pm",
      meet('Check-in', ['lena'], '2023-12-07 13:00:00', 30),
    ],
    ["Unless I've met with Raj in the past week, schedule a half hour with him called 'Raj 1:1' on December 8 at 9am", []],
    ['When is my next meeting with Amir?', []],
    ['cancle my nxt meeting w/ chenwei', cancel(next('chenwei'))],
  ]
}
