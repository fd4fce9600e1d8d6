// One output for each texture that a pass draws into.

#include "repeat.glsl"

#ifndef TARGETS
#define TARGETS 4
#endif

// What is drawn: vec4, or uvec4 into textures of whole numbers.
#ifndef TARGET_TYPE
#define TARGET_TYPE vec4
#endif

layout(location = 0) out TARGET_TYPE target0;
#if TARGETS > 1
layout(location = 1) out TARGET_TYPE target1;
#endif
#if TARGETS > 2
layout(location = 2) out TARGET_TYPE target2;
#endif
#if TARGETS > 3
layout(location = 3) out TARGET_TYPE target3;
#endif
#if TARGETS > 4
layout(location = 4) out TARGET_TYPE target4;
#endif
#if TARGETS > 5
layout(location = 5) out TARGET_TYPE target5;
#endif
#if TARGETS > 6
layout(location = 6) out TARGET_TYPE target6;
#endif
#if TARGETS > 7
layout(location = 7) out TARGET_TYPE target7;
#endif

void writeTarget(int index, TARGET_TYPE value) {
  if (index == 0) target0 = value;
#if TARGETS > 1
  if (index == 1) target1 = value;
#endif
#if TARGETS > 2
  if (index == 2) target2 = value;
#endif
#if TARGETS > 3
  if (index == 3) target3 = value;
#endif
#if TARGETS > 4
  if (index == 4) target4 = value;
#endif
#if TARGETS > 5
  if (index == 5) target5 = value;
#endif
#if TARGETS > 6
  if (index == 6) target6 = value;
#endif
#if TARGETS > 7
  if (index == 7) target7 = value;
#endif
}

// Does something with the index of each target.
#if TARGETS == 1
#define EACH_TARGET(DO) REPEAT_1(DO)
#elif TARGETS == 2
#define EACH_TARGET(DO) REPEAT_2(DO)
#elif TARGETS == 3
#define EACH_TARGET(DO) REPEAT_3(DO)
#elif TARGETS == 4
#define EACH_TARGET(DO) REPEAT_4(DO)
#elif TARGETS == 5
#define EACH_TARGET(DO) REPEAT_5(DO)
#elif TARGETS == 6
#define EACH_TARGET(DO) REPEAT_6(DO)
#elif TARGETS == 7
#define EACH_TARGET(DO) REPEAT_7(DO)
#else
#define EACH_TARGET(DO) REPEAT_8(DO)
#endif
