import type { Vocabulary } from './vocabulary.ts'

/** English words for ideas that are neither a field, a state nor a verb. */
export const englishConcepts: Vocabulary['concepts'] = {
  // Opens a question that is answered by yes or no.
  whether:
    'is|are|was|were|do|does|did|has|have|had|if|whether|is there|are there|is there a|is there an|is there any|are there any|are any|is any|do we have|do you have|have we|have you|have we got|did we|did you|do we|do you|can you check if|can you tell me if|any',
  activity:
    'activity|activities|interaction|interactions|touchpoint|touchpoints|engagement|engagements|logged activity|any activity|any activities|recorded activity|no recorded activity',
  timeline:
    'history|timeline|activity history|recent activity|recent activities|latest activity|activity log|latest news|any news|news|what is new|whats new|what is going on|what is happening|what happened|what has happened|what has been happening|what has been going on|what went on|latest developments|recent history|past activity|everything that happened|all activity|all activities',
  duplicate:
    'occur more than once|occurs more than once|appear more than once|appears more than once|exist more than once|exists more than once|occur twice|appear twice|in there twice|in here twice|in there more than once|in here more than once|exist twice|exists twice|stored twice|saved twice|recorded twice|on file twice|twice in there|twice in here|twice on file|twice in the crm|in the crm twice|twice in the database|in the database twice|that occur more than once|that appear more than once|which occur more than once|used more than once|used twice|have several times|duplicate|duplicates|duplicated|possible duplicate|possible duplicates|potential duplicate|potential duplicates|likely duplicates|dupes|dupe|dups|double entries|doubled|entered twice|listed twice|twice in the system|in the system twice|duplicate entries',
  sharing:
    'the same|same|exactly the same|the very same|identical|have exactly the same|with exactly the same|with the same|have the same|having the same|has the same|sharing the same|sharing a|sharing an|share a|share an|share the same|shares the same|that share|which share|who share|with identical|have identical|with a shared|with duplicate|with duplicated|with a duplicate|use the same|using the same|with matching|on the same',
  similar:
    'similar to|similar|like|alike|resembling|resemble|resembles|comparable to|comparable|akin to|look like|looks like|look similar to|most like|most similar to|most similar|the same kind as|in the style of|lookalikes of|lookalike',
  colleague:
    'works with|work with|working with|worked with|colleagues|colleague|coworkers|coworker|co workers|co worker|workmates|works together with|work together with|work alongside|works alongside',
  firstTime: 'for the first time|the first time|first time|first ever order|first time ever',
  alsoBought: 'also bought|also buy|also buys|also ordered|also order|also purchased|also purchase|what else|else|as well as buying',
  boughtTogether:
    'together with|bought together with|buy together with|ordered together with|bought along with|in the same order as|alongside|goes well with|go well with|often bought with|often bought together with|frequently bought with|frequently bought together with|bought with|buy with|sold together with|ordered with|most often bought with',
  // Takes back a noun said before.
  correction:
    'i mean|i meant|i actually mean|i actually meant|or rather|no wait|sorry i mean|sorry i meant|sorry|no sorry|oh sorry|wait|wait no|no i mean|no i meant|scratch that|make that|correction|er no|uh no|no make that',
  team: 'team|teams|sales team|group of reps|squad|department',
}
