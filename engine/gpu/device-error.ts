/** The errors of a GPU. */

/** Something that the GPU or its driver cannot do. The message is one sentence for the user. */
export class DeviceError extends Error {
  override name = 'DeviceError';
}

/** An operation has ended because the context was lost. It is not a fault, and the operation works again later. */
export class ContextLostError extends DeviceError {
  override name = 'ContextLostError';

  constructor(message = 'The GPU context was lost; this works again when it is restored.', options?: ErrorOptions) {
    super(message, options);
  }
}

/** Something that is beyond this kind of GPU. It is not a fault of the driver. */
export class CapabilityError extends DeviceError {
  override name = 'CapabilityError';
}
