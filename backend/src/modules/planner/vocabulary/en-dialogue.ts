import type { DialogueVocabulary } from './vocabulary.ts'

/** English words by which a message leans on the conversation before it. `#` stands for a number, `@` for an ordinal. */
export const englishDialogue: DialogueVocabulary = {
  polite:
    'hi|hello|good morning|good afternoon|good evening|dear|please|pls|plz|now|ok|okay|thanks|thank you|then|can you|could you|would you|will you|just|well|so|um|hey|hmm|great|nice|cool|good|perfect|alright|right|i want|i want to|i would like|i would like to|let us|and now|go ahead and|if you can|again|hm|oh|ah|wait|ok so|let me',
  undo: 'undo|undo that|undo it|undo this|undo last|undo the last one|undo the last step|undo the last change|take that back|go back|go back one|go back a step|one step back|a step back|step back|back|back again|back up|revert|revert that|the answer before|the one before|previous answer|the previous answer|previous question|the previous question|back to the previous question|back to the previous one|back to the previous answer|go back to the previous question|go back to the previous one|back to the last question|back to the last one|the question before|undo my last question|return to the previous question|go back to the last question|go back to what we had|go back to the question before|back to the one before',
  undoFilter:
    'undo that filter|undo the filter|undo the last filter|undo this filter|undo filter|remove that filter|remove the filter|remove the last filter|remove this filter|drop that filter|drop the filter|drop the last filter|drop this filter|clear that filter|lift that filter|without that filter|without the filter|without the last filter|never mind that filter|forget that filter|forget the last filter|remove that condition|remove the last condition|drop that condition|drop the last condition|without that condition|without the last condition|undo that condition|take that filter off|take the filter off|take off that filter|take off the filter|ignore that filter|ignore the last filter|never mind that|forget that',
  first:
    'back to the first question|go back to the first question|back to the first|back to the first one|back to my first question|go back to my first question|the first question again|first question again|back to the start|back to the beginning|go back to the start|go back to the beginning|back to the original question|go back to the original question|back to the original|return to the first question|return to my first question|start over from the first question|show the first question again|the original question again|back to the first answer|the original list again|back to the original list|repeat the first question|repeat my first question|go back to the first one|back to square one|where we started|back to where we started',
  nth: 'back to the @ question|go back to the @ question|back to my @ question|back to question #|go back to question #|question # again|the @ question again|repeat question #|return to question #|return to the @ question',
  nextPage:
    'next page|next|the next page|more|show more|show me more|more please|next ones|the next ones|next few|the next few|continue|keep going|go on|load more|see more|further|any more|the rest|show the rest|and the rest|what else|any others|the others|show the others|more of them|more of those|show next|next results|more results|next entries|page down|and then|and the next|and more|and the next ones|and the next page',
  previousPage:
    'previous page|the previous page|page before|the page before|last page before|go back a page|go back one page|back a page|back one page|one page back|a page back|earlier ones|previous ones|the previous ones|prev page|prev|previous|page up|previous results|show previous|the page before that',
  firstPage: 'first page|the first page|page one|back to the first page|back to page one|go to the first page|back to the top of the list',
  nextCount:
    'next #|the next #|show next #|show the next #|show me the next #|# more|show # more|show me # more|another #|give me # more|give me the next #|give me another #|and the next #|the following #|and # more|show another #|list # more|list the next #|# others',
  previousCount: 'previous #|the previous #|show the previous #|prev #|the # before|the # before those|# before|show the # before',
  page: 'page #|page number #|go to page #|show page #|the @ page|@ page|show the @ page|show me page #|jump to page #',
  everything:
    'everything|no filter|no filters|without filters|without filter|without any filter|without any filters|without the filters|remove the filters|remove all filters|remove filters|drop the filters|drop all filters|drop all the filters|clear the filters|clear all filters|clear filters|all without filter|unfiltered|reset the filters|reset filters|ignore the filters|ignore all filters|lift the filters|lift all filters|no restrictions|without restrictions|without conditions|without any conditions|drop all conditions|remove all conditions',
  all: 'all of them|all|show all|show them all|show all of them|list them all|list all|list all of them|the whole list|the full list|the entire list|see all|see them all|give me all of them|every one of them|all results|show me all|show me all of them|show me them all|not just the top|not only the top|the complete list|not limited|no limit|without limit|without the limit',
  anywhere:
    'everywhere|anywhere|in all places|all places|any place|all cities|all countries|all states|all regions|in all cities|in all countries|in all regions|in all states|in every city|in every country|in every state|every city|every country|any city|any country|any region|worldwide|globally|world wide|all over the world|no matter where|wherever they are|regardless of place|regardless of location|regardless of the place|from everywhere|from anywhere|in any city|in any country|in any state|in any region|in any place|any location|all locations|in all locations|in the whole world|not only there|not just there|for everywhere|for all countries|for all cities|for all regions|and everywhere|and everywhere else|and in total everywhere',
  anyTime:
    'any time|anytime|all time|of all time|for all time|all times|at any time|ever|any date|all dates|no matter when|whenever|regardless of date|regardless of the date|regardless of time|regardless of when|for any date|over all time|since the beginning|from the beginning|in any year|in all years|all years|for all years|any year|any month|all months|in total ever|ever since the beginning|not only this year|not just this year|not only this month|not just this month|without the time|without the date|without the period|without a date|for the whole time|across all time|since forever|for ever',
  anyone:
    "overall|and overall|the team overall|and the team overall|for the team|and for the team|the team|and the team|and the whole team|and everyone|and everybody|and for everyone|everyone together|company wide|everyone's|everybody's|everyone|everybody|of everyone|of everybody|for everyone|for everybody|by everyone|by anyone|any owner|all owners|for all owners|of all owners|of any owner|whole team|the whole team|for the whole team|of the whole team|all reps|for all reps|of all reps|any rep|regardless of owner|regardless of the owner|no matter who owns them|no matter whose|no matter who|whoever owns them|anyone's|anybody's|owned by anyone|owned by anybody|owned by everyone|not only mine|not just mine|not only his|not only hers|all the owners|for the entire team|everyone else's too",
  anyState:
    'any state|in any state|open or not|open or closed|closed or open|no matter if open|no matter whether open|whether open or not|whether open or closed|any status|all statuses|in any status|regardless of status|regardless of the status|regardless of state|regardless of stage|any stage|all stages|in any stage|in all stages|won or lost|whatever the status|whatever the state|whatever the stage|whatever their status|whatever their stage|not only open ones|not just open ones|not only the open ones|not just the open ones|not only open|not just open',
  drop: "drop|remove|ignore|forget|forget about|leave out|skip|lift|clear|take away|take off|take out|get rid of|disregard|regardless of|no matter the|no matter which|never mind|undo|omit|lose|delete|strip|strip out|do not filter by|don't filter by|stop filtering by|do not restrict|without restricting|not restricted to|not limited to|not filtered by|not only|not just|any|whatever|all",
  dropEnd: 'filter|filters|condition|conditions|restriction|restrictions|part|constraint|limit|criterion|bit|thing',
  dates: 'date|dates|time|times|period|periods|time frame|timeframe|time range|time span|time period|date range|time filter|day|month|year|week|quarter|when',
  places: 'place|places|location|locations|city|cities|country|countries|region|regions|state|states|where|geography|area',
  people: 'owner|owners|rep|reps|person|salesperson|sales rep|account manager|user|assignee|who|name of the owner|team member',
  states: 'state|status|stage|stages|outcome',
  limits: 'limit|top|number|maximum|cap|ranking',
  groups: 'grouping|groups|group|breakdown|split',
  exclude:
    'exclude|excluding|except|except for|leave out|remove|drop|skip|filter out|take out|throw out|hide|omit|apart from|other than|without the ones|without those|but not the ones|but not those|not the ones|minus the ones|minus those',
  excluded: 'the ones|those|ones|all the ones|all those|the',
  include:
    'include|including|also include|and include|add|plus|as well|too|also|as well as|in addition|additionally|together with|along with|on top of that|including also|and also|throw in',
  list: 'what is left|whats left|what remains|what is remaining|whats remaining|what are left|which are left|which ones are left|which remain|which ones remain|which ones|which|which are they|which ones are they|which one|which is it|which one is it|who are they|who are those|who are these|what are they|what are those|who|who is it|who exactly|like who|like what|such as|which ones exactly|which exactly|name them|names|their names|the names|show them|show them to me|show me|show me them|list them|list those|show those|show these|show me those|show me these|let me see them|let me see|i want to see them|can i see them|see them|display them|give me the list|the list|show the list|show the records|list the records|show me the list|a list|as a list|as list|in a list|tell me which|tell me which ones|tell me who|which records|who are all of them|show me who|what are their names|what are the names|give me the names|give me their names|let us see them|pull them up|bring them up|give me them|drill down|drill into that|the details|details|with details|show details|show the details|show me the details',
  amends: 'make that|make it|make this|or rather|better|let us say|say|try|what about|how about|and what about|and with',
  correct:
    "forget that|forget it|forget about that|forget about it|never mind|nevermind|never mind that|no|nope|nah|no no|i meant|i mean|i actually meant|actually i meant|actually i mean|no i meant|no i mean|sorry|sorry i meant|sorry i mean|oh sorry|oops|oops i meant|whoops|actually|wrong|that is wrong|that's wrong|not that|not that one|no not that|no not that one|that is not what i meant|that's not what i meant|not what i meant|that is not right|that's not right|not right|i did not mean that|i didn't mean that|i was asking about|i asked about|i asked for|i was asking for|i wanted|make that|correction|rather|no i wanted|no i asked for|no i said|i said|no make that|scratch that|no sorry|no wait|wait no|hold on|strike that|i should have said|what i meant was|what i mean is|meant",
  correctEnd: 'i mean|i meant|i should say|that is',
  other:
    'the other|the other one|another|other|a different|different|not that|not this|someone else|the other person|not him|not her|not them|the other one called|the other one named',
  instead: 'instead|rather',
  butInstead: 'but|but rather|i meant|instead|rather',
  insteadOf: 'instead of|rather than|in place of|not|and not',
  before: 'not',
  ordinals: {
    first: 1,
    '1st': 1,
    second: 2,
    '2nd': 2,
    third: 3,
    '3rd': 3,
    fourth: 4,
    '4th': 4,
    fifth: 5,
    '5th': 5,
    sixth: 6,
    '6th': 6,
    seventh: 7,
    '7th': 7,
    eighth: 8,
    '8th': 8,
    ninth: 9,
    '9th': 9,
    tenth: 10,
    '10th': 10,
    last: -1,
    'second to last': -2,
    'second last': -2,
    'next to last': -2,
    bottom: -1,
    top: 1,
  },
  numbered: 'number|no|nr|option|choice|entry|row|item|result|record|line|position|#',
  article: 'the|that|this|his|her|their',
  one: 'one|ones|of them|of those|of these|on the list|in the list|of the list|on that list|in that list|listed|from the list|in the table|from the top|one there|one listed|one on the list|one in the list|one of them|one of those',
  listed: 'entry|row|record|result|item|line|option|choice',
  freshStarts: 'what|whats|where|when|how much|how long|how big|how is|show me what|what is|tell me what',
  afterOne:
    'close|closing|worth|due|in|at|have|has|is|was|from|owned|belong|belongs|start|starts|work|works|live|lives|created|cost|costs|located|based|open|won|been|on|and',
  details:
    'show|show me|open|open up|tell me|tell me more about|tell me about|tell me a bit about|tell me a little about|tell me something about|a bit about|something about|tell me more on|more about|more on|more details on|more details about|more information about|more information on|more info on|more info about|details|details of|details on|details about|details for|info on|info about|information on|information about|describe|expand|what about|how about|and|who is|what is|give me|let me see|see|display|pull up|bring up|look at|look up|what do we know about|what do you know about|everything about|everything on|all about|zoom in on|drill into|drill down on|drill down into|take|pick|i want|i want to see|go to|i mean|i meant|show details of|show details for|show the details of|show me details of|show me the details of|show me more about|show me more on|show more about|get|view|can i see|what was|who was',
  choosing:
    'the|i mean|i meant|it is|that is|take|pick|use|go with|choose|i choose|select|the one|one|option|number|no|from|at|in|of|with|called|named|yes|please|meant|mean|i|him|her|it|called|who|is|works|that|a|an|for|and|was|working|based|located',
  ours: 'our|ours|we|us|overall|all|everything|everyone|altogether',
  present: 'are there|is there|there are|there is|any',
  pronoun: 'it',
  persons: 'he|she|him|his|her|hers|that person|this person|that guy',
  several: 'them|those|these',
  partitive: 'of them|of these|of those|of the above|among them|among those|among these|of which',
  why: 'why|why is that|why was that|why did we lose them|why did we lose those|why did we lose these|why were they lost|why were those lost|why lost|how come|for what reason|for what reasons|for which reasons|the reasons|reasons|what are the reasons|what were the reasons|what was the reason|what is the reason|because of what|and why|and why is that|and why was that|and why did we lose them|and how come|and the reasons|and what were the reasons|and what are the reasons',
  reasons: 'reason|cause',
  thanks: 'thanks|thank you|thx|cheers|many thanks|thanks a lot|thank you very much|much appreciated',
  greetings:
    'hope youre|hope you are|i hope youre|i hope you are|hope youre well|hope you are well|hope you are doing well|hope youre doing well|i hope youre well|i hope you are well|i hope you are doing well|i hope youre doing well|hope all is well|i hope all is well|hope this finds you well|i hope this finds you well|hope you had a good weekend|hope you had a nice weekend|hope you are having a good day|hope youre having a good day|hope your day is going well|hope its going well|happy monday|happy friday|long time no see|quick one|just a quick one|a quick one|how are you|how are you doing|how do you do|good day|nice to meet you|i have a question|i have some questions|i have a few questions|a few questions|some questions|two questions|three questions|quick questions|i need to know|one more thing|one more question|another question|questions',
  rewrites: {
    'group by': 'by',
    'grouped by': 'by',
    'group it by': 'by',
    'split by': 'by',
    'broken down by': 'by',
    'break down by': 'by',
    'group them by': 'by',
    'group those by': 'by',
    'group these by': 'by',
    'split them by': 'by',
    'break them down by': 'by',
    'his number': 'his phone number',
    'her number': 'her phone number',
    'their number': 'their phone number',
    'their numbers': 'their phone numbers',
    'his mail': 'his email',
    'her mail': 'her email',
    'their mail': 'their email',
    'their mails': 'their email',
    'their emails': 'their email',
    'their e-mails': 'their email',
    'whats left worth': 'what are they worth',
    'what is left worth': 'what are they worth',
    'whats that worth': 'what are they worth',
    'what remains worth': 'what are they worth',
    'how many are left': 'how many are there',
    'how many remain': 'how many are there',
    'what other': 'which',
    'which other': 'which',
    'what else': 'what',
    'who else': 'who',
    'hello there': 'hello',
    'hi there': 'hi',
    'hey there': 'hey',
    'day before that': 'day before',
    'week before that': 'week before',
    'month before that': 'month before',
    'quarter before that': 'quarter before',
    'year before that': 'year before',
  },
  having: 'with|have|has|having|had',
  timeOrder: 'newest first|oldest first|latest first|earliest first|most recent first|soonest first',
  reverse:
    'reverse|reverse the order|reverse order|in reverse|in reverse order|the other way round|the other way around|other way round|other way around|flip the order|invert the order|reverse it|reverse that|reverse the sorting|flip it|opposite order|in the opposite order',
  both: 'all of them together|all of those together|total of both|the total of both|sum of both|the sum of both|both combined|both in total|the two combined|both|both of them|both together|in both|in both together|of both|of both together|together|the two together|all together|how many of both|how many in both|how many in both together|how many of both together|how many are there in both|how many are there of both|how many together|how many in total of both|and both|and both together|and together',
  together: 'together|both together|combined|taken together|all together',
  compareThem:
    'who is better|which is better|which one is better|which of the two is better|who is doing better|who does better|who is ahead|which is higher|which one is higher|who is higher|which was better|which one was better|difference|the difference|what is the difference|whats the difference|what is the difference in percent|whats the difference in percent|difference in percent|the difference in percent|growth|growth rate|what is the growth|whats the growth|the growth|change|the change|what is the change|whats the change|percentage change|how do they compare|how do the two compare|compare them|compare the two|compare both|compare those|compare those two|compare these|and compare them|now compare them|side by side|and side by side|show them side by side|put them side by side',
  oneEarlier:
    'and last|and the one before|and the one before that|the one before that|what about the one before|what about the one before that|and before that|and the previous one|how about the one before|and the period before|the period before that',
  oneLater:
    'and next|and the one after|and the one after that|the one after that|what about the one after|what about the one after that|and after that|how about the one after',
  shares:
    'as percentages|as percentage|as a percentage|in percent|as percent|in percentages|as shares|as share|as a share|as a share of the total|percentages|as percentage of total|as a percentage of the total|as percentages of the total|show percentages|show shares|with percentages|in per cent|what share is that|what percentage is that|as percent of total|as a proportion|as proportions|relative|in relative terms|percentage instead|percentages instead|shares instead',
  imperatives: 'show|list|give|tell|find|get|display|name|compare|count|sort|group|rank|fetch|plot|draw|chart|calculate|compute|see|search|look up',
  questionStarts:
    'how many|how much|what|which|who|whose|where|when|how long|how big|show|list|give|tell|find|get|name|is|are|do|does|did|have|has|the total|the number|the average|our|count|compare',
  figureStarts: 'the total|the number of|the average|average|total|number of|the',
  sentenceStarts:
    'how many|how much|what|what is|what are|what was|what were|who|who is|which|where|when|show|list|give me|show me|tell me|find|how long|how big|how is|whose|name|get|count|compare|is there|are there|do we have|does|did|is|are|was|the total|the number of|the average|the top|the biggest|the newest|the latest|our|top|average|total|also|finally|lastly|then|secondly|thirdly|number of',
  owned: 'my|our|his|her|their',
  sequence: 'first|firstly|first of all|first off|first up|second|secondly|third|thirdly|next|finally|lastly|to begin with|to start with|for a start',
  joiners: 'and|and secondly|and thirdly|and next|secondly|and also|as well as|plus|also|and then|then|and finally|and lastly|and tell me|and show me',
  aside: {
    requests:
      'i would like to know|id like to know|i would like to see|id like to see|i would love to see|i need to see|id need to see|i would need to see|i need to know|i would need to know|i want to know|i want to see|i wanted to know|i was wondering|i am wondering|im wondering|could you tell me|can you tell me|could you show me|can you show me|could you give me|can you give me|please tell me|please show me|please give me|tell me|show me|give me|let me know',
    reasons:
      'because i need|because i want|because i have|because i must|because i am|because im|because i will|because ill|because i would|because i should|because i was|because ive|because i cannot|because i cant|because i do not|because i dont|because i forgot|because i promised|because we need|because we have to|because my boss|because my manager|because the boss|because our boss|because nobody told|because no one told|because nobody tells|because they want|because he wants|because she wants|since i need to|since i have to|as i need to|as i have to|so i can|so that i can|so we can|so that we can|so i know|so that i know|if that is possible|if thats possible|if it is possible|if its possible|if that works|if you do not mind|if you dont mind|when you have a moment|when you have time|when you get a chance',
  },
  statement: {
    opens:
      'im seeing|i am seeing|im meeting|i am meeting|im visiting|i am visiting|im calling|i am calling|im about to call|i am about to call|i have a call with|i have a meeting with|i have an appointment with|ive got a call with|ive got a meeting with|i have a visit at|i am talking to|im talking to|im speaking to|i am speaking to|im on my way to|i am on my way to|im going to see|i am going to see|were meeting|we are meeting|were seeing|we are seeing|were visiting|we are visiting|we have a meeting with|we have a call with|visiting|meeting|seeing|calling|on my way to|about to call|about to meet',
    they: 'they|them',
    there: 'there',
    their: 'their',
    at: 'at #',
    of: "#'s",
  },
  agenda: {
    mine: 'what is on|whats on|what is on for|whats on for|what do i have|what do i have on|what do i have on for|what do i have planned|what have i got|what have i got on|what have i got planned|what am i doing|do i have anything|do i have anything on|do i have anything planned|do i have something|do i have something on|have i got anything|have i got anything on|have i anything on|anything on|anything on for|is there anything on|is anything on|what does my day look like|what is on my agenda|whats on my agenda|what is on my plate|whats on my plate',
    of: 'what has|what does|what is|whats|what will|what have',
    does: 'got on|got|got planned|got lined up|have on|have|have planned|doing|up to|be doing|planned|working on|busy with',
    ends: 'on|planned|scheduled|lined up|in the diary|in my diary|in my calendar',
    tasks: 'my tasks due #',
    events: 'my events #',
    theirTasks: 'tasks of @ due #',
    theirEvents: 'events of @ #',
  },
  distributed: 'show me|list|show|list all|give me|find|how many|number of|count of|count|the number of|total number of|how many different',
}
