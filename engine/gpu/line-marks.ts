/**
 * Lets a driver's complaint about a shader name the file and the line that it is about, although the compiler sees one
 * text made of several files: GLSL's `#line LINE NUMBER`, with a number for each file.
 */

/** The text of a shader file with marks, at its beginning and after each include. */
export function withLineMarks(text: string, fileNumber: number): string {
  let line = 0;
  const marked = text.split('\n').map((content) => {
    line += 1;
    // A version must be the first line of all.
    return /^#(version|include)\b/.test(content) ? `${content}\n#line ${line + 1} ${fileNumber}` : content;
  });
  if (!text.startsWith('#version')) marked.unshift(`#line 1 ${fileNumber}`);
  return marked.join('\n');
}

/** The complaint with "step.frag:34" in the place of each "0:34"; what names no file stays as it is. */
export function nameFiles(complaint: string, fileName: (fileNumber: number) => string | undefined): string {
  return complaint.replace(/\b(\d+):(\d+)\b/g, (place, file: string, line: string) => {
    const name = fileName(Number(file));
    return name === undefined ? place : `${name}:${line}`;
  });
}
