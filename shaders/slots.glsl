// How cells are stored: the texel of a slot, and the word that describes a neighbour.

// The slot textures are 2^slotShift wide.
uniform highp int slotShift;

ivec2 texelOfSlot(uint slot) {
  int index = int(slot);
  return ivec2(index & ((1 << slotShift) - 1), index >> slotShift);
}

uint slotOfTexel(ivec2 texel) {
  return uint((texel.y << slotShift) | texel.x);
}

// A word holds a slot in its low 24 bits and the ink of that cell in its high 8.
uint slotOfLink(uint link) {
  return link & 0xffffffu;
}

float inkOfLink(uint link) {
  return float(link >> 24) * (1.0 / 255.0);
}
