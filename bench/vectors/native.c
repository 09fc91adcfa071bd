#define LIST "../vectors/list.h"
#include "../kernels/native.c"
