import type { UIMessageChunk } from 'ai'
import type { AnswerMetadata } from '#contracts/chat.ts'

export type AnswerChunk = UIMessageChunk<Partial<AnswerMetadata>>

/** The chunks of one answer, which any number of readers may follow from its beginning, at any time and at their own pace. */
export interface AnswerLog {
  write(chunk: AnswerChunk): void
  /** Chunks that are made when somebody reads them: of an answer that is asked for whole nobody does. */
  writeLater(chunks: Iterable<AnswerChunk>): void
  end(): void
  read(): ReadableStream<AnswerChunk>
  /** What was written from a place on, and is made already. */
  since(place: number): AnswerChunk[]
  /** How many follow it. */
  readers(): number
}

export function createAnswerLog(): AnswerLog {
  const chunks: AnswerChunk[] = []
  let ended = false
  let waiting: (() => void)[] = []
  let unmade: Iterable<AnswerChunk>[] = []
  let readers = 0

  function make() {
    const making = unmade
    unmade = []
    for (const some of making) for (const chunk of some) chunks.push(chunk)
  }

  function wake() {
    const woken = waiting
    waiting = []
    for (const resume of woken) resume()
  }

  return {
    write(chunk) {
      make()
      chunks.push(chunk)
      wake()
    },
    writeLater(some) {
      unmade.push(some)
      wake()
    },
    end() {
      ended = true
      wake()
    },
    read() {
      let next = 0
      let gone = false
      readers += 1
      return new ReadableStream<AnswerChunk>({
        async pull(controller) {
          make()
          while (next >= chunks.length && !ended && !gone) {
            await new Promise<void>((resume) => waiting.push(resume))
            make()
          }
          if (gone) return
          const chunk = chunks[next]
          if (chunk === undefined) {
            readers -= 1
            return controller.close()
          }
          next += 1
          controller.enqueue(chunk)
        },
        cancel() {
          gone = true
          readers -= 1
          wake()
        },
      })
    },
    since: (place) => chunks.slice(place),
    readers: () => readers,
  }
}
