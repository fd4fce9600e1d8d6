// The state for each target: updated where the cell fires, otherwise unchanged.

void takeUpdate(int index, ivec2 texel, bool fires, vec4 update) {
  int group = FIRST_GROUP + index;
  vec4 value = stateGroup(group, texel);
  vec4 next = fires ? value + updateScale * update : value;
  if (group == INK_CHANNEL / 4) next[INK_CHANNEL & 3] = value[INK_CHANNEL & 3];
  writeTarget(index, next);
}

#define ADD_NOISE(index) update[index] += noiseOfGroup(slotSeed, FIRST_GROUP + index);
#define TAKE_UPDATE(index) takeUpdate(index, texel, fires, update[index]);

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  uint slot = slotOfTexel(texel);
  // If cells fire for themselves, some cells of a group that runs in lockstep nearly always do.
  bool fires = slotFires(slot);
  vec4 update[TARGETS];
  updateOf(texel, update);
  // This is a loop with at most one iteration, since software GPUs execute the body of an `if` in any case.
  for (bool isOver = noise == 0.0; !isOver; isOver = true) {
    uint slotSeed = noiseSeed(slot);
    EACH_TARGET(ADD_NOISE)
  }
  EACH_TARGET(TAKE_UPDATE)
}
