/** The report's look. Colours are chosen for both themes of the reader's system. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2433; --soft: #667085; --line: #dfe3ea; --card: #fff; --page: #f4f5f8;
  --tone1: #2563eb; --tone2: #d9480f; --tone3: #0f8a5f; --tone4: #9333ea; --right: 37 99 235; --wrong: 217 72 15; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9f0; --soft: #98a2b3; --line: #303748; --card: #1b202c; --page: #11141c;
    --tone1: #6d9bff; --tone2: #ff9057; --tone3: #4fc89a; --tone4: #c38bff; --right: 109 155 255; --wrong: 255 144 87; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 24px 16px 48px; display: grid; gap: 16px;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 520px), 1fr)); }
header, .wide { grid-column: 1 / -1; }
h1 { margin: 0; font-size: 26px; letter-spacing: -0.01em; }
h2 { margin: 0 0 8px; font-size: 16px; }
p { margin: 4px 0; color: var(--soft); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px; min-width: 0; }
.bar { height: 8px; border-radius: 4px; background: var(--line); margin: 14px 0 6px; overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--tone1); width: var(--share); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; }
.facts div { border-left: 3px solid var(--line); padding-left: 10px; }
.facts b { display: block; font-size: 22px; font-variant-numeric: tabular-nums; }
.facts span { color: var(--soft); font-size: 13px; }
img { display: block; max-width: 100%; background: #fff; image-rendering: pixelated; border-radius: 6px; }
.sheet { width: 100%; }
.chart { margin: 0; }
.chart svg { width: 100%; height: auto; display: block; margin-top: 6px; }
.unit { color: var(--soft); margin-right: 10px; }
.key { margin-right: 12px; font-size: 13px; white-space: nowrap; }
.key::before { content: ''; display: inline-block; width: 14px; height: 3px; border-radius: 2px; margin-right: 5px;
  vertical-align: middle; background: var(--tone); }
.tone1 { --tone: var(--tone1); } .tone2 { --tone: var(--tone2); } .tone3 { --tone: var(--tone3); } .tone4 { --tone: var(--tone4); }
.line { fill: none; stroke: var(--tone); stroke-width: 2; stroke-linejoin: round; }
.band { fill: var(--tone); opacity: 0.15; }
.dot { fill: var(--tone); }
.grid { stroke: var(--line); }
.tick { fill: var(--soft); font-size: 12px; }
.end { text-anchor: end; } .middle { text-anchor: middle; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
td, th { padding: 3px 8px; text-align: right; font-weight: normal; }
th { color: var(--soft); }
.confusion td { min-width: 38px; border: 2px solid var(--card); border-radius: 6px; text-align: center;
  background: rgb(var(--hue) / calc(0.75 * var(--share))); }
.confusion th { text-align: center; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 12px; margin-top: 8px; font-size: 13px; }
.legend i { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 5px; vertical-align: -1px;
  border: 1px solid var(--line); }
.worst { display: grid; grid-template-columns: repeat(auto-fill, minmax(84px, 1fr)); gap: 10px; font-size: 13px; }
.worst img { width: 100%; }
.settings { width: 100%; font-size: 13px; }
.settings td, .settings th { text-align: left; border-top: 1px solid var(--line); word-break: break-word; vertical-align: top; }
.columns { columns: 340px; } .columns table { break-inside: avoid; }
`;
