// The state textures: channel c is component c % 4 of texture c / 4.

#include "repeat.glsl"

#ifndef CHANNELS
#define CHANNELS 20
#endif
#define GROUPS ((CHANNELS + 3) / 4)

uniform highp sampler2D state0;
#if GROUPS > 1
uniform highp sampler2D state1;
#endif
#if GROUPS > 2
uniform highp sampler2D state2;
#endif
#if GROUPS > 3
uniform highp sampler2D state3;
#endif
#if GROUPS > 4
uniform highp sampler2D state4;
#endif
#if GROUPS > 5
uniform highp sampler2D state5;
#endif
#if GROUPS > 6
uniform highp sampler2D state6;
#endif
#if GROUPS > 7
uniform highp sampler2D state7;
#endif
#if GROUPS > 8
uniform highp sampler2D state8;
#endif
#if GROUPS > 9
uniform highp sampler2D state9;
#endif
#if GROUPS > 10
uniform highp sampler2D state10;
#endif
#if GROUPS > 11
uniform highp sampler2D state11;
#endif
#if GROUPS > 12
uniform highp sampler2D state12;
#endif

vec4 stateGroup(int group, ivec2 texel) {
  switch (group) {
    case 0: return texelFetch(state0, texel, 0);
#if GROUPS > 1
    case 1: return texelFetch(state1, texel, 0);
#endif
#if GROUPS > 2
    case 2: return texelFetch(state2, texel, 0);
#endif
#if GROUPS > 3
    case 3: return texelFetch(state3, texel, 0);
#endif
#if GROUPS > 4
    case 4: return texelFetch(state4, texel, 0);
#endif
#if GROUPS > 5
    case 5: return texelFetch(state5, texel, 0);
#endif
#if GROUPS > 6
    case 6: return texelFetch(state6, texel, 0);
#endif
#if GROUPS > 7
    case 7: return texelFetch(state7, texel, 0);
#endif
#if GROUPS > 8
    case 8: return texelFetch(state8, texel, 0);
#endif
#if GROUPS > 9
    case 9: return texelFetch(state9, texel, 0);
#endif
#if GROUPS > 10
    case 10: return texelFetch(state10, texel, 0);
#endif
#if GROUPS > 11
    case 11: return texelFetch(state11, texel, 0);
#endif
#if GROUPS > 12
    case 12: return texelFetch(state12, texel, 0);
#endif
  }
  return vec4(0.0);
}

float stateChannel(int channel, ivec2 texel) {
  return stateGroup(channel >> 2, texel)[channel & 3];
}

// Does something with the index of each state texture.
#if GROUPS == 1
#define EACH_GROUP(DO) REPEAT_1(DO)
#elif GROUPS == 2
#define EACH_GROUP(DO) REPEAT_2(DO)
#elif GROUPS == 3
#define EACH_GROUP(DO) REPEAT_3(DO)
#elif GROUPS == 4
#define EACH_GROUP(DO) REPEAT_4(DO)
#elif GROUPS == 5
#define EACH_GROUP(DO) REPEAT_5(DO)
#elif GROUPS == 6
#define EACH_GROUP(DO) REPEAT_6(DO)
#elif GROUPS == 7
#define EACH_GROUP(DO) REPEAT_7(DO)
#elif GROUPS == 8
#define EACH_GROUP(DO) REPEAT_8(DO)
#elif GROUPS == 9
#define EACH_GROUP(DO) REPEAT_9(DO)
#elif GROUPS == 10
#define EACH_GROUP(DO) REPEAT_10(DO)
#elif GROUPS == 11
#define EACH_GROUP(DO) REPEAT_11(DO)
#elif GROUPS == 12
#define EACH_GROUP(DO) REPEAT_12(DO)
#else
#define EACH_GROUP(DO) REPEAT_13(DO)
#endif
