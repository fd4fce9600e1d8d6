/**
 * Lets a driver's error message about a shader name the file and the line, although the compiler sees one text made of
 * several files. It uses GLSL's `#line LINE NUMBER`, with a number for each file.
 */

/** The text of a shader file with line marks, at its beginning and after each include. */
export function withLineMarks(text: string, fileNumber: number): string {
  let line = 0;
  const marked = text.split('\n').map((content) => {
    line += 1;
    // A version must be the very first line.
    return /^#(version|include)\b/.test(content) ? `${content}\n#line ${line + 1} ${fileNumber}` : content;
  });
  if (!text.startsWith('#version')) marked.unshift(`#line 1 ${fileNumber}`);
  return marked.join('\n');
}

/** Returns the message with "step.frag:34" in place of each "0:34". Numbers that stand for no file stay unchanged. */
export function nameFiles(complaint: string, fileName: (fileNumber: number) => string | undefined): string {
  return complaint.replace(/\b(\d+):(\d+)\b/g, (place, file: string, line: string) => {
    const name = fileName(Number(file));
    return name === undefined ? place : `${name}:${line}`;
  });
}
