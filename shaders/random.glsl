// The same hashes as engine/common/random/hash.ts, tested against the same table.

uint mix32(uint x) {
  x ^= x >> 16;
  x *= 0x21f0aaadu;
  x ^= x >> 15;
  x *= 0xd35a2d97u;
  x ^= x >> 15;
  return x;
}

uint hash2(uint a, uint b) {
  return mix32(mix32(a) + b);
}

uint hash3(uint a, uint b, uint c) {
  return mix32(hash2(a, b) + c);
}

// The top 24 bits as a number in [0, 1), exact in float32.
float unitFromHash(uint hash) {
  return float(hash >> 8) * (1.0 / 16777216.0);
}

// Approximately normal, with mean 0 and standard deviation 1: the sum of each hash's four bytes (Irwin and Hall), which
// every driver rounds in the same way, unlike the logarithm of Box and Muller. Pairs of bytes are summed side by side,
// since software GPUs shift one number at a time.
vec4 normalFromHash(uvec4 hash) {
  uvec4 pairs = (hash & 0x00ff00ffu) + ((hash >> 8) & 0x00ff00ffu);
  uvec4 sum = (pairs & 0xffffu) + (pairs >> 16);
  return (vec4(sum) - 510.0) * (1.0 / 147.8005413);
}
