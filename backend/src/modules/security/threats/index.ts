export { assessRequest, assessText } from './assess-request.ts'
export { blockAt, type RequestParts, type ThreatAssessment, type ThreatKind, type ThreatReason } from './threat.ts'
