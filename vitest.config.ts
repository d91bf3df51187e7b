import { defineConfig } from 'vitest/config'

/** `fast` runs on every change; `full` adds what takes minutes (whole runs, kills, software WebGPU). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.slow.test.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'slow', include: ['tests/**/*.slow.test.ts'], testTimeout: 600_000, fileParallelism: false } },
    ],
  },
})
