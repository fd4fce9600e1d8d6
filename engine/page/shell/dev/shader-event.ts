/** The event that the development server sends to the page when a file under `shaders/` was saved. */
export const SHADER_EVENT = 'digits:shader';

export interface ChangedShader {
  /** The file's name, such as "step.frag". */
  readonly name: string;
  readonly text: string;
}
