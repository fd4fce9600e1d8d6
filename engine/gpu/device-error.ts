/** What can go wrong with a GPU. */

/** Something the GPU or its driver cannot do; the message is one sentence for the user. */
export class DeviceError extends Error {
  override name = 'DeviceError';
}

/** What was begun has ended because the GPU took the context back: no fault of anybody, and it works again later. */
export class ContextLostError extends DeviceError {
  override name = 'ContextLostError';

  constructor(
    message = 'The GPU has taken its context back; this works again when it returns.',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Something that this kind of GPU was never meant to do: no fault of its driver. */
export class CapabilityError extends DeviceError {
  override name = 'CapabilityError';
}
