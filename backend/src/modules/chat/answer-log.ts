import type { UIMessageChunk } from 'ai'
import type { AnswerMetadata } from '#contracts/chat.ts'

export type AnswerChunk = UIMessageChunk<Partial<AnswerMetadata>>

/** The chunks of one answer, which any number of readers may follow from its beginning, at any time and at their own pace. */
export interface AnswerLog {
  write(chunk: AnswerChunk): void
  end(): void
  read(): ReadableStream<AnswerChunk>
}

export function createAnswerLog(): AnswerLog {
  const chunks: AnswerChunk[] = []
  let ended = false
  let waiting: (() => void)[] = []

  function wake() {
    const readers = waiting
    waiting = []
    for (const resume of readers) resume()
  }

  return {
    write(chunk) {
      chunks.push(chunk)
      wake()
    },
    end() {
      ended = true
      wake()
    },
    read() {
      let next = 0
      let gone = false
      return new ReadableStream<AnswerChunk>({
        async pull(controller) {
          while (next >= chunks.length && !ended && !gone) await new Promise<void>((resume) => waiting.push(resume))
          if (gone) return
          const chunk = chunks[next]
          if (chunk === undefined) return controller.close()
          next += 1
          controller.enqueue(chunk)
        },
        cancel() {
          gone = true
          wake()
        },
      })
    },
  }
}
