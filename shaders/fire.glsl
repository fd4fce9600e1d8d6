// Which cells are updated, and the noise on the update, with the same random numbers as engine/automaton/chance.ts.

#define CELL_STREAM 0x51ed270bu
#define NOISE_STREAM 0x2545f491u

uniform highp uint seed;
uniform highp uint stepIndex;
uniform highp float dropout;
// Whether each cell decides for itself. If false, its whole block fires.
uniform bool cellFiring;
// The factor that a kept update is multiplied by.
uniform highp float updateScale;
// The standard deviation of the noise on each channel's update.
uniform highp float noise;

bool slotFires(uint slot) {
  return !cellFiring || unitFromHash(hash3(seed ^ CELL_STREAM, stepIndex, slot)) >= dropout;
}

// The hash from which the noise of all channels of a slot is derived.
uint noiseSeed(uint slot) {
  return mix32(hash3(seed ^ NOISE_STREAM, stepIndex, slot));
}

// Noise for the four channels of a state texture.
vec4 noiseOfGroup(uint slotSeed, int group) {
  uint first = slotSeed + uint(group) * 4u;
  return noise * normalFromHash(uvec4(mix32(first), mix32(first + 1u), mix32(first + 2u), mix32(first + 3u)));
}
