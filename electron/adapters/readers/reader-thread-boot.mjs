/** @file Starts the reader thread from TypeScript sources: threads do not inherit the loader of their parent. */

import { register } from 'tsx/esm/api'

const unregister = register()
await import('./reader-thread.ts')
// What readers import later is plain JavaScript, which loads ten times faster without the loader.
await unregister()
