// Each target's state: with its update where the cell fires, as it was elsewhere.

#define ADD_NOISE(index) update[index] += noiseOfGroup(slotSeed, FIRST_GROUP + index);

#define TAKE(index) { \
  vec4 value = stateGroup(FIRST_GROUP + index, texel); \
  vec4 next = fires ? value + updateScale * update[index] : value; \
  if (FIRST_GROUP + index == INK_CHANNEL / 4) next[INK_CHANNEL & 3] = value[INK_CHANNEL & 3]; \
  writeTarget(index, next); \
}

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  uint slot = slotOfTexel(texel);
  // Where cells fire for themselves, some of a group that runs in lockstep nearly always do.
  bool fires = slotFires(slot);
  vec4 update[TARGETS];
  updateOf(texel, update);
  // A loop of one round at most: software GPUs run what stands under an `if` in any case.
  for (bool isOver = noise == 0.0; !isOver; isOver = true) {
    uint slotSeed = noiseSeed(slot);
    EACH_TARGET(ADD_NOISE)
  }
  EACH_TARGET(TAKE)
}
