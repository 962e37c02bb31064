const names: Readonly<Record<string, string>> = {
  CRM_ACCESS: 'CRM access',
  SIGN_IN: 'Sign-in',
  SIGN_OUT: 'Sign-out',
  ROLE_CHANGE: 'Role change',
  ACCOUNT_CHANGE: 'Account change',
  KEY_CHANGE: 'Key change',
  EXPORT: 'Export',
  IMPORT: 'Import',
  SETTING_CHANGE: 'Setting change',
  PRIVACY: 'Privacy',
}

/** "SECURITY_ACTION" as "Security action"; the trail may hold kinds this page has never heard of. */
export function nameOfEvent(event: string): string {
  const words = event.replaceAll('_', ' ').toLowerCase()
  return names[event] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

/** The kinds to choose from, with the one that is chosen already. */
export const knownEvents = (chosen: string | undefined): readonly string[] => [...new Set([...Object.keys(names), ...(chosen === undefined ? [] : [chosen])])]
