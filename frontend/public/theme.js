// Runs before the first paint, so that a dark page never flashes white.
;(() => {
  let choice = 'system'
  try {
    choice = localStorage.getItem('chatsg.theme') || 'system'
  } catch {
    // Storage may be forbidden; the system's theme serves.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
