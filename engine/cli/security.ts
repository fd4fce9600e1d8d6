/** What the page may do. The same policy is in the built page, for any static host, and in our server's headers. */

/** Everything comes from the page's own address; no inline script or style, no eval of JavaScript. */
const policy = {
  'default-src': "'none'",
  // Learning compiles WebAssembly.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  // Pictures that the page makes itself: icons, and what a visitor saves or drops.
  'img-src': "'self' blob: data:",
  'media-src': "'self' blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
} as const;

/** The Content-Security-Policy for a `<meta http-equiv>` element. */
export const CONTENT_SECURITY_POLICY = Object.entries(policy)
  .map(([directive, sources]) => `${directive} ${sources}`)
  .join('; ');

/** Headers of every response of our server. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  // Browsers respect frame-ancestors only in a header, and warn about it in the page.
  'Content-Security-Policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors 'self'`,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};
