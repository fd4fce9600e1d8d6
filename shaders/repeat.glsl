// Unrolled loops, since GLSL has none: a software GPU keeps a loop, and tries every texture and every output for an
// index that it does not know.

#define REPEAT_1(DO) DO(0)
#define REPEAT_2(DO) REPEAT_1(DO) DO(1)
#define REPEAT_3(DO) REPEAT_2(DO) DO(2)
#define REPEAT_4(DO) REPEAT_3(DO) DO(3)
#define REPEAT_5(DO) REPEAT_4(DO) DO(4)
#define REPEAT_6(DO) REPEAT_5(DO) DO(5)
#define REPEAT_7(DO) REPEAT_6(DO) DO(6)
#define REPEAT_8(DO) REPEAT_7(DO) DO(7)
#define REPEAT_9(DO) REPEAT_8(DO) DO(8)
#define REPEAT_10(DO) REPEAT_9(DO) DO(9)
#define REPEAT_11(DO) REPEAT_10(DO) DO(10)
#define REPEAT_12(DO) REPEAT_11(DO) DO(11)
#define REPEAT_13(DO) REPEAT_12(DO) DO(12)
