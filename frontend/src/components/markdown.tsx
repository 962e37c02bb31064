import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Components, Streamdown } from 'streamdown'
import { pathOfCitation } from '@/lib/record-links.ts'

function Anchor({ href = '', children }: { href?: string; children?: ReactNode }) {
  if (href.startsWith('/')) {
    const path = pathOfCitation(href)
    return path === undefined ? children : <Link to={path}>{children}</Link>
  }
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  )
}

const own = [
  'p',
  'ul',
  'ol',
  'li',
  'strong',
  'h1',
  'h2',
  'h3',
  'h4',
  'blockquote',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'pre',
  'hr',
  'code',
  'inlineCode',
] as const

// Streamdown's own elements bring their own looks; ours are styled by prose.css. Images could call out, so none are shown.
const components = {
  ...Object.fromEntries(own.map((tag) => [tag, tag === 'inlineCode' ? 'code' : tag])),
  a: Anchor,
  img: () => null,
} as Components

/** An answer's markdown, readable while it is still arriving. */
export default function Markdown({ text, streaming }: { text: string; streaming: boolean }) {
  return (
    <Streamdown className="answer-prose" components={components} controls={false} parseIncompleteMarkdown={streaming} mode={streaming ? 'streaming' : 'static'}>
      {text}
    </Streamdown>
  )
}
