/** Sentences of the demo world. `{first}`, `{company}`, `{product}`, `{owner}`, `{number}`, `{amount}` and `{month}` are filled in. */
export const taskTitles: readonly string[] = [
  'Call {first} about the {product} quote',
  'Send datasheet for {product} to {company}',
  'Follow up with {company}',
  'Prepare proposal for {company}',
  'Check delivery date of {product} for {company}',
  'Book site survey at {company}',
  'Ask {first} for the purchase order',
  'Review contract terms with {company}',
  'Invite {first} to the webinar',
  'Update forecast for {company}',
  'Collect references for {company}',
  'Send calibration certificates to {first}',
  'Chase overdue invoice of {company}',
  'Plan pilot at {company}',
  'Return call from {first}',
  'Clarify network requirements with {first}',
  'Write minutes of the {company} meeting',
  'Thank {first} for the referral',
  'Renewal talk with {company}',
  'Arrange training for {company}',
]

export const eventTitles: readonly string[] = [
  'Demo of {product} for {company}',
  'Discovery call with {first}',
  'Site visit {company}',
  'Quarterly review {company}',
  'Lunch with {first}',
  'Contract negotiation {company}',
  'Technical workshop {company}',
  'Kick-off {company}',
  'Webinar: {product}',
  'Check-in with {first}',
  'Pricing call {company}',
  'Plant tour {company}',
]

export const noteTitles: readonly string[] = [
  'Call notes',
  'Meeting notes',
  'Site visit',
  'Pricing',
  'Technical questions',
  'Competition',
  'Feedback',
  'Next steps',
  'Complaint',
  'Good news',
]

export const notes: readonly string[] = [
  'Spoke with {first}: wants a pilot with {number} units of {product} before committing. Budget approval expected in {month}.',
  '{first} asked for a discount of {number} %, mentioned a cheaper offer from Velmark. I said we can talk once the volume is clear.',
  'Great call 🎉 {company} will roll out {product} to all plants if the pilot works. {first} is our champion.',
  'Left a voicemail, no answer. Second attempt this week.',
  'They run compressors from three vendors, "none of them talk to each other". Vibration data would help; temperature is nice to have.',
  'Security questionnaire received: 148 questions, due in two weeks. IT wants single sign-on and data in the region.',
  '{first} is leaving {company}; the new contact will be named after the reorganisation.',
  'Complaint about late delivery of {product}. Promised an answer by Friday, shipped the replacement ⚠️',
  'Delivery, terms and price agreed; waiting for the signature, which legal holds up.',
  'Visited the site: dusty, hot (48 °C) and no Wi-Fi near the tanks. An outdoor gateway will be needed.',
  'Calibration certificates must be ISO 17025. Sent a sample; {first} was happy with it 👍',
  'Competitor Sensatek is in the plant already, contract ends in {month}. They complain about support.',
  'Price is fine, but procurement insists on 90 days payment. I offered 45.',
  'Asked for a reference in the same industry. Proposed a call with a customer of ours.',
  '{company} had a motor failure last week that {product} would have caught. Downtime cost about {amount}.',
  'Not now: budget freeze until {month}. Keep warm, send the newsletter.',
  'Training for ten operators requested; two shifts, so two sessions.',
  'Battery life of the wireless sensors is the main worry. Sent the test report (5 years at one reading an hour).',
  'Wants everything in one contract: sensors, gateway, cloud. Preparing a bundle around {amount}.',
  'Renewal: usage is up by {number} %, they want to move to the next plan.',
  'Met at the trade fair, very interested in predictive maintenance; bring an engineer to the next call.',
  'GDPR question about operator names in the audit log; forwarded to our data protection officer.',
]

export const inboundMails: readonly (readonly [subject: string, body: string])[] = [
  [
    'Question about {product}',
    'Hello {owner},\n\ncould you tell us whether {product} works with Modbus TCP? We need {number} pieces by the end of {month}.\n\nKind regards\n{first}\n{company}',
  ],
  ['Quote request: {product}', 'Hi {owner},\n\nplease send us a quote for {number} x {product}, delivered to our main plant.\n\nBest\n{first}'],
  ['Re: Your proposal', 'Hi {owner},\n\nthanks for the proposal. Management likes it, but we need a better price for the second year.\n\n{first}'],
  [
    'Delivery delayed?',
    'Hello,\n\nour order should have arrived on Monday and the tracking has not moved since. Can you check, please? The line is waiting.\n\n{first}, {company}',
  ],
  ['Invoice does not match', 'Dear {owner},\n\nthe invoice shows {number} units, we received two fewer. Please send a corrected one.\n\nRegards\n{first}'],
  ['Meeting next week', 'Hi {owner},\n\nwould Tuesday or Wednesday work for you? One hour is enough.\n\n{first}'],
  [
    'Sensor offline',
    'Hi team,\n\ntwo of our {product} stopped reporting last night. The gateway light is green. What should we check first?\n\nThanks\n{first}',
  ],
  ['Purchase order attached', 'Hello {owner},\n\nplease find our purchase order attached. Confirm the delivery date, please.\n\n{first}\n{company}'],
]

export const outboundMails: readonly (readonly [subject: string, body: string])[] = [
  [
    'Your quote for {product}',
    'Hi {first},\n\nattached is the quote for {product}. It is valid for 30 days. Shall we talk it through on Thursday?\n\nBest regards\n{owner}',
  ],
  ['Thank you for the visit', 'Dear {first},\n\nthank you for showing us round {company}. As promised, here are the datasheets.\n\n{owner}'],
  ['Following up', 'Hi {first},\n\ndid you have a chance to look at our proposal? I am happy to answer questions.\n\n{owner}'],
  ['Renewal of your contract', 'Dear {first},\n\nyour subscription ends in {month}. I have attached the renewal with the same terms.\n\nKind regards\n{owner}'],
  [
    'Invitation: webinar on predictive maintenance',
    'Hi {first},\n\nwe show in 30 minutes how {product} finds a worn bearing weeks ahead. Would you like to join?\n\n{owner}',
  ],
]
