/** Phrases by which a text speaks to a model rather than to a person. A sign to look at, never a reason to refuse. */
const marks: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|all|your|these)\b.{0,30}\b(?:instruction|prompt|rule|message|direction|context)s?/is,
  /\b(?:you are now|from now on,? you|act as|pretend (?:to be|you are)|roleplay as)\b/i,
  /\b(?:system prompt|developer mode|jailbreak|DAN mode|do anything now)\b/i,
  /<\/?(?:system|assistant|instructions?|tool_call|function_call)>|\[\/?INST\]|<\|im_(?:start|end)\|>|###\s*(?:system|instruction)/i,
  /\b(?:new|updated|additional|hidden|secret) (?:system )?instructions?\b/i,
  /\b(?:call|use|invoke|execute|run) (?:the |your )?(?:tool|function)s?\b/i,
  /\b(?:AI|assistant|chatbot|language model|LLM|agent)\b.{0,60}\b(?:must|should|please|now|has to|send|forward|delete|reply|reveal|output|include|append)\b/is,
  /\b(?:ensure|make sure|don'?t forget|remember|be sure|please)\b.{0,40}\b(?:include|insert|append|add|incorporate|embed|utilize|use)\b.{0,40}\b(?:code|snippet|section|block|link|url)\b/is,
  /\b(?:following|subsequent|below|given|provided|this)\b.{0,25}\bcode\b.{0,30}\b(?:section|block|snippet|segment|fragment|in your|into your|implementation|solution)/is,
  /\b(?:repeat|print|output|reveal|show|spell-?check|translate|summari[sz]e|return)\b.{0,40}\b(?:prompts?|instructions?|(?:text|everything|words?|content) above|above)\b/is,
  /\b(?:ignore|disregard|forget)\b.{0,60}\b(?:preceding|orders|assignments?|directives|texts?|told|said|everything|that)\b/is,
  /!\[[^\]]*\]\(https?:/i,
]
const longestLooked = 50_000

/** Whether a text seems to give a model orders. */
export function looksLikeInstruction(text: string): boolean {
  const looked = text.slice(0, longestLooked)
  return marks.some((mark) => mark.test(looked))
}
