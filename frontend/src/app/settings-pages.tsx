import { useNavigate } from '@tanstack/react-router'
import { lazy } from 'react'
import type { AuditSearch } from '@/features/audit/audit-search.ts'
import type { SecuritySearch } from '@/features/security/security-search.ts'
import type { SelfTestSearch } from '@/features/self-test/self-test-search.ts'
import { isAdministrator } from '@/lib/session.ts'
import { SettingsSectionRoute } from './settings-frame.tsx'

const ProfilePage = lazy(() => import('@/features/account/components/profile-page.tsx').then((module) => ({ default: module.ProfilePage })))
const KeysPage = lazy(() => import('@/features/api-keys/components/keys-page.tsx').then((module) => ({ default: module.KeysPage })))
const PeoplePage = lazy(() => import('@/features/people/components/people-page.tsx').then((module) => ({ default: module.PeoplePage })))
const SecurityPage = lazy(() => import('@/features/security/components/security-page.tsx').then((module) => ({ default: module.SecurityPage })))
const AuditPage = lazy(() => import('@/features/audit/components/audit-page.tsx').then((module) => ({ default: module.AuditPage })))
const PrivacyPage = lazy(() => import('@/features/privacy/components/privacy-page.tsx').then((module) => ({ default: module.PrivacyPage })))
const WorkspacePage = lazy(() => import('@/features/workspace/components/workspace-page.tsx').then((module) => ({ default: module.WorkspacePage })))
const InsightlyPage = lazy(() => import('@/features/insightly/components/insightly-page.tsx').then((module) => ({ default: module.InsightlyPage })))
const ModelsPage = lazy(() => import('@/features/models/components/models-page.tsx').then((module) => ({ default: module.ModelsPage })))
const KeptQuestionsPage = lazy(() => import('@/features/chat/components/kept-questions-page.tsx').then((module) => ({ default: module.KeptQuestionsPage })))
const HealthPage = lazy(() => import('@/features/health/components/health-page.tsx').then((module) => ({ default: module.HealthPage })))
const SelfTestPage = lazy(() => import('@/features/self-test/components/self-test-page.tsx').then((module) => ({ default: module.SelfTestPage })))
const FlagsPage = lazy(() => import('@/features/flags/components/flags-page.tsx').then((module) => ({ default: module.FlagsPage })))

export function ProfileRoute() {
  return <SettingsSectionRoute to="/settings/profile">{(session) => <ProfilePage session={session} />}</SettingsSectionRoute>
}

export function KeysRoute() {
  return (
    <SettingsSectionRoute to="/settings/keys" wide>
      {(session) => <KeysPage me={session.user} seesAll={isAdministrator(session)} />}
    </SettingsSectionRoute>
  )
}

export function PeopleRoute() {
  return (
    <SettingsSectionRoute to="/settings/people" wide>
      {(session) => <PeoplePage me={session.user} />}
    </SettingsSectionRoute>
  )
}

export function SecurityRoute({ search }: { search: SecuritySearch }) {
  const navigate = useNavigate()
  return (
    <SettingsSectionRoute to="/settings/security" wide>
      {() => <SecurityPage search={search} onSearch={(next) => void navigate({ to: '/settings/security', search: next, replace: true })} />}
    </SettingsSectionRoute>
  )
}

export function AuditRoute({ search }: { search: AuditSearch }) {
  const navigate = useNavigate()
  return (
    <SettingsSectionRoute to="/settings/audit" wide>
      {() => <AuditPage search={search} onSearch={(next) => void navigate({ to: '/settings/audit', search: next, replace: true })} />}
    </SettingsSectionRoute>
  )
}

export function PrivacyRoute() {
  return <SettingsSectionRoute to="/settings/privacy">{() => <PrivacyPage />}</SettingsSectionRoute>
}

export function KeptQuestionsRoute() {
  return <SettingsSectionRoute to="/settings/questions">{(session) => <KeptQuestionsPage seesAll={isAdministrator(session)} />}</SettingsSectionRoute>
}

export function ModelsRoute() {
  return (
    <SettingsSectionRoute to="/settings/models" wide>
      {(session) => <ModelsPage isAdministrator={isAdministrator(session)} />}
    </SettingsSectionRoute>
  )
}

export function InsightlyRoute() {
  return (
    <SettingsSectionRoute to="/settings/insightly" wide>
      {() => <InsightlyPage />}
    </SettingsSectionRoute>
  )
}

export function WorkspaceSettingsRoute() {
  return <SettingsSectionRoute to="/settings/workspace">{() => <WorkspacePage />}</SettingsSectionRoute>
}

export function HealthRoute() {
  return (
    <SettingsSectionRoute to="/settings/health" wide>
      {() => <HealthPage />}
    </SettingsSectionRoute>
  )
}

export function SelfTestRoute({ search }: { search: SelfTestSearch }) {
  const navigate = useNavigate()
  return (
    <SettingsSectionRoute to="/settings/self-test" wide>
      {() => <SelfTestPage search={search} onSearch={(next) => void navigate({ to: '/settings/self-test', search: next })} />}
    </SettingsSectionRoute>
  )
}

export function FlagsRoute() {
  return (
    <SettingsSectionRoute to="/settings/flags" wide>
      {(session) => <FlagsPage workspace={session.workspace} />}
    </SettingsSectionRoute>
  )
}
