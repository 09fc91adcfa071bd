// A guest that does what no guest should. Each export is one attack; the host must stop it, or not mind.
#include "plugins.h"

static volatile uint32_t sink;
static uint8_t buffer[4096];

// ---- time and stack ----

PLUGIN_EXPORT(spin) {
    for (;;) sink++;
}

// The compiler makes no loops of these; the condition, which never holds, keeps it from calling them endless.
__attribute__((noinline)) static uint32_t recurse_to(volatile uint32_t depth) {
    if (sink == UINT32_MAX) return depth;
    volatile uint32_t below = recurse_to(depth + 1);
    return below + depth;
}

PLUGIN_EXPORT(recurse) { return (int32_t)recurse_to(0); }

// The same without guest stack: the engine's is all that can run out.
__attribute__((noinline)) static uint32_t recurse_lean_to(uint32_t depth) {
    return depth == UINT32_MAX ? sink : recurse_lean_to(depth + 1) * 31 + depth;
}

PLUGIN_EXPORT(recurse_lean) { return (int32_t)recurse_lean_to(0); }

// Never deeper than 100 calls, yet 2^100 of them.
__attribute__((noinline)) static uint32_t branch(uint32_t depth) {
    return depth == 0 ? sink : branch(depth - 1) + branch(depth - 1 + (sink & 0));
}

PLUGIN_EXPORT(recurse_exponentially) { return (int32_t)branch(100); }

// Fills and copies the whole memory again and again: few instructions, much work.
PLUGIN_EXPORT(fill_without_end) {
    __builtin_wasm_memory_grow(0, 256);
    uint8_t *start = buffer;
    size_t length = __builtin_wasm_memory_size(0) * 65536 - (size_t)start;
    for (;;) __builtin_memset(start, (int)sink++, length);
}

PLUGIN_EXPORT(copy_without_end) {
    __builtin_wasm_memory_grow(0, 256);
    uint8_t *start = buffer;
    size_t length = __builtin_wasm_memory_size(0) * 65536 - (size_t)start - 1;
    for (;;) __builtin_memmove(start + (sink++ & 1), start, length);
}

// ---- memory ----

// Takes all the memory it gets and answers with how many pages it then has, as text.
PLUGIN_EXPORT(grow) {
    size_t step = 1024;
    while (step > 0) {
        if (__builtin_wasm_memory_grow(0, step) == (size_t)-1) step /= 2;
    }
    plugin_writer writer;
    writer.length = 0;
    plugin_writer_number(&writer, __builtin_wasm_memory_size(0));
    plugin_writer_flush(&writer);
    return PLUGIN_OK;
}

// Takes memory and asks again when refused, without end.
PLUGIN_EXPORT(grow_without_end) {
    for (;;) sink += __builtin_wasm_memory_grow(0, 1);
}

// ---- lies about ranges ----

// The input says which function to call with which range: u8 function (0 input_read, 1 output_write, 2 error_write,
// 3 result_read, 4 log), u8 1 to count the pointer from the end of memory, i32 pointer, i32 length.
PLUGIN_EXPORT(range) {
    uint8_t request[10];
    int32_t pointer, length;
    if (plugin_input_read_all(request, sizeof request) != sizeof request) return plugin_fail("ten bytes are needed");
    __builtin_memcpy(&pointer, request + 2, 4);
    __builtin_memcpy(&length, request + 6, 4);
    if (request[1] == 1) pointer += (int32_t)(__builtin_wasm_memory_size(0) * 65536);
    switch (request[0]) {
    case 0: sink = (uint32_t)plugin_abi_input_read((void *)pointer, (size_t)length); break;
    case 1: plugin_abi_output_write((void *)pointer, (size_t)length); break;
    case 2: plugin_abi_error_write((void *)pointer, (size_t)length); break;
    case 3: sink = (uint32_t)plugin_abi_result_read((void *)pointer, (size_t)length); break;
    case 4: plugin_abi_log(PLUGIN_INFORMATION, (void *)pointer, (size_t)length); break;
    default: return plugin_fail("no such function");
    }
    return PLUGIN_OK;
}

// ---- floods ----

PLUGIN_EXPORT(flood_log) {
    for (;;) plugin_abi_log(PLUGIN_CRITICAL, buffer, sizeof buffer);
}

PLUGIN_EXPORT(flood_log_empty) {
    for (;;) plugin_abi_log(PLUGIN_TRACE, buffer, 0);
}

// Ends, after more entries than any log takes.
PLUGIN_EXPORT(log_much) {
    for (int32_t i = 0; i < 100000; i++) plugin_log(PLUGIN_INFORMATION, "again");
    return PLUGIN_OK;
}

