import { describe, expect, it } from 'vitest'
import { AppError } from '#backend/kernel/errors.ts'
import { createAutomationWorld } from '../../../../test/automations.ts'
import { readScheduleRequest, scheduleSentence } from './schedule-command.ts'

const monday = { question: 'pipeline status', when: 'every Monday 8:00', deliver: 'chat', enabled: true } as const

describe('schedules', () => {
  it('ask when it is time, once, as their person, however many processes there are', async () => {
    const { actor, automations, build, clock, asked, mails, gold, workspaceId } = await createAutomationWorld()
    const made = await automations.schedules.create(actor, { ...monday, deliver: 'email' })
    expect(made).toMatchObject({ cron: '0 8 * * 1', timeZone: 'Europe/Berlin', nextAt: '2026-11-23T07:00:00.000Z', failures: 0, lastRun: null })
    expect(made.upcoming).toEqual(['2026-11-23T07:00:00.000Z', '2026-11-30T07:00:00.000Z', '2026-12-07T07:00:00.000Z'])
    const all = [automations, build(), build(), build()]
    await Promise.all(all.map((one) => one.tick()))
    expect(asked).toEqual([])
    clock.set('2026-11-23T07:00:00.500Z')
    await Promise.all(all.map((one) => one.tick()))
    await Promise.all(all.map((one) => one.tick()))
    expect(asked).toEqual([{ as: actor.userId, role: 'owner', message: 'pipeline status', timeZone: 'Europe/Berlin' }])
    const [email] = await gold<{ email: string }>('select email from users where workspace_id = $1 and id = $2', [workspaceId, actor.userId])
    expect(mails).toMatchObject([{ to: email?.email, subject: 'pipeline status', body: expect.stringContaining('Answer to pipeline status') }])
    const [now] = await automations.schedules.list(actor)
    expect(now).toMatchObject({
      nextAt: '2026-11-30T07:00:00.000Z',
      lastRun: { state: 'done', reason: 'schedule', answer: 'Answer to pipeline status', attempts: 1 },
    })
  })

  it('are shown before they are made, and what is no time is refused with words', async () => {
    const { actor, automations, member } = await createAutomationWorld()
    const { schedules } = automations
    expect(await schedules.preview(actor, { when: 'every Monday 8:00', timeZone: 'Europe/London' })).toEqual({
      cron: '0 8 * * 1',
      timeZone: 'Europe/London',
      upcoming: ['2026-11-23T08:00:00.000Z', '2026-11-30T08:00:00.000Z', '2026-12-07T08:00:00.000Z'],
    })
    expect(await schedules.preview(await member('viewer'), { when: '0 9 * * *' })).toMatchObject({ timeZone: 'Europe/Berlin' })
    await expect(schedules.preview(actor, { when: 'every blue moon' })).rejects.toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('blue moon'),
    })
    expect(await schedules.list(actor)).toEqual([])
  })

  it('catch up once what was missed within an hour, and say what was missed longer ago', async () => {
    const { actor, automations, clock, asked } = await createAutomationWorld()
    const { id } = await automations.schedules.create(actor, { ...monday, when: 'hourly' })
    clock.set('2026-11-20T19:30:00.000Z')
    await automations.tick()
    expect(asked).toHaveLength(1)
    const { id: weekly } = await automations.schedules.create(actor, monday)
    clock.set('2026-11-23T12:00:00.000Z')
    await automations.tick()
    expect((await automations.schedules.runs(actor, weekly, { limit: 5 })).items).toMatchObject([
      { state: 'missed', error: expect.stringContaining('more than an hour') },
    ])
    expect((await automations.schedules.runs(actor, id, { limit: 5 })).items.map(({ reason, dueAt }) => [reason, dueAt])).toEqual([
      ['schedule', '2026-11-23T12:00:00.000Z'],
      ['late', '2026-11-20T19:00:00.000Z'],
    ])
  })

  it('run with the rights their person has then, and not for one who left', async () => {
    const { member, automations, clock, asked, gold } = await createAutomationWorld()
    const manager = await member('manager')
    await automations.schedules.create(manager, { ...monday, when: 'hourly' })
    await gold("update users set role = 'viewer' where id = $1", [manager.userId])
    clock.set('2026-11-20T16:00:00.000Z')
    await automations.tick()
    expect(asked).toMatchObject([{ role: 'viewer' }])
    await gold('update users set active = false where id = $1', [manager.userId])
    clock.set('2026-11-20T17:00:00.000Z')
    await automations.tick()
    expect(asked).toHaveLength(1)
    expect((await automations.schedules.list(manager))[0]?.lastRun).toMatchObject({ state: 'failed', error: expect.stringContaining('no access any more') })
  })

  it('pause after three failures in a row with the reason, and begin anew when switched on', async () => {
    const { actor, build, clock } = await createAutomationWorld()
    let fails = true
    const ended: string[] = []
    const automations = build({
      observe: (queue, outcome) => ended.push(`${queue} ${outcome}`),
      ask: async () => {
        if (fails) throw new AppError('VALIDATION', 'That cannot be asked.')
        return { sessionId: actor.userId, messageId: actor.userId, text: 'fine', parts: [] }
      },
    })
    const { id } = await automations.schedules.create(actor, { ...monday, when: 'hourly' })
    for (const hour of [16, 17, 18, 19]) {
      clock.set(`2026-11-20T${hour}:00:00.000Z`)
      await automations.tick()
    }
    expect((await automations.schedules.list(actor))[0]).toMatchObject({
      enabled: false,
      nextAt: null,
      failures: 3,
      pausedReason: 'It failed 3 times in a row, the last time because: That cannot be asked.',
    })
    expect((await automations.schedules.runs(actor, id, { limit: 9 })).total).toBe(3)
    fails = false
    expect(await automations.schedules.change(actor, id, { enabled: true })).toMatchObject({ enabled: true, failures: 0, pausedReason: null })
    clock.set('2026-11-20T20:00:00.000Z')
    await automations.tick()
    expect((await automations.schedules.list(actor))[0]?.lastRun?.state).toBe('done')
    expect(ended).toEqual(['schedules failed', 'schedules failed', 'schedules failed', 'schedules done'])
  })

  it('wait for what passes by itself, and keep the message of an unknown error to the log', async () => {
    const { actor, build } = await createAutomationWorld()
    const errors = [new AppError('UNAVAILABLE', 'Busy.'), new AppError('RATE_LIMITED', 'Slow down.')]
    const patient = build({
      ask: async () => {
        const error = errors.shift()
        if (error !== undefined) throw error
        return { sessionId: actor.userId, messageId: actor.userId, text: 'fine', parts: [] }
      },
    })
    const { id } = await patient.schedules.create(actor, monday)
    await patient.schedules.run(actor, id)
    await patient.tick()
    expect((await patient.schedules.list(actor))[0]).toMatchObject({ failures: 0, lastRun: { state: 'done', attempts: 3, reason: 'asked' } })
    const broken = build({ ask: () => Promise.reject(new Error('secret detail')) })
    await broken.schedules.run(actor, id)
    await broken.tick()
    expect((await broken.schedules.list(actor))[0]?.lastRun).toMatchObject({ state: 'failed', error: expect.not.stringContaining('secret') })
  })

  it('are nobody else’s, and not too many', async () => {
    const { actor, member, automations } = await createAutomationWorld()
    const rep = await member('rep')
    const { id } = await automations.schedules.create(rep, monday)
    expect(await automations.schedules.list(actor)).toEqual([])
    for (const attempt of [
      () => automations.schedules.change(actor, id, { enabled: false }),
      () => automations.schedules.delete(actor, id),
      () => automations.schedules.run(actor, id),
      () => automations.schedules.runs(actor, id, { limit: 1 }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (let index = 1; index < 50; index++) await automations.schedules.create(rep, monday)
    await expect(automations.schedules.create(rep, monday)).rejects.toMatchObject({ code: 'CONFLICT' })
    await automations.schedules.delete(rep, id)
    expect(await automations.schedules.list(rep)).toHaveLength(49)
  })

  it('are refused where the answer cannot be mailed', async () => {
    const { actor, build } = await createAutomationWorld()
    const automations = build({ queueMail: undefined })
    await expect(automations.schedules.create(actor, { ...monday, deliver: 'email' })).rejects.toMatchObject({ code: 'VALIDATION' })
    const { id } = await automations.schedules.create(actor, monday)
    await expect(automations.schedules.change(actor, id, { deliver: 'email' })).rejects.toMatchObject({ code: 'VALIDATION' })
  })

  it('are taken over from a process that died, and end once', async () => {
    const { actor, build, asked, mails, gold, workspaceId } = await createAutomationWorld()
    const begun: (() => void)[] = []
    const dying = build({
      pace: { leaseMs: 600_000 },
      ask: () => new Promise((_done, failed) => begun.push(() => failed(new Error('late')))),
    })
    const { id } = await dying.schedules.create(actor, { ...monday, deliver: 'email' })
    await dying.schedules.run(actor, id)
    const stuck = dying.tick()
    await expect.poll(() => begun.length).toBe(1)
    // As if it had died: its lease is over and somebody else has it.
    await gold("update schedule_runs set held_until = now() - interval '1 second' where workspace_id = $1", [workspaceId])
    const other = build()
    await other.tick()
    for (const end of begun) end()
    await stuck
    expect(asked).toHaveLength(1)
    expect(mails).toHaveLength(1)
    expect((await other.schedules.list(actor))[0]).toMatchObject({ failures: 0, lastRun: { state: 'done', attempts: 2 } })
  })
})

describe('a message that asks for a schedule', () => {
  it.each([
    ['every Monday at 8 send me the pipeline status', 'pipeline status', 'every Monday at 8', 'chat'],
    ['remind me every Monday at 8 of the pipeline status', 'pipeline status', 'every Monday at 8', 'chat'],
    ['Erinnere mich jeden Freitag um 9 an die offenen Aufgaben', 'offenen Aufgaben', 'jeden Freitag um 9', 'chat'],
    ['Send me the pipeline status every Monday at 8 by mail', 'pipeline status', 'every Monday at 8', 'email'],
    ['Every weekday at 9:30, show me my open tasks', 'my open tasks', 'Every weekday at 9:30', 'chat'],
    ['email me the new leads daily at 7', 'new leads', 'daily at 7', 'email'],
    ['Please send me won deals of last month monthly on the 1st 7:30.', 'won deals of last month', 'monthly on the 1st 7:30', 'chat'],
    ['Schick mir jeden Montag um 8 den Pipeline-Status', 'Pipeline-Status', 'jeden Montag um 8', 'chat'],
    ['Jeden Freitag um 16 Uhr schick mir per Mail die neuen Leads', 'neuen Leads', 'Jeden Freitag um 16 Uhr', 'email'],
  ])('%s', (message, question, when, deliver) => {
    const request = readScheduleRequest(message)
    expect(request?.call).toEqual({ tool: 'schedules.create', input: { question, when, deliver } })
    expect(request === undefined ? '' : scheduleSentence(request)).toContain(question)
  })

  it.each([
    'show me deals created on Monday',
    'pipeline status',
    'show deals every owner has',
    'events on Monday at 8',
    'how many tasks are due daily?',
    'show me the meetings every Monday',
    'send the mail to Bob on Monday at 8',
    'remind me every Monday at 8 to call Bob',
    "Send an email to Raj titled 'Weekly summary' saying 'Here it is.'",
    'send the latest mail about "update on monthly overview" on to Dmitri',
  ])('is not: %s', (message) => {
    expect(readScheduleRequest(message)).toBeUndefined()
  })
})
