// @ts-check
/**
 * Loaded before every command: when the launcher is gone, even by SIGKILL, the command gets the signal that the
 * launcher can no longer forward, and ends as it does on SIGTERM; training saves a checkpoint.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Listening must not keep the command running.
process.channel?.unref();
