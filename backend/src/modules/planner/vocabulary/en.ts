import { englishCommonWords } from './en-common-words.ts'
import { englishConcepts } from './en-concepts.ts'
import { englishCues } from './en-cues.ts'
import { englishDialogue } from './en-dialogue.ts'
import { englishExamples, englishFollowUpExamples, englishTimeExamples } from './en-examples.ts'
import { englishFunctionWords } from './en-function-words.ts'
import { englishMoney } from './en-money.ts'
import { englishNumbers } from './en-numbers.ts'
import { englishRewrites } from './en-rewrites.ts'
import { englishTime } from './en-time.ts'
import type { Vocabulary } from './vocabulary.ts'

function plural(noun: string): string {
  if (/(?:[sxz]|ch|sh)$/.test(noun)) return `${noun}es`
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`
  return `${noun}s`
}

/** English. */
export const english: Vocabulary = {
  language: 'en',
  plural,
  irregularPlurals: {
    person: 'people',
    'sales person': 'sales people',
    salesperson: 'salespeople',
    staff: 'staff',
    equipment: 'equipment',
    'person in charge': 'people in charge',
    'person responsible': 'people responsible',
  },
  entities: {
    organisations:
      'site|premises|organisation|organization|company|account|firm|business|org|corporation|employer|institution|client company|customer account|co',
    contacts: 'subscriber|folk|contact|contact list|contacts list|person|individual|contact person|contact record',
    leads: 'lead|prospect|enquirer',
    opportunities: 'opportunity|deal|opp|oppty|sales opportunity|potential sale',
    pipelines: 'pipeline|sales pipeline|funnel|sales funnel',
    stages: 'stage|pipeline stage|deal stage|sales stage',
    products: 'product|item|article|sku|good',
    orders: 'order|purchase|invoice|sales order|purchase order|transaction',
    order_lines: 'order line|line item|order item|invoice line',
    quotes: 'quote|quotation|price quote|sales quote|price quotation',
    quote_lines: 'quote line|quotation line|quote item|quote line item|quotation line item',
    tasks: 'reminder|task|to do|todo|action item|chore|follow up|to do item',
    events: 'calendar|agenda|schedule|diary|event|meeting|appointment|calendar event|calendar entry|phone call|call|calendar item',
    notes: 'note|memo|comment|remark',
    emails: 'email|e mail|mail|email message|message',
    users:
      'performer|owner|rep|sales rep|user|salesperson|sales person|account manager|team member|colleague|account owner|seller|account executive|employee of ours|agent|representative|sales representative|deal owner|record owner|assignee|person in charge|person responsible',
    tags: 'tag',
  },
  customers: 'customer|client|spender|buyer|shopper|purchaser|patron',
  genericFigures: 'size|value|worth|amount|dollar value|total|price|values|amounts|sizes',
  fields: {
    name: 'full name',
    first_name: 'given name|forename',
    last_name: 'surname|family name',
    email: 'email address|e mail address|mail address|email id|email|e mail|email contact|mail|contact email',
    phone:
      'whose number is|whose phone number is|how can i phone|how can i call|how do i call|how do i phone|how can i ring|how can we call|what number can i reach|what number can i call|what number do i call|on what number can i reach|which number can i reach|how can i reach|how do i reach|how to reach|how can we reach|phone|phone number|telephone|telephone number|tel|contact number|landline|number to call|contact details|phone no|office number',
    mobile: 'mobile|mobile number|mobile phone|cell|cell phone|cellphone|cell number',
    title: 'job title|position|job|function|job role',
    organisation: 'employer|workplace',
    street: 'street address|address|postal address|mailing address',
    postcode: 'zip|zip code|postal code|post code',
    city: 'town|location',
    state: 'province|us state|region',
    country: 'nation|country',
    date_of_birth: 'birthday|birth date|date of birth|birthdate|dob',
    last_contacted_at:
      'last contacted date|date last contacted|contacted date|last contact|last contact date|last contacted|last touch|last touched|last contact time',
    source: 'lead source|channel|origin|acquisition channel|contact source',
    owner: 'account owner|deal owner|account manager',
    industry: 'sector|vertical|line of business|branch',
    size: 'employ|employs|employing|employes|employess|employees|employee count|headcount|number of employees|company size|staff|staff count|staff size|workers|head count',
    domain: 'website|web site|web address|url|homepage',
    rating: 'lead score|score|lead rating|rated|stars|star rating',
    status: 'lead status|task status|lead statuses|task statuses|statuses',
    value: 'deal value|deal size|worth|amount|opportunity value|opportunity amount|deal amount|dollar value|ticket size',
    forecast_close_date:
      'close date|expected close|expected close date|closing date|forecast date|forecasted date|forecast close date|forecasted close date|target close date|estimated close date|projected close date|expected closing date|forecast close',
    actual_close_date: 'actual close date|closed date|date closed|date it closed|won date',
    probability:
      'win probability|likelihood|chance|win chance|odds|close probability|probability of winning|confidence|chance of winning|chances of winning|likelihood of winning|odds of winning|chance to win|probability to win|chance of success|chance of closing|likelihood of closing|probability of closing|chance of being won|likelihood to close',
    stage_changed_at: 'last stage change|stage change|stage change date',
    created_at: 'created|creation date|created date|date created|date added|age|created at|creation time',
    updated_at: 'updated|last updated|last update|last modified|modified date|last change|updated at',
    price: 'list price|unit price|cost to buy|retail price|selling price',
    cost: 'unit cost|cost price|purchase cost',
    stock:
      'inventory|in stock|stock level|stock quantity|units in stock|quantity in stock|units available|on hand|stock levels|units left|left in stock|remaining in stock',
    category: 'product category|type of product|product type|product group|product line',
    brand: 'manufacturer|make|product brand',
    total: 'order total|order value|order amount|invoice total|basket size|basket value|order size|invoice amount',
    line_count: 'number of lines|line count|lines|number of items|order lines',
    ordered_at: 'order date|date ordered|purchase date|ordered on|invoice date|date of order',
    order_id: 'order number|order id|invoice number|order no',
    quantity: 'units|qty|number of units|pieces|quantities',
    amount: 'line amount|line total|line value',
    quote_number: 'quote no|quote id|quotation number',
    expiration_date: 'expiration date|expiry date|expiry|expiration|expire|expires|expiring|valid until|validity',
    due_at: 'due date|deadline|due|due on|due time',
    completed_at: 'completion date|completed on|date completed|finish date',
    priority: 'prio|urgency|importance|priority level|priority',
    starts_at: 'start time|start date|start|starting time|meeting time',
    ends_at: 'end time|end date|end',
    attendees: 'participants|invitees|guests|attendance|attendee|participant',
    author: 'writer|written by',
    sent_at: 'sent date|date sent|send time',
    subject: 'subject line|topic',
    currency: 'currency',
    converted_at: 'conversion date|converted date|date converted',
    sku: 'code|product code|item code|article number|stock code',
    stage: 'deal stage|sales stage|pipeline stage|phase',
    external_id: 'external id|customer id|reference number|id number|external reference',
    tags: 'marked|marked as|flagged|flagged as|tag|label|tagged|tagged as|tagged with|labelled|labeled|with the tag|with tag',
    direction: 'email direction',
    customer: 'buyer',
    state_of_deal: 'deal state|outcome|result|deal status|state|status',
    body: 'content|text',
    place: 'where they are|location|located|address|based',
  },
  denials: 'un|non|in',
  lapsed: 'expired|lapsed|elapsed|ended',
  labelEndings: { date: 'date|day', number: 'count|counts|numbers', choice: 'type|types|kind|option' },
  measures: {
    revenue:
      'total order value|invoiced|billed|we invoiced|we billed|have we invoiced|have we billed|did we invoice|did we bill|business do we do with|business did we do with|business have we done with|business we do with|business we did with|what did we take in|how much did we take in|what did we bring in|how much did we bring in|did we take in|have we taken in|we took in|did we bring in|we brought in|have we brought in|did we bank|we banked|have we banked|did we rake in|money|money we made|money did we make|did we make|did we earn|money we earned|money have we made|we made|we earned|revenue|sales|turnover|spend|spending|spent|net sales|income|sales revenue|earnings|total sales|net revenue|sales volume|sales figures|money spent|takings|purchase volume|order revenue|sales numbers|lifetime value|purchase amount',
    pipelineValue:
      'money is in the pipeline|money is in our pipeline|money do we have in the pipeline|is our pipeline worth|is the pipeline worth|is in our pipeline|is in the pipeline|do we have in the pipeline|pipeline value|total pipeline|total open pipeline|value of the pipeline|value of our pipeline|pipeline worth|pipeline amount|open pipeline value|open pipeline|pipeline total|worth of the pipeline|worth of our pipeline|size of our pipeline|size of the pipeline|pipeline size|value in the pipeline|money in the pipeline',
    quantity:
      'units of|how many units of|how many pieces of|how many licenses of|how many licences of|number of units of|units sold|quantity sold|pieces sold|number of units sold|items sold|sold units|unit sales|volume sold|copies sold',
    winRate:
      'close rate of|close rate for|closing rate of|closing rate for|hit rate of|hit rate for|success rate of|success rate for|winning rate of|winning rate for|win rate of|win rate for|win rate|win rates|win rates of|close rates|success rates|win ratio|winning rate|close rate|closing rate|success rate|winrate|win percentage|winning percentage|hit rate|win loss ratio|batting average|closing ratio',
    forecast:
      'forecast|forecasts|sales forecast|revenue forecast|deal forecast|pipeline forecast|forecast for deals|forecasted revenue|forecasted sales|projected revenue|projected sales|expected revenue|expected sales|expected income|expected value|revenue projection|sales projection|projection|projections|weighted forecast|predicted revenue|predicted sales|revenue outlook|sales outlook|outlook|how much will we close|how much will we win|how much will we make|how much revenue will we make|how much money will we make|how much are we going to close|how much are we going to make|how much should we close|what will we close|what do we expect to close|what are we expecting to close|what are we going to close|how much do we expect to close|how much do we expect to win|what do we expect to win|expect to win|what can we expect to win|how much do we expect|how much money do we expect|how much revenue do we expect|how much revenue can we expect|how much can we expect|how much is expected to close|what is expected to close|how much is forecast to close|how much is due to close|what are we forecasting|what revenue do we expect|what revenue can we expect|what sales do we expect|how much will come in|how much money will come in|how much will our deals bring|forecast our revenue|forecast revenue|forecast sales',
    weightedValue:
      'pipeline weighted by probability|pipeline weighted|pipeline value weighted by probability|open pipeline weighted by probability|weighted by probability|weighted by their probability|probability weighted|weighted|weighted value of the open pipeline|weighted value of our open pipeline|weighted value of open pipeline|weighted pipeline|weighted pipeline value|weighted value|weighted deal value|probability weighted pipeline|probability weighted value|risk adjusted pipeline|weighted value of the pipeline|weighted value of our pipeline|weighted open pipeline|weighted amount|expected pipeline value|weighted total|weighted revenue',
    lossRate: 'loss rate of|loss rate for|loss rate|lose rate|losing rate|lost rate|loss ratio|loss percentage|failure rate',
    cycleDays:
      'how long it takes us to win a deal|how long it takes us to win|how long it takes to win|how long it takes us to close|how many days it takes us to win|how many days it takes us to close|how many days it takes to win|how many days it takes to close|how many days on average does it take to win|how many days on average does it take to close|how many days does it take on average to win|how many days does it take on average to close|how many days does it take us to win|how many days does it take us to close|days from creation to win|days from creation to winning|days from creation to close|days from creation to closing|time from creation to win|time from creation to close|time from creation to closing|days between creation and closing|days between creation and close|number of days from creation to win|number of days from creation to close|sales cycle|cycle time|sales cycle length|deal cycle|time to close|length of the sales cycle|length of our sales cycle|days to close|sales cycle time|time to win|deal cycle time|closing time|sales cycle duration|how long does it take us to win|how long does it take to win|how long does it take to close|how long does it take us to close|how long do our deals take to close|how long do deals take to close|how long do we take to close|how long until we win|how long does it take us to win a deal|how long does it take to close a deal|average time to close|average time to win|how long does a deal take|how long do deals take|how long is our sales cycle|how long is the sales cycle|time it takes to close|time it takes to win|how long it takes to close|how many days does it take to close|how many days does it take to win|days until a deal is won|how many days until a deal is won|how long until a deal is won|time until a deal is won|until a deal is won|until a deal closes|until deals are won|how long does a won deal take|how long do won deals take|how long did won deals take|days from creation to close|time from creation to close|days between creation and close|days from created to won|how long does it take us on average to win|how long does it take on average to win|how long on average does it take to win|how long does it take us on average to close|how long does it take on average to close|how long on average does it take to close|how long does it usually take to close|how long does it usually take to win|days from creation to won|average days to close|average days to win',
    conversionDays:
      'how long it takes us to convert|how long it takes to convert|how many days it takes to convert|how many days on average does it take to convert|how long on average does it take to convert|on average how long does it take to convert|how long does it take on average to convert|how long does it take us on average to convert|how many days does it take on average to convert|how many days does it take us to convert|how long does it usually take to convert|conversion time|lead conversion time|time to convert|time to conversion|days to convert|days to conversion|time it takes to convert|how long does it take to convert|how long does it take us to convert|how long do we take to convert|how long do leads take to convert|how long do our leads take to convert|how long does a lead take to convert|how long until a lead converts|how long does it take until a lead converts|how long does it take for a lead to convert|how many days does it take to convert|how many days do leads take to convert|how many days until a lead converts|how many days until leads convert|time from lead to conversion|days from lead to conversion|time from creation to conversion|days from creation to conversion|days between creation and conversion|time between creation and conversion|average time to convert|average days to convert|average time to conversion|average conversion time',
    conversionRate:
      'conversion from lead to customer|lead to customer conversion|conversion of leads to customers|conversion of leads|conversion rate of|conversion rate for|conversion rate|lead conversion rate|lead conversion|conversion ratio|rate of conversion|conversion percentage|conversion',
    averageOrder:
      'average order value|aov|average basket|average basket size|average basket value|mean order value|average order size|average order|average invoice|average purchase|avg order value|typical order',
    averageDeal:
      'average deal size|average deal value|average opportunity value|mean deal size|mean deal value|avg deal size|avg deal value|average deal|typical deal size|average opportunity size|average ticket size|typical deal',
  },
  states: {
    open: 'we are working on|are we working on|being worked on|in the works|in flight|are opened|is opened|still opened|open|ongoing|active deal|in progress deals|still open|outstanding|unfinished|not yet closed|undecided|not yet decided|not decided yet|still undecided|in play|live|running|currently open|pending|incomplete|undone|unresolved|not done|left|left over|left to do|still left',
    won: 'won|closed won|successful|we won|closed as won|landed|sealed|signed|win|wins|winning',
    lost: 'went south|gone south|fell through|fallen through|fell apart|slipped away|got away|lost|closed lost|unsuccessful|we lost|closed as lost|failed|losses|loss|losing',
    closed: 'closed|already closed|finalised|finalized|decided',
    accepted: 'accepted',
    declined: 'declined|rejected|turned down',
    expired: 'expired|lapsed',
    abandoned: 'abandoned|dropped|given up',
    suspended: 'suspended|on hold|paused|parked',
    stalled:
      'stalled|stuck|stale|dormant deals|gone quiet|stagnant|idle|gone cold|rotting|in the same stage|sitting in the same stage|sat in the same stage|have sat in the same stage|been sitting in the same stage|sitting there in the same stage|stayed in the same stage|unchanged in the same stage|still in the same stage',
    overdue:
      'became overdue|become overdue|fell overdue|went overdue|gone overdue|should have finished|should have done|should have completed|should have been finished|should have been done|should have been completed|ought to have finished|ought to have done|was supposed to finish|were supposed to finish|should already have finished|should already have done|should have finished already|should have done already|not closed by their forecast date|not closed by their forecast close date|not closed by their close date|not closed by their expected close date|not closed on time|passed their forecast close date|have passed their forecast close date|passed its forecast close date|has passed its forecast close date|passed their close date|have passed their close date|has passed its close date|passed its close date|gone past their close date|beyond their close date|exceeded their close date|past their forecast date|should have closed by now|should have closed|should have been closed|should have been closed by now|should already have closed|should already be closed|missed their close date|missed the close date|missed their forecast date|missed its close date|slipped|slipping|slid|overdue|past due|late|past their due date|past deadline|past the deadline|behind schedule|delayed|past its due date|past the due date|past their deadline|past their close date|past their forecast close date|past their expected close date|past the close date|past its close date|past their closing date',
    unassigned:
      'not yet assigned to anyone|not yet assigned to anybody|not yet assigned|not assigned yet|not been assigned|have nobody responsible for|has nobody responsible for|have no one responsible for|with nobody responsible for|nobody is responsible for|no one is responsible for|nobody looks after|nobody is looking after|no one looks after|no one is looking after|noone looks after|noone is looking after|nobody takes care of|no one takes care of|nobody is taking care of|no one is taking care of|nobody is in charge of|no one is in charge of|nobody handles|no one handles|nobody is handling|no one is handling|nobody is assigned to|no one is assigned to|noone is assigned to|assigned to nobody|assigned to no one|owned by nobody|owned by no one|unassigned|unowned|ownerless|not assigned|without owner|not assigned to anyone|not assigned to anybody|nobody owns|nobody own|nobody works on|nobody work on|no one works on|no one work on|nobody is working on|no one is working on|does nobody work on|does no one work on|no one own|noone owns|does nobody own|does no one own|no one owns|orphaned|not owned by anyone|unallocated|not owned|without an owner|that nobody owns|have no one assigned|has no one assigned|have nobody assigned|has nobody assigned|have no one assigned to them|with no one assigned|with nobody assigned',
    atRisk:
      'at risk|in danger|in jeopardy|endangered|risky|shaky|in trouble|at risk of being lost|at risk of slipping|might lose|might be lost|we might lose|we may lose|likely to be lost|likely to lose|likely lose|most likely to lose|most likely to be lost|most at risk|in danger of losing|at risk of losing|could lose|likely to slip|jeopardised|jeopardized',
    closingSoon:
      'closing soon|close soon|closing shortly|due to close soon|about to close soon|soon to close|will close soon|expected to close soon|closing in the near future|near closing|close to closing|up for closing soon',
    closing:
      'should be closed|to be closed|must be closed|shall be closed|have to be closed|has to be closed|need to be closed|needs to be closed|will be closed|are to be closed|is to be closed|expecting to close|we expect to close|we expect|anticipated to close|closing|expected to close|due to close|forecast to close|forecasted to close|about to close|set to close|scheduled to close|will close|should close|going to close|likely to close|to close|projected to close|supposed to close|slated to close|up for closing|expected to be closed|closing dates',
    closedOn: 'closed on',
    inactive:
      'no longer sell|no longer sold|do not sell any more|do not sell anymore|not sell any more|not sell anymore|not sold any more|not sold anymore|stopped selling|no longer offer|no longer offered|do not offer any more|do not offer anymore|not offer any more|not offer anymore|not offered any more|not offered anymore|stopped offering|no longer stock|no longer stocked|do not stock any more|do not stock anymore|not stock any more|not stock anymore|not stocked any more|not stocked anymore|stopped stocking|no longer carry|no longer carried|do not carry any more|do not carry anymore|not carry any more|not carry anymore|not carried any more|not carried anymore|stopped carrying|no longer selling|not selling any more|not selling anymore|taken off the list|phased out|withdrawn from sale|inactive|dormant|discontinued|disabled|deactivated|not active|archived',
    active: 'active|enabled|available',
    converted: 'converted|have converted|have been converted|has been converted',
    unconverted: 'unconverted|not converted|not yet converted|unconverted yet|haven not converted',
    completed: 'completed|finished|done|complete|resolved|ticked off|accomplished',
    upcoming: 'still to come|yet to come|yet to happen|still ahead|upcoming|coming up|future|scheduled|planned|forthcoming|coming|lined up|next up',
    past: 'past|previous events|already happened|already held',
    inbound: 'inbound|incoming|received|we received|i received|we got',
    outbound: 'did we email|have we emailed|we emailed|did we mail|we mailed|did we write to|we wrote to|have we written to|outbound|outgoing|sent out|we sent',
    outOfStock:
      'out of stock|are we out of|we are out of|have we run out of|did we run out of|have run out|ran out of|sold out|no stock|not in stock|unavailable|no longer in stock',
    inStock: 'in stock|left|left in stock|still in stock|remaining in stock|on stock|available in stock',
    lowStock: 'low stock|low on stock|running low|running out|nearly out of stock|almost out of stock',
    returned: 'returned|returns|refunds|refunded|return|sent back|refund',
    repeat: 'repeat|returning|repeated|loyal',
    neverSold: 'unsold',
    untagged: 'untagged',
    todo: 'plate|to be done|to do list|todo list|list of things to do|got to do|have to do|has to do|need to do|needs to do|must do|has got to do|have got to do|left to do|still to do|supposed to do',
  },
  verbs: {
    create:
      'bring on board|brought on board|take on board|took on board|brought on|reached us|reach us|reached out to us|came to us|come to us|found us|approached us|got in touch with us|opened|create|created|add|added|entered|registered|signed up|joined|new|created new|came in|come in|coming in|logged|opened up|recorded|onboarded|newly created|newly added|acquire|acquired|recently added|recently created|gained|gain|set up|generate|generated|brought in|get created|captured|capture|arrive|arrived|since added',
    close: 'close|closes|closed',
    win: 'win|wins|won|landed|signed|bring home|brought home|bag|bagged|land|clinch|clinched|nail down|sign|expect to win',
    lose: 'lose|loses|lost|loose|looses',
    buy: 'buy|bought|buys|buying|purchase|purchased|purchases|order|ordered|orders|ordering|shopped|shop|bought something|bought anything|place|placed an order|placed orders|place an order|placed|made a purchase|purchase anything|order anything|buy anything|made an order|ordered something|ordered anything|order something|ever ordered|ever bought|acquired from us|did we book|we booked|have we booked|did we take|we took|have we taken|did we receive|we received|have we received',
    sell: 'bring in|brought|brings in|rake in|rakes in|pull in|pulls in|sell|sold|selling|sells',
    spend: 'spend|spent|spends|paid|pay|pays|paying|spending',
    contact:
      'contacted|reach|reached|reached out|reach out|talked|talked to|spoken|spoke|spoken to|spoke to|spoke with|spoken with|speak with|talk with|talked with|chat with|chatted with|chatted to|in touch|been in touch|called|touched base|heard from|been contacted|touched|get in touch|got in touch|communicated|communicated with|contacted last|followed up with|talk to|speak to|met with',
    convert: 'convert|converts|convert to|get converted|got converted|been converted',
    complete: 'complete|completes|finish|finishes|got done|got finished|get done|been completed',
    due: 'expected|anticipated|due|falls due|fall due|have to be done|must be done|expire|expires|due by|need to be done',
    start:
      'start|hold|holds|starts|starting|begin|begins|beginning|take place|takes place|happen|happens|happening|held|take place on|took place|happened|occurs|occurred|occur|scheduled for|scheduled on|booked|scheduled|going on|planned for',
    send: 'send|sends|sent|write|writes|emailed|mailed',
    author: 'has written|have written|write|writes|wrote|written|written by|authored|authored by|left by|posted by|wrote down|leave|took|note down|noted down',
    receive:
      'gets|receiving|did we receive|have we received|did i receive|emailed us|email us|emails us|mail us|write to us|write us|wrote to us|wrote us|sent us|mailed us|written to us|send us|receive|receives|received|got|get',
    update: 'update|updated|modify|modified|change|changed|edited|edit|touch',
    stageChange:
      'movement|any movement|stage movement|any progress|moved to another stage|moved to other stage|moved to a new stage|moved to the next stage|went to another stage|changed to another stage|changed stage|change stage|moved stage|move stage|moved stages|stage changed|changed stages|progressed|advanced|moved',
    work: 'work|works|working|employed|work for|works for|work at|works at|working at|working for|employed at|employed by|belong to|belongs to|belonging to|with the company',
    own: 'own|owns|owned|owned by|manage|manages|managed|managed by|handle|handles|handled|handled by|assigned|assigned to|assign to|responsible for|responsible|look after|looks after|looking after|looked after by|belong|in charge of|taking care of|takes care of|run|runs|run by|working on|works on|has on their plate|in the hands of|responsible person|under|overseen by|is working|worked by|led by|carried by|assigned with',
    live: 'live|lives|living|located|based|situated|located in|based in|headquartered|living in|reside|residing|come from|comes from|resident in|sit|sits|hq in|based out of',
    attend: 'attend|attended|attending|attends|invited|invited to|participate|participated|participating|take part|took part|participates|joining',
    mention:
      'mention|mentions|mentioned|mentioning|complain about|complains about|complained about|complaining about|complain of|talk about|talks about|talked about|talking about|wrote about|write about|asked about|ask about|worried about|unhappy with|unhappy about|concerned about|comment on|commented on|said about|say about|speak about|spoke about|said something about|say something about|said anything about|say anything about|says something about|something about|anything about',
    born: 'born|born in|birthday in',
    cost: 'charge|charges|cost|costs|costing|priced|priced at|price|sell for|sells for|is sold for',
    worth: 'worth|valued|valued at|worth of',
    interested: 'interested|interested in|interest in|interest|looking for|wants',
    relate: 'related|related to|linked|linked to|concerning|regarding|associated with|connected to|attached to|attached|connected with|tied to|associated',
  },
  cues: englishCues,
  commonWords: englishCommonWords,
  concepts: englishConcepts,
  ...englishFunctionWords,
  ...englishTime,
  ...englishNumbers,
  ...englishMoney,
  ...englishRewrites,
  dialogue: englishDialogue,
  examples: englishExamples,
  timeExamples: englishTimeExamples,
  followUpExamples: englishFollowUpExamples,
}