PLUGIN_EXPORT(flood_output) {
    for (;;) plugin_output(buffer, sizeof buffer);
}

PLUGIN_EXPORT(flood_output_empty) {
    for (;;) plugin_output(buffer, 0);
}

PLUGIN_EXPORT(flood_error) {
    for (;;) plugin_error(buffer, sizeof buffer);
}

PLUGIN_EXPORT(flood_input_read) {
    for (;;) sink += plugin_input_read(buffer, 0);
}

PLUGIN_EXPORT(flood_input_length) {
    for (;;) sink += (uint32_t)plugin_input_length();
}

// ---- traps ----

PLUGIN_EXPORT(trap_unreachable) { __builtin_trap(); }

PLUGIN_EXPORT(trap_divide_by_zero) {
    uint32_t zero = sink & 0;
    __asm__ volatile("" : "+r"(zero));
    return (int32_t)(1000 / zero);
}

PLUGIN_EXPORT(trap_divide_overflow) {
    int32_t low = INT32_MIN, minus_one = -1;
    __asm__ volatile("" : "+r"(low), "+r"(minus_one));
    return low / minus_one;
}

PLUGIN_EXPORT(trap_load) { return *(volatile int32_t *)0xFFFFFFFCu; }

PLUGIN_EXPORT(trap_store) {
    *(volatile int32_t *)0xFFFFFFFCu = 1;
    return PLUGIN_OK;
}

PLUGIN_EXPORT(trap_call_null) {
    int32_t (*volatile function)(void) = NULL;
    return function();
}

PLUGIN_EXPORT(trap_call_of_other_type) {
    int64_t (*volatile function)(int64_t) = (int64_t(*)(int64_t))(void *)trap_load;
    return (int32_t)function(1);
}

// ---- failures ----

PLUGIN_EXPORT(fail_with_text) {
    plugin_error_text("it did not work: ");
    plugin_error_text("\xC3\xA4rger");
    return 42;
}

PLUGIN_EXPORT(fail_without_text) { return -7; }

PLUGIN_EXPORT(fail_after_output) {
    plugin_output_text("half of it");
    return plugin_fail("the other half is missing");
}

PLUGIN_EXPORT(fail_with_invalid_text) {
    plugin_error("a\xFF\xC3(\xED\xA0\x80z\xE2\x82", 10);
    return 1;
}

// Terminal controls, a bidirectional override and a line feed, in the error text and in the log.
PLUGIN_EXPORT(fail_with_controls) {
    static const char text[] = "\x1b[31mred\x1b[0m\r\nfake: entry\x07\xE2\x80\xAEtxt";
    plugin_log(PLUGIN_WARNING, text);
    return plugin_fail(text);
}

PLUGIN_EXPORT(succeed_with_error_text) {
    plugin_error_text("never mind");
    plugin_output_text("fine");
    return PLUGIN_OK;
}

PLUGIN_EXPORT(trap_after_output) {
    plugin_output_text("lost");
    plugin_error_text("the last words");
    __builtin_trap();
}

// ---- state and edges ----

static uint32_t count;

// How many calls this instance has served, as text.
PLUGIN_EXPORT(counter) {
    plugin_writer writer;
    writer.length = 0;
    plugin_writer_number(&writer, ++count);
    plugin_writer_flush(&writer);
    return PLUGIN_OK;
}

// Leaves the stack pointer and all of the memory behind in disorder; the next call must not see it.
PLUGIN_EXPORT(dirty) {
    count = 1000;
    __builtin_memset(buffer, 0xAA, sizeof buffer);
    return recurse_to(0) == 0;
}

PLUGIN_EXPORT(log_every_level) {
    for (int32_t level = -1; level <= 6; level++) plugin_log(level, "level");
    plugin_log(INT32_MIN, "lowest");
    plugin_log(INT32_MAX, "highest");
    return PLUGIN_OK;
}

// Reads on after the end of the input; each read must give 0.
PLUGIN_EXPORT(read_after_end) {
    while (plugin_input_read(buffer, sizeof buffer) > 0) continue;
    for (int32_t i = 0; i < 10; i++) {
        if (plugin_input_read(buffer, sizeof buffer) != 0) return plugin_fail("there was more after the end");
    }
    return PLUGIN_OK;
}

// No capability was called, so there is no result.
PLUGIN_EXPORT(result_without_call) {
    if (plugin_result_length() != 0) return plugin_fail("there is a result");
    return plugin_result_read(buffer, sizeof buffer) == 0 ? PLUGIN_OK : plugin_fail("a result can be read");
}
