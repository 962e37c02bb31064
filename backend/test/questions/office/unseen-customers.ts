import { type Desk, today, type Wish } from './office-desk.ts'
import type { OfficeCustomer } from './office-records.ts'

type Which = (customer: OfficeCustomer) => boolean

/** Customers that go, change hands, change their state or are new, as people of a busy office say it. */
export function customerWishes(desk: Desk): Wish[] {
  const { deleteCustomers, setCustomers, addCustomer, at, of } = desk
  const both =
    (...parts: readonly Which[]): Which =>
    (customer) =>
      parts.every((part) => part(customer))
  const contactedBefore =
    (day: string): Which =>
    (customer) =>
      customer.last_contact_date < day
  const followUpBefore =
    (day: string): Which =>
    (customer) =>
      customer.follow_up_by < day
  const is =
    (...names: readonly string[]): Which =>
    (customer) =>
      names.includes(customer.customer_name)
  const oldest = (which: Which, count: number): Which => {
    const rows = desk.records.customers.filter(which).sort((a, b) => a.last_contact_date.localeCompare(b.last_contact_date))
    return (customer) => rows.slice(0, count).includes(customer)
  }
  const to = (first: string) => ({ assigned_to_email: at(first) })
  const lost = { status: 'Lost' }
  return [
    ['Please get rid of Dakota Thomas, they went out of business', deleteCustomers('Dakota Thomas')],
    ['take Jessie Thomas off our books', deleteCustomers('Jessie Thomas')],
    ['pls remove Reese Jones frm the crm, thx', deleteCustomers('Reese Jones')],
    ['Avery Miller and Quinn Martinez have both asked us to forget them. Remove both records.', deleteCustomers(is('Avery Miller', 'Quinn Martinez'))],
    ['Purge every lost customer of Akira’s who is interested in consulting', deleteCustomers(of('akira', 'Lost', 'Consulting'))],
    ['Clear out all lost customers whose last contact was before October 8', deleteCustomers(both(of(undefined, 'Lost'), contactedBefore('2023-10-08')))],
    ['Delete the customers with a peakventures e-mail address', deleteCustomers((customer) => customer.customer_email.endsWith('@peakventures'))],
    ['Delete the customer with the phone number 218-199-4846', deleteCustomers('Casey Brown')],
    ['erase the customer whose email is rahul.johnson@mindanalytics.com', deleteCustomers('Rahul Johnson')],
    ["Nadia's lost customers that wanted training are a waste of time. Bin them.", deleteCustomers(of('nadia', 'Lost', 'Training'))],
    ['Delete the two customers of Sofia that have gone longest without contact', deleteCustomers(oldest(of('sofia'), 2))],
    ['Delete the lost customer with the oldest last contact date', deleteCustomers(oldest(of(undefined, 'Lost'), 1))],
    ['Hand Jordan Garcia over to Nadia', setCustomers('Jordan Garcia', to('nadia'))],
    ['Alex Thomas should now belong to Akira', setCustomers('Alex Thomas', to('akira'))],
    ['Give Parker Harris and Casey White to Lena please', setCustomers(is('Parker Harris', 'Casey White'), to('lena'))],
    ['Sofia is going on leave. Hand all her customers in the proposal stage over to Raj.', setCustomers(of('sofia', 'Proposal'), to('raj'))],
    ["All of Akira's qualified customers go to Nadia from now on.", setCustomers(of('akira', 'Qualified'), to('nadia'))],
    ['Reassign every lead Lena looks after that is interested in consulting to Sofia', setCustomers(of('lena', 'Lead', 'Consulting'), to('sofia'))],
    ["pass raj's won hardware customers on to akira", setCustomers(of('raj', 'Won', 'Hardware'), to('akira'))],
    ['Change the owner of Shannon Brown from Lena to Nadia.', setCustomers('Shannon Brown', to('nadia'))],
    [
      "Raj can't keep up. Give Lena every one of his customers with a follow-up date before November 15",
      setCustomers(both(of('raj'), followUpBefore('2023-11-15')), to('lena')),
    ],
    ["Who looks after Riley Johnson? If it's Sofia, give them to Raj.", setCustomers('Riley Johnson', to('raj'))],
    ['If Casey Brown is with Lena, reassign them to Raj', []],
    ['Reassign all of Sofia’s won software customers except Rahul White to Raj', setCustomers('Reese Moore', to('raj'))],
    ['Delete Angel Garcia and hand Alex Davis over to Sofia', [...deleteCustomers('Angel Garcia'), ...setCustomers('Alex Davis', to('sofia'))]],
    [
      'Leads without a phone number that Raj owns should go to Sofia',
      setCustomers(
        both(of('raj', 'Lead'), ({ customer_phone }) => customer_phone === ''),
        to('sofia'),
      ),
    ],
    ['Mark Quinn Garcia as won.', setCustomers('Quinn Garcia', { status: 'Won' })],
    ['Jordan Martin said yes! Set their status to won', setCustomers('Jordan Martin', { status: 'Won' })],
    ['bump Riley Thomas up to qualified', setCustomers('Riley Thomas', { status: 'Qualified' })],
    ["We've lost Cameron Brown to a competitor. Update the status.", setCustomers('Cameron Brown', lost)],
    [
      "All of Nadia's leads interested in software are qualified now, please update them",
      setCustomers(of('nadia', 'Lead', 'Software'), { status: 'Qualified' }),
    ],
    ['Set all leads we last spoke to before October 12 to lost.', setCustomers(both(of(undefined, 'Lead'), contactedBefore('2023-10-12')), lost)],
    [
      'There are qualified customers we have not spoken to in 7 weeks. Mark them as lost.',
      setCustomers(both(of(undefined, 'Qualified'), contactedBefore('2023-10-12')), lost),
    ],
    [
      'Customers in the proposal stage that nobody has contacted for more than 50 days can be moved to lost',
      setCustomers(both(of(undefined, 'Proposal'), contactedBefore('2023-10-11')), lost),
    ],
    ["move Lena's customers in proposal for training to won", setCustomers(of('lena', 'Proposal', 'Training'), { status: 'Won' })],
    ['Change Taylor White to the proposal stage', setCustomers('Taylor White', { status: 'Proposal' })],
    ['If Avery Brown is lost, set them back to lead', setCustomers('Avery Brown', { status: 'Lead' })],
    ['If Jordan Moore is already won, change their product interest to services, otherwise mark them as lost', setCustomers('Jordan Moore', lost)],
    ['Mark Morgan Anderson as won unless they are already qualified', setCustomers('Morgan Anderson', { status: 'Won' })],
    ['Kerry Brown is now interested in training', setCustomers('Kerry Brown', { product_interest: 'Training' })],
    ['Change the product interest of Riley Anderson from training to consulting', setCustomers('Riley Anderson', { product_interest: 'Consulting' })],
    ["Sofia's consulting leads actually want services. Correct that.", setCustomers(of('sofia', 'Lead', 'Consulting'), { product_interest: 'Services' })],
    [
      "Akira's software customers in the qualified stage now want hardware instead",
      setCustomers(of('akira', 'Qualified', 'Software'), { product_interest: 'Hardware' }),
    ],
    [
      'Alex Garcia has a new email address: alex.garcia@nextdynamic.com. please update',
      setCustomers('Alex Garcia', { customer_email: 'alex.garcia@nextdynamic.com' }),
    ],
    ["Update Casey Garcia's phone number to 555-010-7788", setCustomers('Casey Garcia', { customer_phone: '555-010-7788' })],
    ["Jordan Brown's phone number is 202-555-0143, please add it", setCustomers('Jordan Brown', { customer_phone: '202-555-0143' })],
    ["Push Angel Martin's follow-up to December 12", setCustomers('Angel Martin', { follow_up_by: '2023-12-12' })],
    ["Set the follow up date of all Lena's qualified customers to December 15", setCustomers(of('lena', 'Qualified'), { follow_up_by: '2023-12-15' })],
    ["Set Dakota Jones's follow-up date to next Monday", setCustomers('Dakota Jones', { follow_up_by: '2023-12-04' })],
    [
      'Customers in the proposal stage whose follow-up was due before November 1: move the follow-up to December 4',
      setCustomers(both(of(undefined, 'Proposal'), followUpBefore('2023-11-01')), { follow_up_by: '2023-12-04' }),
    ],
    ['Postpone the follow-up with Taylor Brown by a week', setCustomers('Taylor Brown', { follow_up_by: '2023-11-23' })],
    ['I spoke to Jamie Harris today, update the last contact date', setCustomers('Jamie Harris', { last_contact_date: today })],
    ["Set Cameron Jones's last contact date to yesterday", setCustomers('Cameron Jones', { last_contact_date: '2023-11-29' })],
    ["Change the notes of Kerry Williams to 'Prefers e-mail'", setCustomers('Kerry Williams', { notes: 'Prefers e-mail' })],
    [
      'Add a new lead: Jordan Lee, email jordan.lee@brightpath.com, interested in hardware, assigned to Sofia',
      addCustomer({ customer_name: 'Jordan Lee', customer_email: 'jordan.lee@brightpath.com', product_interest: 'Hardware', status: 'Lead', ...to('sofia') }),
    ],
    [
      'New lead for Lena: Robin Clark, interested in consulting',
      addCustomer({ customer_name: 'Robin Clark', product_interest: 'Consulting', status: 'Lead', ...to('lena') }),
    ],
    [
      'Put Sasha Kim in the crm as a qualified customer of Raj, phone 303-555-0182',
      addCustomer({ customer_name: 'Sasha Kim', status: 'Qualified', customer_phone: '303-555-0182', ...to('raj') }),
    ],
    [
      'create a lead named Drew Evans for akira with a follow up by december 8',
      addCustomer({ customer_name: 'Drew Evans', status: 'Lead', follow_up_by: '2023-12-08', ...to('akira') }),
    ],
    [
      'Can you register Toni Baker as a customer in the proposal stage, interested in software, and give them to Nadia?',
      addCustomer({ customer_name: 'Toni Baker', status: 'Proposal', product_interest: 'Software', ...to('nadia') }),
    ],
    ['Delete Casey Blackwood from the crm', []],
    ['Delete all of Raj’s hardware customers in the proposal stage that we last contacted before November 1', []],
    ["Don't delete Taylor Jackson after all", []],
    ["How many of Lena's customers are lost?", []],
  ]
}
