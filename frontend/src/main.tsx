import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import './styles/app.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { tellCutText } from './app/cut-text.ts'
import { reloadForNewRelease } from './app/new-release.ts'
import { queryClient } from './app/query-client.ts'
import { router } from './app/router.tsx'
import { Toasts } from './components/toast.tsx'

reloadForNewRelease()
tellCutText(document)
const container = document.getElementById('root')
if (container === null) throw new Error('index.html has no #root')
createRoot(container).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  </StrictMode>,
)
