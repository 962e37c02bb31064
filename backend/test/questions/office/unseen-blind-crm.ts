import type { Desk, Wish } from './office-desk.ts'
import { today } from './office-desk.ts'
import type { OfficeCustomer } from './office-records.ts'

type Which = (customer: OfficeCustomer) => boolean

const both =
  (...parts: readonly Which[]): Which =>
  (customer) =>
    parts.every((part) => part(customer))
const contactedBefore =
  (day: string): Which =>
  ({ last_contact_date }) =>
    last_contact_date < day
const followUpBefore =
  (day: string): Which =>
  ({ follow_up_by }) =>
    follow_up_by < day

/** The set's own kinds of instruction about customers in other words. */
export function blindCustomerWishes({ deleteCustomers, setCustomers, addCustomer, at, of }: Desk): Wish[] {
  const to = (first: string) => ({ assigned_to_email: at(first) })
  const lead = (name: string, first: string) => addCustomer({ customer_name: name, status: 'Lead', ...to(first) })
  const silent = (interest: string, day: string) => setCustomers(both(of(undefined, 'Proposal', interest), contactedBefore(day)), { status: 'Lost' })
  return [
    ['Please remove Casey Smith from the CRM, they stopped doing business with us.', deleteCustomers('Casey Smith')],
    ['Rahul Davis has left us as a customer. Take them out of the crm.', deleteCustomers('Rahul Davis')],
    ["There's no reason to hold on to Peyton Davis in the crm anymore, please delete their record.", deleteCustomers('Peyton Davis')],
    ['Angel Harris asked to be removed. Can you get them out of our customer database?', deleteCustomers('Angel Harris')],
    ['Could you drop Jaden Thomas from the crm for me?', deleteCustomers('Jaden Thomas')],
    ['A new lead just came in: Harper Quill. Put them in the crm under Lena.', lead('Harper Quill', 'lena')],
    ['Create a lead for Morgan Ellis in the crm, owner Sofia', lead('Morgan Ellis', 'sofia')],
    ['Please register Devon Clarke as a new lead and give them to Akira.', lead('Devon Clarke', 'akira')],
    [
      'I just spoke to someone called Robin Hayes who could become a customer. Set them up as a lead in the crm with Nadia as the owner.',
      lead('Robin Hayes', 'nadia'),
    ],
    ['New lead for Raj: Sidney Marsh. Can you get that into the crm?', lead('Sidney Marsh', 'raj')],
    ['From now on Nadia will be looking after Taylor Brown. Please update the crm.', setCustomers('Taylor Brown', to('nadia'))],
    ['Hand Parker Taylor over to Lena in the crm.', setCustomers('Parker Taylor', to('lena'))],
    ['Can you change the owner of Jessie Brown to Akira?', setCustomers('Jessie Brown', to('akira'))],
    ['Kerry Moore should be with Sofia instead of Lena, can you fix that in the crm?', setCustomers('Kerry Moore', to('sofia'))],
    ['Put Raj in charge of Jamie Taylor.', setCustomers('Jamie Taylor', to('raj'))],
    ["Lena doesn't have time for Alex Davis any more so Nadia will do it. Update the crm accordingly.", setCustomers('Alex Davis', to('nadia'))],
    [
      "Sofia is picking up every one of Raj's leads interested in training. Please switch them over in the crm.",
      setCustomers(of('raj', 'Lead', 'Training'), to('sofia')),
    ],
    ["Transfer Lena's software leads to Nadia.", setCustomers(of('lena', 'Lead', 'Software'), to('nadia'))],
    ["Any of Akira's leads who want services should now belong to Raj.", setCustomers(of('akira', 'Lead', 'Services'), to('raj'))],
    ["Please make Lena the owner of all of Nadia's leads with an interest in software", setCustomers(of('nadia', 'Lead', 'Software'), to('lena'))],
    ["Raj's services leads are going to Akira from today, update the crm please", setCustomers(of('raj', 'Lead', 'Services'), to('akira'))],
    ["Get rid of all Akira's lost customers that wanted consulting.", deleteCustomers(of('akira', 'Lost', 'Consulting'))],
    ["Can you clear out Lena's customers who are at the lost stage and whose interest is hardware?", deleteCustomers(of('lena', 'Lost', 'Hardware'))],
    ['Please purge all qualified customers interested in services that belong to Sofia from the crm', deleteCustomers(of('sofia', 'Qualified', 'Services'))],
    ["Nadia's training customers in the won stage are no longer needed. Remove them from the crm.", deleteCustomers(of('nadia', 'Won', 'Training'))],
    [
      "Mark all of Raj's customers that are in the proposal stage and interested in training as lost",
      setCustomers(of('raj', 'Proposal', 'Training'), { status: 'Lost' }),
    ],
    [
      "Any customer who's been sitting on a hardware proposal for more than 3 weeks without getting back to us should be marked as lost.",
      silent('Hardware', '2023-11-09'),
    ],
    ['We sent out some training proposals and heard nothing for 4 weeks or longer. Set those customers to lost.', silent('Training', '2023-11-02')],
    ['Customers with an open software proposal that have been silent for 2 weeks are lost. Can you update the crm?', silent('Software', '2023-11-16')],
    ["Could you set everyone to lost who got a services proposal and hasn't replied in the past 6 weeks?", silent('Services', '2023-10-19')],
  ]
}

