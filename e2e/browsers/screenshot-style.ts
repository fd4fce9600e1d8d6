/** What Playwright does to a page in Firefox to take a screenshot, which the page's policy refuses. */
import { createHash } from 'node:crypto';

/** For a moment it adds an empty rule in a style of its own; browsers name what they refuse by its digest. */
const STYLE_DIGEST = createHash('sha256').update('body {}').digest('base64');

/**
 * Whether a complaint is about Playwright's own style, in the one browser where it adds it. What the page hears of a
 * violation has no digest; the browser's own words, which come as well, do.
 */
export function isAboutScreenshots(complaint: string, browserName: string): boolean {
  if (browserName !== 'firefox') return false;
  return (
    complaint.includes(`sha256-${STYLE_DIGEST}`) || complaint.endsWith('policy violated: style-src-elem by inline')
  );
}
