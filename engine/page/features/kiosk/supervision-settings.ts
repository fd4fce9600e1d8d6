/** The settings for whoever keeps an exhibit running: how it is watched, served and logged. */
import * as v from 'valibot';
import { dayTime, fieldsOf, listOf, numberFrom, passwordText, textUpTo, trueOrFalse, wholeFrom } from './checks.ts';

/** A page is given up at the earliest after so many heartbeats that did not come. */
const LEAST_HEARTBEATS = 2;

export const supervisionSchema = v.pipe(
  fieldsOf({
    /** Whether the page tells its server how it fares; `npm run kiosk` switches it on. */
    heartbeat: v.optional(trueOrFalse(), false),
    heartbeatSeconds: v.optional(numberFrom(1, 60), 5),
    /** A page that has not been heard for so long is restarted. */
    silenceSeconds: v.optional(numberFrom(3, 600), 15),
    /** A browser has so long for its first heartbeat. */
    startSeconds: v.optional(numberFrom(5, 600), 40),
    /** An address to listen on, such as 0.0.0.0; this machine alone if left out. */
    host: v.optional(textUpTo(255)),
    port: v.optional(wholeFrom(0, 65_535)),
    /** A file for the log, besides the standard output; none if left out. */
    logFile: v.optional(textUpTo(1024)),
    logMegabytes: v.optional(numberFrom(0.01, 1000), 2),
    /** Full files that are kept. */
    logFiles: v.optional(wholeFrom(1, 100), 5),
    /** Commands, each a program and its arguments, for when the exhibit opens and closes, as to switch the screen. */
    onOpen: v.optional(listOf(textUpTo(1000), 1, 50)),
    onClose: v.optional(listOf(textUpTo(1000), 1, 50)),
    /** When the browser is started again every day; never if left out. */
    restartAt: v.optional(dayTime()),
    /** For `/screen.png`, a picture of the screen for the operator; there is none without it. */
    password: v.optional(passwordText()),
    /** More options for the browser. */
    browserFlags: v.optional(listOf(textUpTo(500), 0, 50), []),
  }),
  v.forward(
    v.partialCheck(
      [['heartbeatSeconds'], ['silenceSeconds']],
      ({ heartbeatSeconds, silenceSeconds }) => silenceSeconds >= LEAST_HEARTBEATS * heartbeatSeconds,
      `must be at least ${LEAST_HEARTBEATS} times "heartbeatSeconds", or a page that is well would be restarted`,
    ),
    ['silenceSeconds'],
  ),
);
