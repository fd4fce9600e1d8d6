// The first module of a worker thread: makes it read TypeScript, then loads the
// module it was started for. A thread does not inherit that from its parent,
// and tsx's command line flag is for main threads only.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.module);
