import type { Vocabulary } from './vocabulary.ts'

/** English words that carry the shape of a question. */
export const englishFunctionWords = {
  comparators: {
    gt: 'bigger as|larger as|greater as|higher as|more as|older as|longer as|more expensive than|costlier than|pricier than|dearer than|more valuable than|over|above|more than|more then|greater then|bigger then|larger then|higher then|older then|longer then|greater than|bigger than|larger than|higher than|exceeding|exceed|exceeds|in excess of|upwards of|upward of|north of|beyond|longer than|older than|better than|past|greater|>|exceeded|of more than|of over',
    gte: 'at least|no less than|not less than|minimum of|a minimum of|minimum|min|or more|and up|and above|from at least|or higher|or above|greater than or equal to|not below|>=|≥|no fewer than|not fewer than|or better|or greater|and higher|and more|plus|+|and over|or over|or bigger|or larger|and greater|a min of|not under',
    lt: 'smaller as|lower as|less as|fewer as|cheaper as|younger as|shorter as|less expensive than|less valuable than|under|below|less than|less then|fewer then|smaller then|lower then|cheaper then|younger then|fewer than|smaller than|lower than|cheaper than|younger than|not even|short of|beneath|<|south of|worth less than|of less than',
    lte: 'at most|no more than|not more than|maximum of|a maximum of|up to|maximum|or less|or below|or fewer|or lower|less than or equal to|not over|not above|<=|≤|not exceeding|tops|or under|and below|and under|or smaller|max|a max of|a maximum of|no greater than|no higher than|not over|not above|no larger than|capped at',
    eq: 'only|just|exactly|equal to|equals|equal|precisely|=|of exactly|just exactly',
    about: 'around|about|roughly|approximately|approx|circa|close to|something like|in the region of|in the ballpark of|nearly|almost',
    between: 'between|ranging from|in the range of|in the range|somewhere between|anywhere between|from between',
  },
  aggregates: {
    sum: 'add up to|adds up to|come to in total|amount to|amounts to|total up to|sum up to|total|sum|sum of|overall|sum up|add up|altogether|in total|combined|total of|total amount of|the sum|aggregate|totals|all together|grand total',
    avg: 'average|mean|avg|on average|averages|typical|average of|the average',
    min: 'minimum|min|the minimum|the min|minimum value of|smallest value of|lowest value of',
    max: 'maximum|max|the maximum|the max|maximum value of|highest value of',
    median: 'median|median of',
    countDistinct:
      'how many different|how many distinct|number of different|number of distinct|how many unique|number of unique|count of distinct|unique|distinct|different',
  },
  superlatives: {
    'measure desc':
      'biggest|largest|most valuable|highest value|top value|most lucrative|greatest|best|most expensive deal|highest valued|most significant|big|large|most worth|heaviest|top valued|most profitable|most important|juiciest|top dollar',
    'measure asc': 'smallest|least valuable|lowest value|tiniest|worst|lowest valued|weakest|poorest|minor',
    'time desc': 'newest|latest|most recent|recent|most recently|last created|freshest|most recently added|most recently created|newly|last added',
    'time asc': 'oldest|earliest|first created|longest standing|first ever|very first|oldest ever|first added',
    'price desc': 'most expensive|priciest|dearest|highest priced|costliest|expensive',
    'price asc': 'cheapest|least expensive|lowest priced|most affordable|cheap|inexpensive|most inexpensive',
    'count desc':
      'the most business|most business|most often|most frequently|most regularly|most common|most frequent|commonest|most frequently used|most popular choice of|busiest|the most|most|highest number of|largest number of|most of the|greatest number of|biggest number of|maximum number of|most number of|a lot of|lots of|many of the|most amount of|more than anyone|more than anybody|the highest number of|largest amount of|more than anyone else',
    'count asc':
      'least common|rarest|quietest|the fewest|fewest|fewest number of|lowest number of|smallest number of|the least|least|least number of|the lowest number of',
    'any desc':
      'highest|top rated|best rated|maximum of all|strongest|peak|hottest|better|tallest|widest|deepest|thickest|brightest|fastest|quickest|loudest|densest',
    'any asc': 'lowest|worst rated|lowest rated|coldest|worse|shallowest|narrowest|thinnest|lightest|slowest',
    'long desc': 'longest|for the longest time|the longest time|in the longest time|longest time|longest ago',
    'long asc': 'shortest',
    'sold desc':
      'best selling|bestselling|best seller|best sellers|bestseller|bestsellers|top selling|top seller|top sellers|most popular|most sold|most ordered|most bought|most purchased|most frequently ordered|hot selling|popular|best sold|top sold|sell best|sells best|sold best|sold the most|selling best|sell the most|sells the most|sold most|most frequently bought|fastest selling|most often bought|most often ordered',
    'sold asc':
      'worst selling|least popular|least sold|worst seller|worst sellers|slow selling|slowest selling|least ordered|poorest selling|sold least|sold the least|sells worst|least bought|slow moving|worst sold',
    'close asc': 'closing soonest|next to close|closest to closing|soonest to close|closing next',
    'next asc': 'next|upcoming next|very next',
    'due asc': 'most overdue|longest overdue|next due|most urgent deadline|soonest due|due next|due first|due soonest',
  },
  buckets: {
    day: 'by day|per day|daily|each day|by date|day by day|every day|for each day|a day|over days',
    week: 'by week|per week|weekly|each week|week by week|every week|for each week|a week|week over week',
    month:
      'by month|per month|monthly|each month|month by month|every month|for each month|month over month|over the months|a month|by calendar month|over time|by months|trend|development over time|trend over time|on a monthly basis|development|across months',
    quarter: 'by quarter|per quarter|quarterly|each quarter|quarter by quarter|every quarter|for each quarter|quarter over quarter|a quarter|by quarters',
    year: 'by year|per year|yearly|annually|each year|year by year|every year|for each year|annual|year over year|a year|by years|per annum',
  },
  asks: {
    who: 'who|whom|whose|who all|everyone|everybody|every one|which person|which people|anybody|anyone|somebody|someone',
    what: 'what|what all|what kind of|what sort of|what kinds of|what types of|what type of',
    which: 'which|which of|which of our|which of the|which of these|which one|which ones|what are the names of|names of|the names of|name of|name the',
    where: 'where|where about|whereabouts',
    when: 'when|what time|what date|since when|at what time|on what date',
    howMuch:
      'how much|how is much|how is much money|how much business|how much cash|how big|how large|how expensive|how valuable|how much money|what amount|how high|how many dollars|how many euros',
    howLong: 'how long|how many days|how quickly|how fast|how old|how soon',
  },
  shapes: {
    bar: 'bar chart|bar graph|as a bar chart|bars|in a bar chart|as bars|as a bar graph',
    line: 'line chart|line graph|as a line chart|as a line graph|in a line chart',
    pie: 'pie chart|as a pie chart|pie|as a pie|in a pie chart|donut chart',
    table: 'as a table|in a table|in table form|table|as table|tabular|in a list|as a list|as list|in list form|list view|spreadsheet',
    chart:
      'as a chart|as a graph|as chart|as graph|chart|graph|plot|visualise|visualize|visualisation|in a chart|in a graph|diagram|as a diagram|graphically|draw|make a chart|a chart of|graph of|chart of|plot of|a graph of|show as chart|turn into a chart|charted|histogram',
  },
  words: {
    count:
      'how many|how is many|number of|count|count of|the number of|the count of|how many of|amount of|quantity of|total number of|total count of|how many are there|what is the number of|no of|tally|what number of|total number|overall number of|counts of|counts|numbers of|head count of|a count of|how large a number of|how often|how many times|the total number of',
    share:
      'percentage|percent|percentage of|percentage of our|percentage of the|percentage of all|percent of|percent of our|percent of the|percent of all|share|share of|share of our|share of the|share of all|proportion of our|proportion of the|proportion of all|proportion|proportion of|fraction|fraction of|what part of|ratio of|ratio|portion of|what share of|what percentage of|what proportion of|rate of',
    top: 'top|number one|first|leading|foremost',
    group:
      'each of our people|each of our reps|each of our team|each of us|each one of us|every one of us|by|per|for each|for every|broken down by|break down by|breakdown by|grouped by|group them by|group it by|group those by|group these by|group that by|split them by|split it by|break them down by|break that down by|break it down by|broken down per|break down|group by|split by|split up by|segmented by|by each|each|in each|of each|across|per each|breakdown of|divided by|broken out by|breakdown per|according to|distribution of|distribution by|distribution across|distributed across|distributed by|distributed over|distributed among|spread across|spread over|spread out over|split across|split over|divided across|divided over|divided among|for the different|on each|from each|at each|does each|did each|categorised by|categorized by|every|breakdown across|sorted into|by different|has each|by the|breakdown|distribution|are in each',
    negation:
      'but leave out|leave out|but exclude|exclude|but skip|skip|but omit|omit|not including|not counting|without counting|save for|barring|are missing a|are missing an|is missing a|is missing an|missing a|missing an|not|nothing|false|unchecked|unticked|no|without|never|non|missing|lacking|excluding|all but|everything but|everything except|all except|all besides|anything but|except|except for|other than|outside|outside of|but not|lack|lacks|without any|without a|without an|without a single|do not have a single|does not have a single|did not have a single|have not a single|has not a single|have not got a single|has not got a single|have not had a single|has not had a single|have no|has no|having no|with no|no longer|apart from|minus|ignoring|with missing|with an empty|with empty|does not have|do not have|did not have|have not|has not|had not|nor|neither|zero|leaving out|absent|not a single|nobody|no one|noone|none of us|none of our|but no|yet to|have yet to|has yet to|rather than|aside from|do not|does not|did not|are not|is not|were not|was not|not been',
    empty:
      'empty|blank|is missing|are missing|not set|not known|unknown|not filled|not filled in|is not filled in|are not filled in|not been filled in|is not recorded|are not recorded|unset|is empty|is unknown|not given|left blank|is not set|nowhere to be found',
    me: 'my|for me|mine|of mine|of my own|me|i|myself|assigned to me|owned by me|my own',
    sort: 'sorted by|sort by|order by|ordered by|ranked by|rank by|sorted on|arranged by|sorted|ranked|in order of|ordered according to|sort|rank|sort them by|order them by|sorted according to|sort it by|sort that by|sort these by|arrange by|ranking by|sort those by',
    named: 'named|called|by the name of|with the name|with name|titled|entitled|known as|under the name|named as',
    contains:
      'containing the word|containing the words|contains the word|contain the word|mentioning the word|mention the word|starts with|begins with|start with|begin with|beginning with|ends with|ending with|ending in|end with|ends in|containing|contain|contains|mentioning|mention|mentions|mentioned|that mention|talking about|with the word|with the words|including the word|about the topic|about the subject|includes the word|with text|whose name contains|in whose|starting with|starts with the letter|start with the letter|starting with the letter|begins with the letter|begin with the letter|beginning with the letter|ends with the letter|ending with the letter|end with the letter|that say|saying|says|with the text|with the phrase|discussing|discuss|where it says',
    status:
      'pipeline status|status of the pipeline|status of our pipeline|pipeline overview|overview of the pipeline|overview of our pipeline|pipeline summary|pipeline report|state of the pipeline|state of our pipeline|pipeline health|pipeline analysis|pipeline breakdown|sales pipeline status|sales pipeline overview|how is the pipeline|how is our pipeline|how does the pipeline look|how does our pipeline look|pipeline stats|pipeline statistics|pipeline snapshot|how is my pipeline|how does my pipeline look|pipeline review|what is in the pipeline|what is in our pipeline|pipeline look|pipeline looking|pipeline look like|pipeline looks like|pipeline looking like|what is the pipeline like|analyse the pipeline|analyze the pipeline|summary of the pipeline|summary of our pipeline|summarise the pipeline|summarize the pipeline|pipeline doing|pipeline stage overview|the state of the sales pipeline|how is the sales pipeline|how is our sales pipeline|status of my pipeline|how are things in the pipeline|pipeline picture',
    versus:
      'versus|vs|stack up against|stacked up against|compared to|compared with|against|in comparison to|compare to|as compared to|relative to|in comparison with|compare|compared|comparison of|comparison between|comparison',
    have: 'carry|carries|is got|have got|has got|have|has|holds|had|having|with|whose|got|possessing|carrying|holding|includes|include',
    filler:
      'summarise|summarize|highlight|present|present the|present a|select|select all|enumerate|output|extract|outline|specify|indicate|state the|state how|report how|compile|compile a list of|return all|return the|return a|return a list of|return only|return every|let me know|let us know|let me see|sent or received|received or sent|sent or got|break|at once|all at once|once again|once more|in terms of|doing on|doing with|doing in terms of|might i have|might i see|might i|may i have|may i see|could i have|can i have|could we have|can we have|could i get|can i get|be grateful for|grateful for|right so|right|alright|does it take|did it take|would it take|take to|takes to|took to|in days|measured in days|counted in days|filled in|filled out|inclusive|included|both days included|or so|or thereabouts|do we know|we know|do you know|was given|were given|is given|was stated|is stated|were stated|was specified|is specified|was named|rundown of|run down of|a rundown of|run through of|list of|do we deal with|we deal with|do we work with|we work with|do we do business with|we do business with|do you deal with|can i ring|can i call|can i phone|could i ring|could i call|per unit|apiece|a piece|of all time|all time|all times|in history|may i ask|if i may ask|can i ask|could i ask|umm|uhm|ehm|speak|speaks|speaking|mr|as someone else|as somebody else|as another|as another one|as another contact|as another person|as others|as one another|as each other|yes|true|set to true|is true|mrs|ms|miss|mister|dr|prof|professor|herr|frau|mme|monsieur|madame|senor|senora|but|bottles of|cases of|boxes of|crates of|packs of|pieces of|pcs of|cartons of|bring us|brings us|brings|how good is|how good are|how bad is|how bad are|split|split up|divide|net of returns|after returns|sitting|sitting in|tied up|tied up in|locked up|locked up in|right at the moment|in the moment|in this moment|nothing but|none but|gives|gives us|gave us|gave|generates|yields|yield|contributes|contribute|contributed|produces|produce|produced|generated|generate|accounts for|account for|bring|a|an|the|times|offer|stand|a bit|bit|so kind|be so kind|kind|as to|i bet|bet|a little|little|quickly please|in general|these days|nowadays|at all|with us|to us|by us|sir|madam|please|hey|hi|hello|good morning|good afternoon|good evening|dear|yo|could you|can you|would you|will you|could|can|would|should|shall|will|might|must|you|us|we|our|ours|your|show|show me|list|list of|list out|give|give me|tell|tell me|find|find me|get me|fetch|display|see|look up|look|lookup|pull up|pull|bring up|need|need to|want|want to|like|like to|know|let|let us|let me|just|quick|quickly|simply|right now|now|currently|at the moment|at present|presently|as of now|so far|to date|exist|exists|existing|actual|actually|really|thanks|thank you|thank|cheers|kindly|mate|buddy|friend|do|does|dose|did|is|are|was|were|be|been|being|am|that|who are|that are|which are|that is|who is|which is|that were|who were|there|here|here is|is there|are there|there are|there is|do we serve|we serve|do you serve|are we getting|we are getting|are we seeing|we are seeing|lies|lie|all|all of|all the|any|some|of the|of our|in the system|in the crm|in our crm|in the database|in our database|in our system|on file|in my crm|from the crm|from our crm|in chatsg|in here|records|record|record for|records for|entries|entry|data|information|details|detail|info|overview of|overview|summary of|summary|report of|report on|report|so|ok|okay|well|then|also|too|as well|um|uh|er|hmm|sure|possible|if possible|if you can|when you can|for me|for us|wondering|i was wondering|curious|i am|i need|i want|i would like|i would love|i would|i wonder|i wanted|i am looking for|i am interested in|interested to know|interested to see|what is|what are|what was|what were|who are|who is|how about we|exactly how|anyways|anyway|please list|please show|ever|only the|together|names|the ones|ones|one|something|anything|everything|stuff|things|thing|which|such|kind of|sort of|basically|maybe|perhaps|still|yet|even|already|very|quite|pretty|much|it|its|they|to me|every single|each and every|full|complete list|complete list of|full list of|full list|whole|entire|overall list|on our books|on the books|going|as|per se|search|search for|searching for|looking|check|check for|check whether|check if|whether|if|out|up|down|make|run|provide|provide me|provide me with|send me|hand me|print|return me|say|said|question|quick question|help me|urgently|asap|today please|in detail|detailed|currently have|do we have|we have|have we|have got|do we|did we|have we got|we got|you have|do you have|our current|current|individual records|specific|particular|certain|various|respective|respectively|using|use|based on data|respond|answer|answer me|same time|total up|figure|figures|stat|stats|statistics|figure out|work out|calculate|compute|determine|identify|retrieve|view|open up|go|team|crm|the system|our system|this system|your system|my system|database|account record|file|come|came|lot|set|group of|bunch of|set of|collection of|the following|following|above mentioned|made|make up|each of|worth knowing|name|their names|and their|along with|together with|pertaining|latest data|boss|guys|folks|man|bro|love|would love|would like|appreciate|appreciated|it would be great|great|nice|awesome|cool|perfect|honestly|frankly|by the way|by any chance|somehow|exact|precise|current number|for now|we currently have|have on record|on record|registered with us|with us|we know|stored|keep|kept|on our list|in our list|on the list|from our list|listed|known|they are|them to me|both|appear|belonging|altogether now|think|believe|guess|remember|looks|seem|seems|happens to be|i see|may i|may|anyone know|does anyone know|do you know|you know|could i|can i|can we|could we|may we|get|got|us all|i can|remind|remind me|what about the|please tell|please give|was it|were there|was there|have been|has been|had been|being a|to be|to|so that|how|how do|how does|how did|how are|how is|in which|at which|for which|to which|of which|with which',
  },
  bottom: 'bottom|last|final|trailing',
  placesInTime: { first: 'first', last: 'last|final' },
  ascending:
    'smallest group first|fewest first|ascending|asc|lowest first|smallest first|oldest first|low to high|from low to high|alphabetically|alphabetical|increasing|cheapest first|in ascending order|a to z|earliest first|from smallest to largest|ascendingly|in alphabetical order|soonest first',
  descending:
    'largest group first|biggest group first|largest groups first|descending|desc|highest first|biggest first|largest first|newest first|high to low|from high to low|decreasing|in descending order|latest first|most recent first|from largest to smallest|most first|best first|top first|most expensive first|z to a',
  prepositions: {
    because: 'because of|owing to|due to the',
    at: 'at|at the',
    coming: 'coming from',
    that: 'that came from',
    originating: 'originating from',
    sourced: 'sourced from',
    of: 'of|of the',
    for: 'for|for the',
    from: 'from|from the',
    in: 'in|in the|waiting for|waiting on|awaiting|waiting in|waiting in the|waiting at|lying in|lying in the|in the city of|in the state of|in the country of|in the area of|in the field of|in the industry of',
    on: 'on|on the',
    to: 'to|went to|gone to|goes to',
    about: 'about|to do with|having to do with',
    by: 'by',
    inside: 'inside',
    within: 'within',
    with: 'with respect to|with regard to',
    under: 'under the',
    into: 'into',
    through: 'through',
    via: 'via',
    than: 'than',
    during: 'during',
    toward: 'toward',
    towards: 'towards',
    onto: 'onto',
    among: 'among',
    amongst: 'amongst',
    behind: 'behind',
    located: 'located in the',
    over: 'over at',
    out: 'out of',
    off: 'off',
    around: 'around',
    near: 'near',
    regarding: 'regarding',
    re: 're',
    concerning: 'concerning',
  },
  and: 'and|&|plus also|as well as|and also|and then|including|or else and|,|/|plus',
  or: 'or|either|or else|alternatively|and or',
  anaphors:
    'he|she|there|them|those|these|they|their|theirs|him|her|his|hers|it|its|that one|this one|this|of them|of those|of these|among them|among those|the same|these ones|those ones|that list|this list|that deal|this deal|that company|that contact|the list|the above|previous ones|the previous|the previous ones|that person|the results|these results|those results|that order|which ones|these people|those people',
  followUps: {
    and: 'and|and then|also|then',
    about:
      'what about|how about|and what about|and how about|same for|same question for|the same for|now for|now do|and for|what if|try|do the same for|repeat for',
    only: 'only|just|just the|only the|filter|filter by|filter for|filter to|narrow|narrow down|narrow down to|narrow it down to|narrow to|restrict to|restrict|limit to|limit it to|keep only|show only|only those|just those|only these|only ones|limited to|restricted to|limit that to|limit them to|reduce to',
    instead: 'instead|rather|not that|change to|change that to|switch to|make that|make it',
    more: 'more|show more|more please|next page|continue|keep going|next|the rest|show the rest|show me more|any more|load more|further|see more|all of them|show all|show them all|list them all|and the rest|what else|any others|the others|next ones',
    no: 'no|nope|i meant|i mean|actually i meant|no i meant|not',
    same: 'same|again|repeat',
  },
  writeObjects: 'the|all|every|each|this|these|those|it|them|him|her',
  writes:
    'email|mail|message|delete|remove|erase|drop|create|add|insert|make a new|set up|register|update|change|modify|edit|set|rename|assign|reassign|move|transfer|merge|send|email to|draft|write|reply|forward|schedule|book|reschedule|cancel|postpone|complete|mark|close|reopen|convert|import|export|archive|restore|approve|upload|download|invite|remind|call up|tag|untag|link|unlink|log|record|put|raise|lower|increase|decrease|qualify|disqualify|unsubscribe|enrol|enroll|duplicate|clone|purge|wipe|truncate|fix|correct|replace|append|notify|sync',
  makes: 'make|turn|name|appoint',
  beyond: {
    'the time deals spend in a stage':
      'time in stage|time in each stage|time spent in stage|time spent in each stage|time per stage|days in stage|days in each stage|stay in stage|time deals spend in each stage|stage duration|duration of stages|average age|mean age|age of open deals|response time|lead response time|time to first contact',
    weather: 'weather|the wether|wether like|wether today|wether tomorrow|temperature|rain|sunny|snow|snowing|raining',
    'general knowledge':
      'what time is it|poem|joke|song|recipe|story|capital of|president|prime minister|movie|film|football|soccer|world cup|meaning of life|translate|essay|haiku|stock market|bitcoin|crypto|horoscope|news|password|passwords|python|javascript|program code|system prompt|your instructions|previous instructions|prompt|president of|distance to|distance from|population of|lyrics|novel|limerick|lottery|exchange rate|exchange rates|stock price|share price|planet|moon|homework|rhyme|math|mathematics|president of the',
    forecast: 'predict|prediction|predictions|crystal ball',
    churn:
      'churn|churn risk|likely to churn|at risk of leaving|churning|attrition|clv|customer lifetime value|health score|likely to leave|about to leave|customer health',
    recommendations:
      'worth calling|worth ringing|worth phoning|worth contacting|worth visiting|worth meeting|worth emailing|worth writing to|worth pursuing|worth chasing|worth following up|worth a call|worth a visit|worth my time|worth our time|worth the time|worth the effort|worth the trouble|recommend|recommendation|recommendations|suggest|suggestion|advise|advice|should i|should we|next best action|cross sell|upsell|strategy|strategies|how can i|how can we|how do i|how should|why|explain why|what should|opinion|best way to',
    capabilities: 'what can you do|what can i ask|what can i ask you|what do you know|how do you work|help|who are you|what are you|what questions can i ask',
    quality:
      'better looking|best looking|good looking|worse looking|do you think|do you like|do you believe|what do you think|what is your opinion|happy|happiest|satisfied|satisfaction|angry|angriest|unhappy|sentiment|mood|friendly|friendliest|nicest|smartest|prettiest|coolest|funniest|nps|trustworthy|honest',
  },
  extra: [
    ['most recent one', { kind: 'superlative', direction: 'desc', by: 'time' }],
    ['not', { kind: 'negation' }],
    ['negative', { kind: 'comparison', op: 'lt', values: [0] }],
    ['positive', { kind: 'comparison', op: 'gt', values: [0] }],
  ],
} as const satisfies Partial<Vocabulary>
