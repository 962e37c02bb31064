import type { Actor } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import { createTestApp, type TestApp } from '../app.ts'

type Person = Extract<Actor, { type: 'user' }>

export interface VisibilityWorld {
  test: TestApp
  /** Two teams of a manager and reps, and a viewer who is in none. */
  people: Record<'owner' | 'admin' | 'manager' | 'rep' | 'mate' | 'otherManager' | 'stranger' | 'viewer', Person>
  create(
    person: Person,
    entity: Parameters<TestApp['app']['services']['records']['createRecord']>[1],
    input: object,
  ): Promise<{ id: string } & Record<string, unknown>>
}

/** A workspace with people of every role in two teams. */
export async function createVisibilityWorld(): Promise<VisibilityWorld> {
  const test = await createTestApp({ now: '2026-03-10T12:00:00Z' })
  const { actor, member, gold } = test
  const [north, south] = [newId(), newId()]
  for (const [id, name] of [
    [north, 'North'],
    [south, 'South'],
  ])
    await gold('insert into teams (workspace_id, id, name, created_at) values ($1, $2, $3, now())', [test.workspaceId, id, name])
  const inTeam = async (person: Person, team: string): Promise<Person> => {
    await gold('update users set team_id = $1 where id = $2', [team, person.userId])
    return person
  }
  const people = {
    owner: actor,
    admin: await member('admin', 'Adam Admin'),
    manager: await inTeam(await member('manager', 'Mona Manager'), north),
    rep: await inTeam(await member('rep', 'Rita Rep'), north),
    mate: await inTeam(await member('rep', 'Max Mate'), north),
    otherManager: await inTeam(await member('manager', 'Omar Other'), south),
    stranger: await inTeam(await member('rep', 'Sam Stranger'), south),
    viewer: await member('viewer', 'Vera Viewer'),
  }
  return { test, people, create: (person, entity, input) => test.app.services.records.createRecord(person, entity, input as Record<string, unknown>) }
}
