/** Whether this browser has been here before, for the hint of the first visit. */

const VISITED_KEY = 'nca-visited';

/** Whether nobody has painted here before. Storage may be forbidden; then every visit is the first. */
export function isFirstVisit(): boolean {
  try {
    return localStorage.getItem(VISITED_KEY) === null;
  } catch {
    return true;
  }
}

/** Somebody has painted here. */
export function rememberVisit(): void {
  try {
    localStorage.setItem(VISITED_KEY, '1');
  } catch {
    return;
  }
}
