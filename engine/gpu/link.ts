/** Compiling and linking a program. Not by twgl, which never ends where the context is lost and restored meanwhile. */

const POLL_MILLISECONDS = 8;

export interface LinkOptions {
  /** Whether the browser compiles beside the page and can be asked whether it is done. */
  readonly parallel: boolean;
  /** Whether the context that this began on is gone. */
  readonly isLost: () => boolean;
}

/**
 * A linked program, without blocking where the browser can; its shaders are gone with it.
 * @throws Error with the driver's complaint, or one that says that the context was lost; nothing is left behind
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
    if (isLost()) throw new Error('the GPU has taken its context back meanwhile.');
    if (gl.getProgramParameter(program, gl.LINK_STATUS) === true) return program;
    const logs = [...shaders.map((shader) => gl.getShaderInfoLog(shader)), gl.getProgramInfoLog(program)];
    throw new Error(logs.find((log) => log !== null && log.trim() !== '') ?? 'the driver does not say why.');
  } catch (error) {
    gl.deleteProgram(program);
    throw error;
  } finally {
    // The program keeps what it needs; shaders left attached would outlive it.
    for (const shader of shaders) gl.deleteShader(shader);
  }
}

function compile(gl: WebGL2RenderingContext, type: GLenum, source: string): WebGLShader {
  const shader = made(gl.createShader(type), 'a shader');
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}

/** Browsers return null where their types say that they do not: a lost context, a driver out of memory. */
function made<Made>(object: Made | null, what: string): Made {
  if (object === null) throw new Error(`the GPU has refused to make ${what}.`);
  return object;
}

/** Gives way even where there is nothing to wait for: the driver gets all programs before it is asked for the first. */
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
