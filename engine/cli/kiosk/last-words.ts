/** Finds the line in a browser's output that says why it exited. */

/** How much of the output is searched, from the end. */
const MOST_CHARACTERS = 16_000;
/** How much of the line is reported. */
const MOST_TOLD = 300;

/** `[pid:thread:date/time:LEVEL:file(line)] text`, as Chromium writes. */
const LINE = /^\[(?:[\d:/.]+:)?(?<level>INFO|WARNING|ERROR|FATAL|VERBOSE\d+):(?<source>[^\]]*)\]\s*(?<text>.*)$/;

/** Output of healthy browsers on a machine without certain services. */
const NOISE =
  /\bdbus\b|D-Bus|zygote_linux|zygote_communication|gcm|google_apis|registration_request|ssl_client|vaapi|libva|Fontconfig|Gtk-|GLib-|unexpected operator|command_buffer_proxy|viz_main|Socket closed|DevTools listening|network_service|sandbox_ipc|mesa|MESA|XDG_|inotify|font_/i;

/** Messages that explain why a browser exits. */
const CAUSE =
  /Missing X server|display|Wayland|platform failed|no-sandbox|shared librar|out of memory|oom|GPU process isn't usable|Check failed|signal \d|X connection error|No space left|cannot (?:create|open)|Profile|SingletonLock|command not found|not found$|Trace\/breakpoint|Segmentation|Illegal instruction/i;

function weigh(level: string | undefined, line: string): number {
  if (level === 'FATAL') return 5;
  if (NOISE.test(line)) return 0;
  if (CAUSE.test(line)) return 4;
  // A line without Chromium's format is from the system's loader or the shell.
  if (level === undefined) return 2;
  return level === 'ERROR' ? 3 : 1;
}

/** Returns the text of the most important line, without its prefix, or an empty text if there is only noise. */
export function lastWords(report: string): string {
  let best = { weight: 0, text: '' };
  for (const line of report.slice(-MOST_CHARACTERS).split('\n')) {
    const { level, text = line } = LINE.exec(line.trim())?.groups ?? {};
    const weight = weigh(level, line);
    // Of several lines with the same weight, the first one in a chain of faults is the cause, if they come from the
    // same moment.
    if (text.trim() !== '' && weight > best.weight) best = { weight, text };
  }
  return best.text.replace(/\s+/g, ' ').trim().slice(0, MOST_TOLD);
}
