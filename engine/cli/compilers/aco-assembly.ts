/**
 * Counts the instructions that a shader executes on an AMD GPU, from the assembly of Mesa's compiler ACO. Instructions
 * in a loop count as often as the loop runs. Both sides of a branch count.
 */

export interface InstructionCounts {
  /** Vector arithmetic. */
  readonly alu: number;
  /** Texture fetches. */
  readonly fetches: number;
  /** Loads of uniforms by the scalar unit. */
  readonly scalarLoads: number;
}

interface Line {
  readonly operation: string;
  readonly operands: string;
}

interface Loop {
  /** Line numbers from the head of the loop to the jump back. */
  readonly start: number;
  readonly end: number;
  readonly rounds: number;
}

/** Counts the instructions of a listing. A loop whose number of rounds is not fixed counts as one round. */
export function countInstructions(assembly: string): InstructionCounts {
  const { lines, labels } = parse(assembly);
  const loops = findLoops(lines, labels);
  const counts = { alu: 0, fetches: 0, scalarLoads: 0 };
  lines.forEach(({ operation }, index) => {
    const times = loops
      .filter(({ start, end }) => index >= start && index <= end)
      .reduce((product, { rounds }) => product * rounds, 1);
    if (operation.startsWith('v_')) counts.alu += times;
    else if (operation.startsWith('image_')) counts.fetches += times;
    else if (/^s_(buffer_)?load/.test(operation)) counts.scalarLoads += times;
  });
  return counts;
}

function parse(assembly: string): { lines: Line[]; labels: Map<string, number> } {
  const lines: Line[] = [];
  const labels = new Map<string, number>();
  for (const text of assembly.split('\n')) {
    const [, label] = /^(BB\d+):/.exec(text) ?? [];
    if (label !== undefined) labels.set(label, lines.length);
    const [, operation, operands] = /^\s+([a-z]\w+)\s*([^;]*)/.exec(text) ?? [];
    if (operation !== undefined) lines.push({ operation, operands: operands.trim() });
  }
  return { lines, labels };
}

function findLoops(lines: readonly Line[], labels: ReadonlyMap<string, number>): Loop[] {
  return lines.flatMap(({ operation, operands }, end) => {
    if (!/^s_c?branch/.test(operation)) return [];
    const start = labels.get(/BB\d+/.exec(operands)?.[0] ?? '');
    return start === undefined || start > end ? [] : [{ start, end, rounds: roundsOf(lines, start, end) }];
  });
}

/**
 * The number of rounds. A counted loop exits at its head when its counter reaches a limit, and increments the counter
 * at its end.
 */
function roundsOf(lines: readonly Line[], start: number, end: number): number {
  const head = lines.slice(start, start + 4).find(({ operation }) => /^s_cmpk?_ge_[iu]32$/.test(operation));
  if (!head) return 1;
  const [counter, limit] = head.operands.split(',').map((operand) => operand.trim());
  const step = lines.slice(start, end).findLast(({ operation, operands }) => {
    return /^s_add(k_i32|_[iu]32)$/.test(operation) && operands.startsWith(`${counter},`);
  });
  const first = lines.slice(0, start).findLast(({ operands }) => operands.startsWith(`${counter},`));
  const values = [limit, lastOperand(step), lastOperand(first)].map(Number);
  if (values.some((value) => !Number.isFinite(value)) || values[1] <= 0) return 1;
  return Math.max(1, Math.ceil((values[0] - values[2]) / values[1]));
}

function lastOperand(line: Line | undefined): string {
  return line?.operands.split(',').at(-1)?.trim() ?? 'none';
}
