import type { Desk, Wish } from './office-desk.ts'

export function crmWishes({ of, at, deleteCustomers, setCustomers, addCustomer }: Desk): Record<string, Wish[]> {
  return {
    'crm delete': [
      ['Please remove Quinn Harris.', deleteCustomers('Quinn Harris')],
      ['get rid of Jessie Thomas in our crm', deleteCustomers('Jessie Thomas')],
      ['Avery Miller asked to be taken out of our records. Remove them, please.', deleteCustomers('Avery Miller')],
      ['We lost touch with Cameron Martinez, so delete this customer.', deleteCustomers('Cameron Martinez')],
      ['Kindly delete the customers Quinn Garcia and Shannon Brown', [...deleteCustomers('Quinn Garcia'), ...deleteCustomers('Shannon Brown')]],
      ['Delete every one of Akira’s lost customers who wanted training', deleteCustomers(of('Akira', 'Lost', 'Training'))],
      ['drop all lost customers of Raj from the crm', deleteCustomers(of('Raj', 'Lost'))],
      [
        "Could you delete all of Nadia's lost customers that are interested in hardware or software?",
        deleteCustomers((c) => of('Nadia', 'Lost')(c) && ['Hardware', 'Software'].includes(c.product_interest)),
      ],
      ['Erase the customer with the e-mail jordan.jones@pointelectronics.com', deleteCustomers('Jordan Jones')],
      ["Delete Sofia's lost customers without a phone number", deleteCustomers((c) => of('Sofia', 'Lost')(c) && c.customer_phone === '')],
    ],
    'crm create': [
      ['Create a new lead Pat Morrison and give it to Lena', addCustomer({ customer_name: 'Pat Morrison', assigned_to_email: at('lena'), status: 'Lead' })],
      ['New lead for Sofia: Robin Castle. Please add them.', addCustomer({ customer_name: 'Robin Castle', assigned_to_email: at('sofia'), status: 'Lead' })],
      [
        'Put Drew Hartley into the crm as a qualified customer owned by Akira',
        addCustomer({ customer_name: 'Drew Hartley', assigned_to_email: at('akira'), status: 'Qualified' }),
      ],
      [
        'Please register a lead named Toni Bergmann for Nadia, interested in consulting',
        addCustomer({ customer_name: 'Toni Bergmann', assigned_to_email: at('nadia'), status: 'Lead', product_interest: 'Consulting' }),
      ],
      [
        'Add a new lead called Billie Frost with the phone number 415-555-0134, assigned to Raj',
        addCustomer({ customer_name: 'Billie Frost', assigned_to_email: at('raj'), status: 'Lead', customer_phone: '415-555-0134' }),
      ],
    ],
    'crm assign': [
      ['Please hand Jessie Wilson over to Nadia', setCustomers('Jessie Wilson', { assigned_to_email: at('nadia') })],
      ['Reese Thomas should belong to Akira from now on', setCustomers('Reese Thomas', { assigned_to_email: at('akira') })],
      ['Make Raj the owner of Cameron Jones', setCustomers('Cameron Jones', { assigned_to_email: at('raj') })],
      ['give Cameron Jackson to sofia pls', setCustomers('Cameron Jackson', { assigned_to_email: at('sofia') })],
      [
        'Assign Riley Anderson and Angel Harris to Lena',
        [...setCustomers('Riley Anderson', { assigned_to_email: at('lena') }), ...setCustomers('Angel Harris', { assigned_to_email: at('lena') })],
      ],
      ['Transfer every customer of Sofia in the proposal stage to Akira', setCustomers(of('Sofia', 'Proposal'), { assigned_to_email: at('akira') })],
      ['Nadia is leaving. Give all her qualified customers to Raj.', setCustomers(of('Nadia', 'Qualified'), { assigned_to_email: at('raj') })],
      ['plese reasign Jessie Johnson to Raj', setCustomers('Jessie Johnson', { assigned_to_email: at('raj') })],
      [
        'Sofia takes over all leads from Lena which are interested in services',
        setCustomers(of('Lena', 'Lead', 'Services'), { assigned_to_email: at('sofia') }),
      ],
      ['Move all customers of Raj that are not won to Nadia', setCustomers((c) => of('Raj')(c) && c.status !== 'Won', { assigned_to_email: at('nadia') })],
    ],
    'crm change': [
      ['Mark Casey Anderson as qualified', setCustomers('Casey Anderson', { status: 'Qualified' })],
      ['Morgan White signed today! Set them to won.', setCustomers('Morgan White', { status: 'Won' })],
      ['Change the status of Jamie Harris to Proposal', setCustomers('Jamie Harris', { status: 'Proposal' })],
      ["Update Jordan Williams' phone number to 202-555-0171", setCustomers('Jordan Williams', { customer_phone: '202-555-0171' })],
      ['set the follow up date of Morgan Garcia to December 8', setCustomers('Morgan Garcia', { follow_up_by: '2023-12-08' })],
      ['Taylor Thomas is now interested in services, please update that', setCustomers('Taylor Thomas', { product_interest: 'Services' })],
      ['Change product interest of Shannon Williams to Hardware', setCustomers('Shannon Williams', { product_interest: 'Hardware' })],
      [
        "Put all of Lena's qualified customers interested in training into the proposal stage",
        setCustomers(of('Lena', 'Qualified', 'Training'), { status: 'Proposal' }),
      ],
      [
        'Move all leads we have not contacted in 6 weeks to lost',
        setCustomers((c) => c.status === 'Lead' && c.last_contact_date < '2023-10-19', { status: 'Lost' }),
      ],
      ["Akira's proposals for services went nowhere. Set them to lost, please.", setCustomers(of('Akira', 'Proposal', 'Services'), { status: 'Lost' })],
      ['Set Avery Davis to lost and reassign them to Raj', setCustomers('Avery Davis', { status: 'Lost', assigned_to_email: at('raj') })],
      ["Change Avery Jones' email to avery@bioglobal.com", setCustomers('Avery Jones', { customer_email: 'avery@bioglobal.com' })],
    ],
  }
}
