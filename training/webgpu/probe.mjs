/**
 * Prints the name of the GPU that a training process will get as JSON, or null for none. It is a process of its own
 * because drivers write to the terminal whatever they find amiss, and the one that asks shows no more than it needs.
 */
import { create } from 'webgpu';

const adapter = await create([]).requestAdapter({ powerPreference: 'high-performance' });
const { vendor, architecture, device, description } = adapter?.info ?? {};
const name = adapter && [device || architecture || vendor, description].filter(Boolean).join(', ');
process.stdout.write(JSON.stringify(name));
// Some drivers keep threads that would keep the process.
process.exit();
