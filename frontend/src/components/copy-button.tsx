import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from './button.tsx'
import { announceError } from './toast.tsx'

/** Copies a text and says so for a moment. */
export function CopyButton({ label, text, small = true }: { label: string; text: () => string; small?: boolean }) {
  const [copied, setCopied] = useState(false)
  const copy = () =>
    navigator.clipboard.writeText(text()).then(() => {
      setCopied(true)
      setTimeout(() => setCopied(false), 1600)
    }, announceError)
  return (
    <IconButton label={copied ? 'Copied' : label} small={small} onClick={copy}>
      {copied ? <Check className="size-3.5 text-success" /> : <Copy className="size-3.5" />}
    </IconButton>
  )
}
