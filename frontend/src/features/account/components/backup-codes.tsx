import { Download } from 'lucide-react'
import { Button } from '@/components/button.tsx'
import { CopyButton } from '@/components/copy-button.tsx'
import { downloadText } from '@/lib/download.ts'

/** The codes, once: to be kept where the phone is not. */
export function BackupCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = () => `${codes.join('\n')}\n`
  return (
    <div className="flex flex-col">
      <div className="flex flex-col gap-3 p-4">
        <p className="text-sm text-soft">Keep these where your phone is not. Each works once. They are shown now and never again.</p>
        <ul aria-label="Backup codes" className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-control border bg-sunken px-4 py-3 font-mono text-sm">
          {codes.map((code) => (
            <li key={code} className="select-all">
              {code}
            </li>
          ))}
        </ul>
      </div>
      <footer className="flex items-center gap-1 border-t px-4 py-3">
        <Button className="mr-1" onClick={() => downloadText('chatsg-backup-codes.txt', text(), 'text/plain;charset=utf-8')}>
          <Download aria-hidden className="size-3.5" /> Download
        </Button>
        <CopyButton label="Copy backup codes" small={false} text={text} />
        <span className="flex-1" />
        <Button look="primary" onClick={onDone}>
          I have kept them
        </Button>
      </footer>
    </div>
  )
}
