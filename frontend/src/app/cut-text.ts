const set = 'cutTitle'

/** What is cut for want of room tells itself whole to whoever hovers over it, wherever it stands. */
export function tellCutText(page: Document): void {
  page.addEventListener('mouseover', ({ target }) => {
    let element = target instanceof Element ? target.closest<HTMLElement>('.truncate, .line-clamp-2') : null
    for (; element !== null; element = element.parentElement?.closest<HTMLElement>('.truncate, .line-clamp-2') ?? null) {
      if (element.title !== '' && element.dataset[set] === undefined) return
      const isCut = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 1
      // Another text may stand there by now, or more room be left.
      if (isCut && element.querySelector('[title]:not([data-cut-title])') === null) {
        element.dataset[set] = ''
        element.title = element.textContent
      } else if (element.dataset[set] !== undefined) {
        delete element.dataset[set]
        element.removeAttribute('title')
      }
    }
  })
}
