import { defineConfig } from 'vitest/config';
import { IS_COUNTED } from './engine/cli/counting/folder.ts';

export default defineConfig({
  test: {
    include: ['{engine,training,shaders,e2e}/**/*.test.ts'],
    environment: 'node',
    setupFiles: IS_COUNTED ? ['engine/cli/counting/collect.ts'] : [],
    // Two processes are what the smallest machine has room for.
    maxWorkers: 2,
    // Files share a process and what it has loaded, as one for each takes a quarter more time; what runs is counted by file.
    isolate: IS_COUNTED,
    // Far more than any test takes: a machine that is busy with other work is not a fault.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
