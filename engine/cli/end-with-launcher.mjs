// @ts-check
/**
 * Loaded before every command. If the launcher dies, even by SIGKILL, it can no longer forward signals, so the command
 * sends itself SIGTERM and ends as usual; training saves a checkpoint.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Listening must not keep the command running.
process.channel?.unref();
