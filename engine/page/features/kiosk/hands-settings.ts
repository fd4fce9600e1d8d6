/** The settings for visitors who draw on a wall with their phones, and for whoever watches over them. */
import * as v from 'valibot';
import { fieldsOf, numberFrom, oneOf, textUpTo, wholeFrom } from './checks.ts';

export const CODE_CORNERS = ['bottom-right', 'bottom-left', 'top-right', 'top-left'] as const;

const pageAddress = v.pipe(
  textUpTo(300),
  v.check((text) => /^https?:\/\/[^/]+\/$/.test(text), 'must be an address such as "http://192.168.1.10:8080/"'),
);

export const handsSchema = fieldsOf({
  /** The most hands at the same time. */
  most: v.optional(wholeFrom(1, 200), 50),
  /** The code on the screen changes after this time; the one before is honoured as long again. */
  codeSeconds: v.optional(numberFrom(30, 86_400), 300),
  /** The address of this server as phones reach it; found out if left out. */
  address: v.optional(pageAddress),
  /** The screen that shows the code, by its number, … */
  codeScreen: v.optional(wholeFrom(1, 1000), 1),
  /** … in which corner, … */
  codeCorner: v.optional(oneOf(CODE_CORNERS), 'bottom-right'),
  /** … and its side as a share of the screen's shorter side. */
  codeSize: v.optional(numberFrom(0.05, 0.8), 0.25),
});

export type HandsSettings = v.InferOutput<typeof handsSchema>;

const HASH = /^scrypt\$\d+\$[\w-]+\$[\w-]+$/;

export const operatorSchema = fieldsOf({
  /** As `npm run kiosk -- --hash-password` prints it. Without it, the page is for this machine alone. */
  passwordHash: v.optional(
    v.pipe(
      textUpTo(300),
      v.check((text) => HASH.test(text), 'must be what "npm run kiosk -- --hash-password" prints'),
    ),
  ),
});
