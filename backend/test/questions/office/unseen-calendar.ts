import type { Desk, Wish } from './office-desk.ts'

export function calendarWishes({ coming, cancel, shift, moveTo, lengthen, rename, invite, meet, records }: Desk): Record<string, Wish[]> {
  const last = <T>(rows: readonly T[]): T | undefined => rows[rows.length - 1]
  return {
    'calendar cancel': [
      ['Drop my next meeting with carlos', cancel(coming({ person: 'carlos' })[0])],
      ['please call off the next sync up', cancel(coming({ name: 'sync up' })[0])],
      ["I can't make it to the IT Systems Update Briefing. Cancel it, please.", cancel(coming({ name: 'IT Systems Update Briefing' })[0])],
      ['Clear my calendar on December 12', cancel(...coming({ on: '2023-12-12' }))],
      ['Cancel every upcoming meeting I have with nadia', cancel(...coming({ person: 'nadia' }))],
      ['delete my first meeting tomorrow', cancel(coming({ on: '2023-12-01' })[0])],
      ['Cancel my last meeting on December 15', cancel(last(coming({ on: '2023-12-15' })))],
      ['Remove the meeting with yuki on December 4 from my calendar', cancel(coming({ person: 'yuki', on: '2023-12-04' })[0])],
    ],
    'calendar move': [
      ['Push back my next meeting with anaya by 30 minutes', shift(coming({ person: 'anaya' })[0], 30)],
      ['bring the next Health & Wellness Expo forward by an hour', shift(coming({ name: 'Health & Wellness Expo' })[0], -60)],
      ['delay my first meeting on December 7 by half an hour', shift(coming({ on: '2023-12-07' })[0], 30)],
      ['Move the retrospective meeting tomorrow to 4:30', moveTo(coming({ name: 'retrospective meeting' })[0], '2023-12-01 16:30:00')],
      ['Can you move my meeting with carlos on December 7 to 4pm?', moveTo(coming({ person: 'carlos', on: '2023-12-07' })[0], '2023-12-07 16:00:00')],
      ['Reschedule the Machine Learning Chat to December 14 at 9', moveTo(coming({ name: 'Machine Learning Chat' })[0], '2023-12-14 09:00:00')],
      ['Postpone the next Product Launch Analysis by 2 hours please', shift(coming({ name: 'Product Launch Analysis' })[0], 120)],
    ],
    'calendar change': [
      ['Rename my next meeting with olga to "Budget talk"', rename(coming({ person: 'olga' })[0], 'Budget talk')],
      ['change the name of the next team orientation to Welcome round', rename(coming({ name: 'team orientation' })[0], 'Welcome round')],
      ['Add jinsoo to the next team evaluation', invite(coming({ name: 'team evaluation' })[0], 'jinsoo')],
      ['Make the New Employee Onboarding an hour long', lengthen(coming({ name: 'New Employee Onboarding' })[0], 60)],
      ['Extend my next meeting with nadia to 90 minutes', lengthen(coming({ person: 'nadia' })[0], 90)],
    ],
    'calendar create': [
      ['Set up a half-hour call with leila called "Design sync" on December 6 at 9', meet('Design sync', ['leila'], '2023-12-06 09:00:00', 30)],
      ["Book an hour with dmitri tomorrow at 5 pm and call it 'Pairing'", meet('Pairing', ['dmitri'], '2023-12-01 17:00:00', 60)],
      ["Schedule a 45 minute meeting titled 'Roadmap' with kofi and nia on December 22 at 2", meet('Roadmap', ['kofi', 'nia'], '2023-12-22 14:00:00', 45)],
      [
        'put a 2 hour workshop named "Offsite planning" with olga into my calendar for next Monday at 1',
        meet('Offsite planning', ['olga'], '2023-12-04 13:00:00', 120),
      ],
      ["I'd like to meet raj for 30 minutes on Dec 5 at 10:30 about 'Pricing'. Please schedule it.", meet('Pricing', ['raj'], '2023-12-05 10:30:00', 30)],
      ['Plan a 90-minute session "Retro" on the 7th of December at 4pm with fatima', meet('Retro', ['fatima'], '2023-12-07 16:00:00', 90)],
      ['Create an event called Demo rehearsal with yuki on December 18 from 10 to 11:30', meet('Demo rehearsal', ['yuki'], '2023-12-18 10:00:00', 90)],
      [
        'Book a half hour meeting called "Quick chat" with santiago in my first free slot tomorrow',
        meet('Quick chat', ['santiago'], firstFree(records.events, '2023-12-01', 30), 30),
      ],
      [
        "Find the earliest time on December 4 when I am free for an hour and schedule 'Catch up' with nadia then",
        meet('Catch up', ['nadia'], firstFree(records.events, '2023-12-04', 60), 60),
      ],
    ],
  }
}

/** The earliest beginning within working hours at which nothing else is on. */
export function firstFree(events: Desk['records']['events'], day: string, minutes: number): string {
  const taken = events
    .filter(({ event_start }) => event_start.startsWith(day))
    .map(({ event_start, duration }) => {
      const [hours = 0, mins = 0] = event_start.slice(11, 16).split(':').map(Number)
      return { from: hours * 60 + mins, to: hours * 60 + mins + Number(duration) }
    })
  for (let start = 9 * 60; start + minutes <= 18 * 60; start += 30)
    if (taken.every(({ from, to }) => start + minutes <= from || start >= to))
      return `${day} ${String(Math.floor(start / 60)).padStart(2, '0')}:${String(start % 60).padStart(2, '0')}:00`
  throw new Error(`No time is free on ${day}`)
}
