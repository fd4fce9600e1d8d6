// How cells are stored: a slot's texel, and what a word says of a neighbour.

#ifndef SLOT_WIDTH
#define SLOT_WIDTH 512
#endif

ivec2 texelOfSlot(uint slot) {
  return ivec2(int(slot) % SLOT_WIDTH, int(slot) / SLOT_WIDTH);
}

uint slotOfTexel(ivec2 texel) {
  return uint(texel.y * SLOT_WIDTH + texel.x);
}

// A word holds a slot in its low 24 bits and the ink of that cell in its high 8.
uint slotOfLink(uint link) {
  return link & 0xffffffu;
}

float inkOfLink(uint link) {
  return float(link >> 24) * (1.0 / 255.0);
}
