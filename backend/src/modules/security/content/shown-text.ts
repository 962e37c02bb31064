/** Text as a page may show it as Markdown: no image, no raw HTML, no link that runs something; see `cleanMarkdown`, which is loaded when a text needs it. */
export async function toShownText(text: string): Promise<string> {
  if (!text.includes('[') && !text.includes('<')) return text
  const { cleanMarkdown } = await import('./clean-markdown.ts')
  return cleanMarkdown(text)
}
