// What the engine's own costs are measured with, without the guest ABI: one page, a data segment, a table of functions.
typedef int (*operation)(int);

__attribute__((import_module("bench"), import_name("nothing"))) void host_nothing(void);
__attribute__((import_module("bench"), import_name("add"))) int host_add(int a, int b);

#define EXPORT(name) __attribute__((export_name(#name)))

static int increment(int x) { return x + 1; }
static int twice(int x) { return x * 2; }
static int negate(int x) { return -x; }
static int square(int x) { return x * x; }

static operation const operations[] = {increment, twice, negate, square};
static char state[] = "a data segment";

EXPORT(nothing) void nothing(void) {}

EXPORT(call_nothing) void call_nothing(int count) {
    for (int i = 0; i < count; i++) host_nothing();
}

EXPORT(call_add) int call_add(int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) sum = host_add(sum, i);
    return sum;
}

// Changes memory, and keeps the table from being left out.
EXPORT(choose) int choose(int which, int x) { return operations[which & 3](x) + state[0]++; }

EXPORT(fail) void fail(void) { __builtin_trap(); }

// Begun above zero, it recurses until a limit stops it; what it computes keeps it from becoming a loop.
EXPORT(recurse) int recurse(int n) { return n == 0 ? 0 : (recurse(n + 1) * 31) ^ n; }
