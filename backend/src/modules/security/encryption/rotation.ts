export interface RotationResult {
  /** Values encrypted anew under the current key. */
  rotated: number
  /** Values that no key of this server reads; they are left as they are. */
  failed: number
}

/** Somebody who keeps encrypted values, wherever they are. */
export interface RotationHolder {
  /** As the operator reads it. */
  readonly name: string
  /** Encrypts its old values under the current key: in bounded batches, and safe to run twice and while the server runs. */
  rotate(): Promise<RotationResult>
}

export interface RotationReport extends RotationResult {
  holders: (RotationResult & { name: string })[]
}

/** Moves every stored secret to the current encryption key. */
export function createRotation({ holders }: { holders: readonly RotationHolder[] }) {
  return {
    async rotate(): Promise<RotationReport> {
      const report: RotationReport = { rotated: 0, failed: 0, holders: [] }
      for (const holder of holders) {
        const result = await holder.rotate()
        report.holders.push({ name: holder.name, ...result })
        report.rotated += result.rotated
        report.failed += result.failed
      }
      return report
    },
  }
}

/** A holder whose values stand workspace by workspace, each under its own row-level security. */
export function workspacesHolder(options: {
  name: string
  listWorkspaceIds: () => Promise<readonly string[]>
  rotate: (workspaceId: string) => Promise<RotationResult>
}): RotationHolder {
  return {
    name: options.name,
    async rotate() {
      const total = { rotated: 0, failed: 0 }
      for (const workspaceId of await options.listWorkspaceIds()) {
        const { rotated, failed } = await options.rotate(workspaceId)
        total.rotated += rotated
        total.failed += failed
      }
      return total
    },
  }
}
