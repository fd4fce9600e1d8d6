import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{engine,training,shaders,e2e}/**/*.test.ts'],
    environment: 'node',
    // Two processes are what the smallest machine has room for.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
