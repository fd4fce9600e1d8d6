// Each target's state: with its update where the cell fires, as it was elsewhere.

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  uint slot = slotOfTexel(texel);
  if (!slotFires(slot)) {
    for (int index = 0; index < TARGETS; index += 1) {
      writeTarget(index, stateGroup(FIRST_GROUP + index, texel));
    }
    return;
  }
  vec4 update[TARGETS];
  updateOf(texel, update);
  for (int index = 0; index < TARGETS; index += 1) {
    int group = FIRST_GROUP + index;
    vec4 value = stateGroup(group, texel);
    vec4 next = value + updateScale * (update[index] + noiseOfGroup(slot, group));
    if (group == INK_CHANNEL / 4) next[INK_CHANNEL & 3] = value[INK_CHANNEL & 3];
    writeTarget(index, next);
  }
}
