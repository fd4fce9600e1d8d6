/** The settings for operating an exhibit: how it is monitored, served and logged. */
import * as v from 'valibot';
import { dayTime, fieldsOf, listOf, numberFrom, passwordText, textUpTo, trueOrFalse, wholeFrom } from './checks.ts';

/** The least number of missed heartbeats before a page is given up. */
const LEAST_HEARTBEATS = 2;

export const supervisionSchema = v.pipe(
  fieldsOf({
    /** Whether the page sends heartbeats to its server; `npm run kiosk` turns this on. */
    heartbeat: v.optional(trueOrFalse(), false),
    heartbeatSeconds: v.optional(numberFrom(1, 60), 5),
    /** Seconds without a heartbeat until a page is restarted. */
    silenceSeconds: v.optional(numberFrom(3, 600), 15),
    /** Seconds that a browser has for its first heartbeat. */
    startSeconds: v.optional(numberFrom(5, 600), 40),
    /** An address to listen on, such as 0.0.0.0; only this machine if left out. */
    host: v.optional(textUpTo(255)),
    port: v.optional(wholeFrom(0, 65_535)),
    /** A file for the log, in addition to the standard output; none if left out. */
    logFile: v.optional(textUpTo(1024)),
    logMegabytes: v.optional(numberFrom(0.01, 1000), 2),
    /** The number of full log files to keep. */
    logFiles: v.optional(wholeFrom(1, 100), 5),
    /**
     * Commands to run when the exhibit opens and closes, for example to turn the screen on and off. Each is a program
     * and its arguments.
     */
    onOpen: v.optional(listOf(textUpTo(1000), 1, 50)),
    onClose: v.optional(listOf(textUpTo(1000), 1, 50)),
    /** The time at which the browser is restarted every day; never if left out. */
    restartAt: v.optional(dayTime()),
    /** The password for `/screen.png`, a picture of the screen for the operator; not available without it. */
    password: v.optional(passwordText()),
    /** Additional options for the browser. */
    browserFlags: v.optional(listOf(textUpTo(500), 0, 50), []),
  }),
  v.forward(
    v.partialCheck(
      [['heartbeatSeconds'], ['silenceSeconds']],
      ({ heartbeatSeconds, silenceSeconds }) => silenceSeconds >= LEAST_HEARTBEATS * heartbeatSeconds,
      `must be at least ${LEAST_HEARTBEATS} times "heartbeatSeconds", or a healthy page would be restarted`,
    ),
    ['silenceSeconds'],
  ),
);
