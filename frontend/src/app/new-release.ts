const lastReload = 'reloaded-for-release'
const leastMs = 30_000

/** A page that was opened before a release asks for parts of the old one, which are gone: it is loaded anew, once. */
export function reloadForNewRelease(): void {
  addEventListener('vite:preloadError', (event) => {
    const before = Number(sessionStorage.getItem(lastReload) ?? 0)
    if (Date.now() - before < leastMs) return
    sessionStorage.setItem(lastReload, String(Date.now()))
    event.preventDefault()
    location.reload()
  })
}
