import { createHash } from 'node:crypto'
import { sql } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { ErasureCertificate } from '#contracts/security.ts'
import type { Audit } from '../audit/audit.service.ts'
import type { Operations } from '../operations.ts'
import { erasePerson, type PersonMemories, type RedactTranscripts } from './erase-person.ts'
import { exportPerson, type PersonExport } from './export-person.ts'
import { findPerson, maskedSubject, type Subject } from './person.ts'

export interface Privacy {
  /** Everything the workspace holds about a person. @throws AppError NOT_FOUND for a record that is not here */
  exportPerson(actor: Actor, subject: Subject): Promise<PersonExport>
  /** Removes a person and certifies it. @throws AppError NOT_FOUND for a record that is not here */
  erasePerson(actor: Actor, subject: Subject): Promise<ErasureCertificate>
  /** What was erased so far, newest first. */
  listCertificates(actor: Actor): Promise<ErasureCertificate[]>
}

/** Every text of the workspace is looked through. */
const statementTimeoutMs = 10 * 60 * 1000
const mostCertificates = 1000

/** What data protection law asks: to hand over what is known about a person, and to forget them. */
export function createPrivacy({
  operations,
  clock,
  redactTranscripts,
  memories,
  audit,
}: {
  operations: Operations
  audit: Pick<Audit, 'flush'>
  clock: Clock
  redactTranscripts: RedactTranscripts
  memories?: PersonMemories
}): Privacy {
  const scope = 'workspace:admin'
  return {
    async exportPerson(actor, subject) {
      type Exported = { found: PersonExport; masked: string }
      const query = ({ masked }: Exported) => ({ subject: masked })
      // What was done a moment ago belongs to it.
      await audit.flush()
      // Kept as a change, so that what has left is in the trail before it leaves.
      const { found } = await operations.run<Exported>(actor, { name: 'privacy.export', scope, event: 'PRIVACY', statementTimeoutMs, query }, async (tx) => ({
        found: await exportPerson(tx, subject, { now: clock.now(), memories }),
        masked: maskedSubject(tx, subject, await findPerson(tx, subject)).subject,
      }))
      return found
    },

    async erasePerson(actor, subject) {
      const query = ({ id, subject: masked }: ErasureCertificate) => ({ certificate: id, subject: masked })
      return operations.run(actor, { name: 'privacy.erase', scope, event: 'PRIVACY', statementTimeoutMs, query }, async (tx) => {
        const id = newId()
        const { subjectHash, subject: masked, erased, anonymised, kept } = await erasePerson(tx, subject, id.slice(-6), { redactTranscripts, memories })
        const requestedBy = actor.type === 'user' ? actor.name : actor.job
        // In the order of the contract, which is what the hash is of.
        const body = { id, subject: masked, requestedBy, erasedAt: clock.now().toISOString(), erased, anonymised, kept }
        const certificate: ErasureCertificate = { ...body, sha256: createHash('sha256').update(JSON.stringify(body)).digest('hex') }
        await tx.query(sql`
          insert into erasure_certificates (workspace_id, id, subject_hash, erased_at, certificate)
          values (${tx.workspaceId}, ${id}, ${subjectHash}, ${certificate.erasedAt}, ${JSON.stringify(certificate)}::json)`)
        return certificate
      })
    },

    async listCertificates(actor) {
      return operations.run(actor, { name: 'privacy.certificates', scope, event: null, readOnly: true }, async (tx) => {
        const rows = await tx.query<{ certificate: ErasureCertificate }>(sql`
          select certificate from erasure_certificates where workspace_id = ${tx.workspaceId} order by erased_at desc, id desc limit ${mostCertificates}`)
        return rows.map(({ certificate }) => certificate)
      })
    },
  }
}