/** Neighbouring kinds: other fields, two conditions, conditions that are not met. */
export function blindCustomerNeighbours({ deleteCustomers, setCustomers, addCustomer, at, of }: Desk): Wish[] {
  const to = (first: string) => ({ assigned_to_email: at(first) })
  return [
    ["Update Dakota Davis's phone number to 659-600-4000", setCustomers('Dakota Davis', { customer_phone: '659-600-4000' })],
    ['The new email address of Avery Harris is avery.harris@newhome.com', setCustomers('Avery Harris', { customer_email: 'avery.harris@newhome.com' })],
    ['Jordan Garcia is now qualified, please update their status', setCustomers('Jordan Garcia', { status: 'Qualified' })],
    ['Riley Smith signed the contract! Move them to won.', setCustomers('Riley Smith', { status: 'Won' })],
    ["Change Cameron Jones's interest from software to consulting", setCustomers('Cameron Jones', { product_interest: 'Consulting' })],
    ['Move the follow-up for Quinn Brown to December 22', setCustomers('Quinn Brown', { follow_up_by: '2023-12-22' })],
    ['I talked to Jaden Martin today, set the last contact date to November 30', setCustomers('Jaden Martin', { last_contact_date: '2023-11-30' })],
    ["Postpone the follow-up date of all of Sofia's qualified customers to January 8", setCustomers(of('sofia', 'Qualified'), { follow_up_by: '2024-01-08' })],
    ['If Kerry Brown is still a lead, move them to qualified.', []],
    ['If Alex Smith is a lead, move them to qualified, otherwise delete them', setCustomers('Alex Smith', { status: 'Qualified' })],
    ['If Angel Davis belongs to Akira, give them to Sofia; if not, leave them.', setCustomers('Angel Davis', to('sofia'))],
    ['Delete Reese Moore unless they are a won customer', []],
    ['Remove Jordan Robinson unless Sofia is still looking after them', []],
    ["Delete all of Raj's lost customers that we haven't contacted since November 1", deleteCustomers(both(of('raj', 'Lost'), contactedBefore('2023-11-01')))],
    ["The lead of Lena that we haven't contacted for the longest goes to Raj", setCustomers('Dakota Williams', to('raj'))],
    ["Assign the one of Sofia's proposals that we contacted least recently to Akira", setCustomers('Angel Taylor', to('akira'))],
    [
      "Delete all of Akira's lost customers who have no phone number",
      deleteCustomers(both(of('akira', 'Lost'), ({ customer_phone }) => customer_phone === '')),
    ],
    ["Reassign all of Raj's qualified customers who have a phone number to Lena", []],
    [
      "Move Lena's customers that are either qualified or in proposal and interested in software to won",
      setCustomers((one) => of('lena', 'Qualified', 'Software')(one) || of('lena', 'Proposal', 'Software')(one), { status: 'Won' }),
    ],
    [
      "Give Akira's hardware leads to Lena and his training leads to Sofia",
      [...setCustomers(of('akira', 'Lead', 'Hardware'), to('lena')), ...setCustomers(of('akira', 'Lead', 'Training'), to('sofia'))],
    ],
    ['Swap the owners of Jamie Davis and Casey Brown', [...setCustomers('Jamie Davis', to('akira')), ...setCustomers('Casey Brown', to('sofia'))]],
    [
      'Delete Casey Garcia, Jamie Harris and Alex Wilson',
      deleteCustomers(({ customer_name }) => ['Casey Garcia', 'Jamie Harris', 'Alex Wilson'].includes(customer_name)),
    ],
    ['Raj is leaving, so all of his proposals go to Nadia', setCustomers(of('raj', 'Proposal'), to('nadia'))],
    [
      'Set all customers whose follow-up date has passed and that are still in lead status to lost',
      setCustomers(both(of(undefined, 'Lead'), followUpBefore(today)), { status: 'Lost' }),
    ],
    [
      "Any of Lena's leads whose follow-up was due before November 10 should go to Akira",
      setCustomers(both(of('lena', 'Lead'), followUpBefore('2023-11-10')), to('akira')),
    ],
    [
      'Add a new customer named Blake Turner in the qualified stage interested in hardware, assigned to Sofia',
      addCustomer({ customer_name: 'Blake Turner', status: 'Qualified', product_interest: 'Hardware', ...to('sofia') }),
    ],
    [
      'Add Toni Adler as a lead interested in services with phone number 555-010-7788, Akira owns it',
      addCustomer({ customer_name: 'Toni Adler', status: 'Lead', product_interest: 'Services', customer_phone: '555-010-7788', ...to('akira') }),
    ],
    ['If Raj has any leads interested in hardware, reassign them to Sofia', []],
    [
      'If there are more than 5 lost customers interested in training, delete those of them that belong to Akira',
      deleteCustomers(of('akira', 'Lost', 'Training')),
    ],
    ["Everyone on Nadia's list who is qualified gets a follow-up on December 15", setCustomers(of('nadia', 'Qualified'), { follow_up_by: '2023-12-15' })],
  ]
}
