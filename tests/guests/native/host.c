// Runs a plugin function written in C on this machine, under sanitizers: `host <function>` reads inputs from stdin, each
// as its length (u32, little-endian) and its bytes, and answers each with code, length, output or error text.
// run-native.mjs talks to it. PLUGIN is the source, FUNCTIONS lists what it exports; there are no capabilities.
#include "plugins.h"

#include <sanitizer/asan_interface.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint8_t *bytes;
    size_t length, position;
} buffer;

static buffer input, output, error_text;

static void append(buffer *to, const void *bytes, size_t length) {
    to->bytes = realloc(to->bytes, to->length + length + 1);
    memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
}

int32_t plugin_abi_input_length(void) { return (int32_t)input.length; }

// What of the plugin's buffer lies behind the end of the input is not to be read.
int32_t plugin_abi_input_read(void *destination, size_t length) {
    size_t left = input.length - input.position, count = left < length ? left : length;
    if (count > 0) memcpy(destination, input.bytes + input.position, count);
    input.position += count;
    if (left == 0 && length > 1) ASAN_POISON_MEMORY_REGION(destination, length);
    return (int32_t)count;
}

void plugin_abi_output_write(const void *source, size_t length) { append(&output, source, length); }
void plugin_abi_error_write(const void *source, size_t length) { append(&error_text, source, length); }
int32_t plugin_abi_result_length(void) { return 0; }
int32_t plugin_abi_result_read(void *destination, size_t length) { return (void)destination, (void)length, 0; }
void plugin_abi_log(plugin_level level, const void *source, size_t length) { (void)level, (void)source, (void)length; }

#define DENIED(name)                                                                                                   \
    plugin_status name(const void *request, size_t length) { return (void)request, (void)length, PLUGIN_DENIED; }
DENIED(plugin_abi_config_read)
DENIED(plugin_abi_variables_read)
DENIED(plugin_abi_variables_write)
DENIED(plugin_abi_variables_delete)
DENIED(plugin_abi_variables_compare_exchange)
DENIED(plugin_abi_clock_now)
DENIED(plugin_abi_random_bytes)

// The plugin is one translation unit with this, for its static buffers to be unpoisoned by name.
#include PLUGIN

typedef struct {
    const char *name;
    int32_t (*function)(void);
} export;

static const export exports[] = {FUNCTIONS};

static bool read_input(void) {
    uint8_t head[4];
    if (fread(head, 1, sizeof head, stdin) != sizeof head) return false;
    input.length = head[0] | head[1] << 8 | head[2] << 16 | (size_t)head[3] << 24;
    input.bytes = realloc(input.bytes, input.length + 1);
    input.position = output.length = error_text.length = 0;
    return fread(input.bytes, 1, input.length, stdin) == input.length;
}

static void answer(int32_t code) {
    const buffer *text = code == 0 ? &output : &error_text;
    uint32_t head[2] = {(uint32_t)code, (uint32_t)text->length};
    fwrite(head, 1, sizeof head, stdout);
    if (text->length > 0) fwrite(text->bytes, 1, text->length, stdout);
}

int main(int count, char **arguments) {
    for (size_t i = 0; count == 2 && i < sizeof exports / sizeof *exports; i++) {
        if (strcmp(arguments[1], exports[i].name) != 0) continue;
        while (read_input()) {
#ifdef STATIC_INPUT
            ASAN_UNPOISON_MEMORY_REGION(STATIC_INPUT, sizeof STATIC_INPUT);
#endif
            answer(exports[i].function());
        }
        return 0;
    }
    return 2;
}
