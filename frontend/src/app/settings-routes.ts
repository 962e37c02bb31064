import { type AnyRoute, createRoute } from '@tanstack/react-router'
import { parseAuditSearch } from '@/features/audit/audit-search.ts'
import { parseSecuritySearch } from '@/features/security/security-search.ts'
import { parseSelfTestSearch } from '@/features/self-test/self-test-search.ts'
import { SettingsRoute } from './settings-frame.tsx'
import {
  AuditRoute,
  FlagsRoute,
  HealthRoute,
  InsightlyRoute,
  KeptQuestionsRoute,
  KeysRoute,
  ModelsRoute,
  PeopleRoute,
  PrivacyRoute,
  ProfileRoute,
  SecurityRoute,
  SelfTestRoute,
  WorkspaceSettingsRoute,
} from './settings-pages.tsx'

/** `/settings` and its sections. */
export function settingsRoutes(parent: AnyRoute) {
  const getParentRoute = () => parent
  const security = createRoute({
    getParentRoute,
    path: '/settings/security',
    validateSearch: parseSecuritySearch,
    component: () => SecurityRoute({ search: security.useSearch() }),
  })
  const audit = createRoute({
    getParentRoute,
    path: '/settings/audit',
    validateSearch: parseAuditSearch,
    component: () => AuditRoute({ search: audit.useSearch() }),
  })
  const selfTest = createRoute({
    getParentRoute,
    path: '/settings/self-test',
    validateSearch: parseSelfTestSearch,
    component: () => SelfTestRoute({ search: selfTest.useSearch() }),
  })
  return [
    createRoute({ getParentRoute, path: '/settings', component: SettingsRoute }),
    createRoute({ getParentRoute, path: '/settings/profile', component: ProfileRoute }),
    createRoute({ getParentRoute, path: '/settings/keys', component: KeysRoute }),
    createRoute({ getParentRoute, path: '/settings/questions', component: KeptQuestionsRoute }),
    createRoute({ getParentRoute, path: '/settings/models', component: ModelsRoute }),
    createRoute({ getParentRoute, path: '/settings/people', component: PeopleRoute }),
    createRoute({ getParentRoute, path: '/settings/workspace', component: WorkspaceSettingsRoute }),
    createRoute({ getParentRoute, path: '/settings/insightly', component: InsightlyRoute }),
    createRoute({ getParentRoute, path: '/settings/privacy', component: PrivacyRoute }),
    createRoute({ getParentRoute, path: '/settings/health', component: HealthRoute }),
    createRoute({ getParentRoute, path: '/settings/flags', component: FlagsRoute }),
    security,
    audit,
    selfTest,
  ]
}
