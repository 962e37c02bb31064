import { competitors, decisionRoles, interests, tiers } from '../../../../seeds/demo/custom-fields.ts'
import type { Random } from '../../../../seeds/demo/random.ts'
import { writeDate } from '../dates.ts'
import type { Row, Value } from '../json.ts'
import { dayMs, lastInstant } from './world.ts'

interface Definition {
  name: string
  /** Upper-case singular of the object. */
  object: string
  label: string
  type: 'TEXT' | 'MULTILINETEXT' | 'DROPDOWN' | 'MULTISELECT' | 'BIT' | 'DATE' | 'DATETIME' | 'NUMERIC' | 'PERCENT' | 'AUTONUMBER'
  options: readonly string[]
  /** How often it is filled in. */
  share: number
  draw(random: Random): Value
}

const day = (random: Random) => writeDate(lastInstant + random.int(-40, 330) * dayMs)

/** The fields that this made-up team has added, one of each type seen. */
export const customFields: readonly Definition[] = [
  field('Newsletter__c', 'CONTACT', 'Newsletter', 'BIT', [], 0.6, (random) => random.chance(0.5)),
  field(
    'Interests__c',
    'CONTACT',
    'Interests',
    'MULTISELECT',
    interests,
    0.4,
    (random) => interests.filter(() => random.chance(0.35)).join(';') || (interests[0] ?? ''),
  ),
  field('Decision_Role__c', 'CONTACT', 'Decision role', 'DROPDOWN', decisionRoles, 0.3, (random) => random.pick(decisionRoles)),
  field('Account_Tier__c', 'ORGANISATION', 'Account tier', 'DROPDOWN', tiers, 0.4, (random) => random.pick(tiers)),
  field('Renewal_Date__c', 'ORGANISATION', 'Renewal date', 'DATE', [], 0.35, day),
  field('Installed_Sensors__c', 'ORGANISATION', 'Installed sensors', 'NUMERIC', [], 0.4, (random) => random.int(4, 900)),
  field('Budget__c', 'LEAD', 'Budget', 'NUMERIC', [], 0.4, (random) => random.int(5, 400) * 500),
  field('Competitor__c', 'OPPORTUNITY', 'Competitor', 'DROPDOWN', competitors, 0.3, (random) => random.pick(competitors)),
  field('Next_Step__c', 'OPPORTUNITY', 'Next step', 'TEXT', [], 0.3, (random) => random.pick(['Call back', 'Send quote', 'Plan a visit'])),
  field('Margin__c', 'OPPORTUNITY', 'Margin', 'PERCENT', [], 0.25, (random) => random.int(5, 60)),
  field('Last_Review__c', 'PROJECT', 'Last review', 'DATETIME', [], 0.3, day),
]

function field(
  name: string,
  object: string,
  label: string,
  type: Definition['type'],
  options: readonly string[],
  share: number,
  draw: Definition['draw'],
): Definition {
  return { name, object, label, type, options, share, draw }
}

/** CUSTOMFIELDS of one record; fields that are not filled in are left out. */
export function drawCustomFields(object: string, random: Random): Row[] {
  return customFields
    .filter((definition) => definition.object === object && random.chance(definition.share))
    .map((definition) => ({ FIELD_NAME: definition.name, FIELD_VALUE: definition.draw(random), CUSTOM_FIELD_ID: definition.name }))
}

/** A definition as `/CustomFields/{object}` answers it. */
export function customFieldRow(definition: Definition): Row {
  const { name, object, label, type, options } = definition
  return {
    FIELD_NAME: name,
    FIELD_ORDER: customFields.filter((other) => other.object === object).indexOf(definition) + 1,
    FIELD_FOR: object,
    FIELD_LABEL: label,
    FIELD_TYPE: type,
    FIELD_HELP_TEXT: null,
    DEFAULT_VALUE: null,
    EDITABLE: true,
    VISIBLE: true,
    CUSTOM_FIELD_OPTIONS: options.map((option, index) => ({ OPTION_ID: optionId(name, index), OPTION_VALUE: option, OPTION_DEFAULT: false })),
    DEPENDENCY: null,
    JOIN_OBJECT: null,
  }
}

function optionId(name: string, index: number): number {
  return 40_000 + customFields.findIndex((definition) => definition.name === name) * 100 + index
}
