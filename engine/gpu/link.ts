/**
 * Compiles and links a program. twgl is not used, because it never finishes if the context is lost and restored in the
 * meantime.
 */

const POLL_MILLISECONDS = 8;

export interface LinkOptions {
  /** Whether the browser compiles in parallel and can report whether it has finished. */
  readonly parallel: boolean;
  /** Whether the context that compilation started on is gone. */
  readonly isLost: () => boolean;
}

/**
 * Links a program, without blocking if the browser supports that. Its shaders are freed with it.
 *
 * @throws Error with the driver's message, or one that says that the context was lost; nothing is left behind
 */
export async function linkProgram(
  gl: WebGL2RenderingContext,
  vertex: string,
  fragment: string,
  { parallel, isLost }: LinkOptions,
): Promise<WebGLProgram> {
  const program = made(gl.createProgram(), 'a program');
  const shaders: WebGLShader[] = [];
  try {
    shaders.push(compile(gl, gl.VERTEX_SHADER, vertex));
    shaders.push(compile(gl, gl.FRAGMENT_SHADER, fragment));
    for (const shader of shaders) gl.attachShader(program, shader);
    gl.linkProgram(program);
    await linked(gl, program, isLost, parallel);
    if (isLost()) throw new Error('the GPU context was lost in the meantime.');
    if (gl.getProgramParameter(program, gl.LINK_STATUS) === true) return program;
    const logs = [...shaders.map((shader) => gl.getShaderInfoLog(shader)), gl.getProgramInfoLog(program)];
    throw new Error(logs.find((log) => log !== null && log.trim() !== '') ?? 'the driver does not say why.');
  } catch (error) {
    gl.deleteProgram(program);
    throw error;
  } finally {
    // The program keeps what it needs. Shaders left attached would outlive it.
    for (const shader of shaders) gl.deleteShader(shader);
  }
}

function compile(gl: WebGL2RenderingContext, type: GLenum, source: string): WebGLShader {
  const shader = made(gl.createShader(type), 'a shader');
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}

/**
 * Browsers return null where their types say that they do not, for example if the context is lost or the driver is out
 * of memory.
 */
function made<Made>(object: Made | null, what: string): Made {
  if (object === null) throw new Error(`the GPU has refused to create ${what}.`);
  return object;
}

/**
 * Yields even if there is nothing to wait for, so that the driver gets all programs before it is queried about the
 * first.
 */
async function linked(
  gl: WebGL2RenderingContext,
  program: WebGLProgram,
  isLost: () => boolean,
  parallel: boolean,
): Promise<void> {
  const extension = parallel ? gl.getExtension('KHR_parallel_shader_compile') : null;
  for (let wait = 0; !isLost(); wait = POLL_MILLISECONDS) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (isLost() || !extension) return;
    if (gl.getProgramParameter(program, extension.COMPLETION_STATUS_KHR) === true) return;
  }
}
