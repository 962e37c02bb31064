import type { Wish } from './office-desk.ts'
import { both, either, not, type OtherwiseDesk } from './otherwise-desk.ts'

/** What people want done with their customers. */
export function otherwiseCustomers({ deleteCustomers, setCustomers, of, to, lead, called, lastBefore }: OtherwiseDesk): Wish[] {
  return [
    ["Casey Thomas no longer needs to be in our system - could you see to it that they're removed?", deleteCustomers('Casey Thomas')],
    ["I'd like both Angel Anderson and Shannon Jackson struck from the crm.", deleteCustomers(called('Angel Anderson', 'Shannon Jackson'))],
    [
      "We've decided that Sofia's lost consulting customers aren't worth keeping. Go ahead and delete them.",
      deleteCustomers(of('sofia', 'Lost', 'Consulting')),
    ],
    ["As part of our clean-up, drop everybody who's lost, belongs to Nadia and was looking for training.", deleteCustomers(of('nadia', 'Lost', 'Training'))],
    [
      'Lost customers whose last contact was before October 8 can be deleted, whoever owns them.',
      deleteCustomers(both(of(undefined, 'Lost'), lastBefore('2023-10-08'))),
    ],
    ["Remove Akira's lost software customers, apart from Jamie White.", deleteCustomers(both(of('akira', 'Lost', 'Software'), not(called('Jamie White'))))],
    [
      "Please bin the won training customers of Raj's that we last spoke to before October 15",
      deleteCustomers(both(of('raj', 'Won', 'Training'), lastBefore('2023-10-15'))),
    ],
    [
      "I need you to take out every lost customer of Akira's who wanted hardware or services.",
      deleteCustomers(either(of('akira', 'Lost', 'Hardware'), of('akira', 'Lost', 'Services'))),
    ],
    ['Met a certain Jules Novak at the fair. Could you make a lead of them and let Nadia have it?', lead('Jules Novak', 'nadia')],
    ["Pop Ashley Grant into the crm as a fresh lead, Raj's the one who'll deal with them.", lead('Ashley Grant', 'raj')],
    ["There's a new lead, Corey Lambert. Sofia should be the one in charge; please record that in the crm.", lead('Corey Lambert', 'sofia')],
    [
      "It'd be great if you could enter Emerson Vale (emerson.vale@brightwork.com) as a lead for Lena.",
      lead('Emerson Vale', 'lena', { customer_email: 'emerson.vale@brightwork.com' }),
    ],
    [
      'New prospect on the line: Skyler Boone, wants software. Put them down as a lead with Akira.',
      lead('Skyler Boone', 'akira', { product_interest: 'Software' }),
    ],
    ['Add two leads for Raj: Dana Whitlock and Peyton Marsh', [...lead('Dana Whitlock', 'raj'), ...lead('Peyton Marsh', 'raj')]],
    [
      "Please create Lindsay Roper as a qualified customer for Nadia, they're interested in consulting.",
      lead('Lindsay Roper', 'nadia', { status: 'Qualified', product_interest: 'Consulting' }),
    ],
    [
      "Could someone get Micah Trent, phone 555-010-3344, set up in the crm as a lead of Sofia's?",
      lead('Micah Trent', 'sofia', { customer_phone: '555-010-3344' }),
    ],
    ['Register a lead called Noel Vance for whoever has the fewest leads', lead('Noel Vance', 'sofia')],
    ['Kerry Martin would be better off with Sofia, could you switch that?', setCustomers('Kerry Martin', to('sofia'))],
    ["Lena's got too much on, so Raj is going to look after Riley Moore from here on.", setCustomers('Riley Moore', to('raj'))],
    ['Dakota Taylor: new owner Nadia', setCustomers('Dakota Taylor', to('nadia'))],
    ["I promised Sofia she'd get Shannon Brown. Can you sort that out in the crm?", setCustomers('Shannon Brown', to('sofia'))],
    ['Taylor Jones and Jessie Jones ought to be under Raj.', setCustomers(called('Taylor Jones', 'Jessie Jones'), to('raj'))],
    ["Angel Thompson isn't Lena's any longer, Sofia is taking them on.", setCustomers('Angel Thompson', to('sofia'))],
    ["Could Lena's consulting leads be passed on to Akira, please?", setCustomers(of('lena', 'Lead', 'Consulting'), to('akira'))],
    [
      "As of today Nadia deals with the services leads that used to be Akira's. Make it so in the crm.",
      setCustomers(of('akira', 'Lead', 'Services'), to('nadia')),
    ],
    ["Let's have Raj look after every lead of Sofia's who's into training", setCustomers(of('sofia', 'Lead', 'Training'), to('raj'))],
    ["Lena would like to have Nadia's proposals for training; reassign them to her.", setCustomers(of('nadia', 'Proposal', 'Training'), to('lena'))],
    [
      "Split up Raj's leads: those interested in software go to Sofia, those interested in training go to Lena.",
      [...setCustomers(of('raj', 'Lead', 'Software'), to('sofia')), ...setCustomers(of('raj', 'Lead', 'Training'), to('lena'))],
    ],
    ["If Raj has more leads than Akira, hand Raj's consulting leads to Akira.", setCustomers(of('raj', 'Lead', 'Consulting'), to('akira'))],
    ['Angel Williams has said yes, so put them down as won.', setCustomers('Angel Williams', { status: 'Won' })],
    ['Bad news: Casey Brown picked somebody else. Set them to lost.', setCustomers('Casey Brown', { status: 'Lost' })],
    ['Please bump Rahul Davis up to qualified.', setCustomers('Rahul Davis', { status: 'Qualified' })],
    ['Jessie Wilson wants an offer from us, so they belong in the proposal stage now.', setCustomers('Jessie Wilson', { status: 'Proposal' })],
    [
      "All of Akira's services proposals that have gone quiet for 5 weeks are to be marked lost",
      setCustomers(both(of('akira', 'Proposal', 'Services'), lastBefore('2023-10-26')), { status: 'Lost' }),
    ],
    ['Lena closed all her training proposals - they should be won now', setCustomers(of('lena', 'Proposal', 'Training'), { status: 'Won' })],
    ["Turn Sofia's consulting lead into a qualified customer", setCustomers(of('sofia', 'Lead', 'Consulting'), { status: 'Qualified' })],
    [
      "Customers in qualified that nobody's contacted since October 10 should be put on lost.",
      setCustomers(both(of(undefined, 'Qualified'), lastBefore('2023-10-10')), { status: 'Lost' }),
    ],
    ["Kerry Thomas has changed numbers: it's 780-784-2499 now.", setCustomers('Kerry Thomas', { customer_phone: '780-784-2499' })],
    [
      'You can reach Jamie White at jamie@wavecloud.com from now on, please fix the email',
      setCustomers('Jamie White', { customer_email: 'jamie@wavecloud.com' }),
    ],
    ['Could we follow up with Morgan Garcia a week later than planned?', setCustomers('Morgan Garcia', { follow_up_by: '2023-11-17' })],
    [
      "Let's get back to all of Raj's training proposals on December 19 - put that in as their follow-up date",
      setCustomers(of('raj', 'Proposal', 'Training'), { follow_up_by: '2023-12-19' }),
    ],
    ['Peyton Anderson is no longer after training but after services', setCustomers('Peyton Anderson', { product_interest: 'Services' })],
    ['Should Dakota Thompson still be qualified, move them on to proposal.', setCustomers('Dakota Thompson', { status: 'Proposal' })],
    [
      "If Jamie Anderson hasn't been contacted since November 15, give them to Raj; otherwise leave them where they are.",
      setCustomers('Jamie Anderson', to('raj')),
    ],
    [
      'Has Taylor White been contacted in November? If so set their follow-up to December 11, if not make them lost.',
      setCustomers('Taylor White', { follow_up_by: '2023-12-11' }),
    ],
    ['If there are fewer than 3 lost software customers, delete them.', []],
    ['If Raj owns Riley Wilson, hand them to Nadia', []],
    ["Remove Quinn Robinson if they've been lost", []],
  ]
}
