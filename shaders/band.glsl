// The results of an earlier pass of the step for a band of slots, four values per layer.

uniform highp sampler2DArray band;
// The row of slots that is the first row of the band.
uniform highp int bandStart;

vec4 inputGroup(int group, ivec2 texel) {
  return texelFetch(band, ivec3(texel.x, texel.y - bandStart, group), 0);
}
