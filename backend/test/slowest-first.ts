import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Begins with the files that start processes and browsers, so that none of them is the one all wait for at the end. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => /\/test\/(flows|questions)\/|-kill\.test/.test(moduleId)
    const sorted = await super.sort(files)
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))]
  }
}
