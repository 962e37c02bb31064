import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { type Components, Streamdown } from 'streamdown'
import { pathOfCitation } from '@/lib/record-links.ts'

function Anchor({ href = '', children }: ComponentProps<'a'>) {
  if (href.startsWith('/')) return <Link to={pathOfCitation(href)}>{children}</Link>
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  )
}

const own = ['p', 'ul', 'ol', 'li', 'strong', 'h1', 'h2', 'h3', 'h4', 'blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'pre', 'hr', 'code', 'inlineCode'] as const

// Streamdown's own elements bring their own looks; ours are styled by prose.css. Images could call out, so none are shown.
const components: Components = {
  ...(Object.fromEntries(own.map((tag) => [tag, tag === 'inlineCode' ? 'code' : tag])) as Components),
  a: Anchor,
  img: () => null,
}

/** An answer's markdown, readable while it is still arriving. */
export default function Markdown({ text, streaming }: { text: string; streaming: boolean }) {
  return (
    <Streamdown className="answer-prose" components={components} controls={false} parseIncompleteMarkdown={streaming} mode={streaming ? 'streaming' : 'static'}>
      {text}
    </Streamdown>
  )
}
