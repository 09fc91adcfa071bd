/* plugins.h: write plugins for the Plugins SDK in C99 or C++17, without a C library.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   #include "plugins.h"
 *
 *   PLUGIN_EXPORT(shout) {
 *       char text[256];
 *       size_t length = plugin_input_read_all(text, sizeof text);
 *       if (length > sizeof text) return plugin_fail("the input is too long");
 *       plugin_output(text, length);
 *       plugin_output_text("!");
 *       return PLUGIN_OK;
 *   }
 *
 *   clang --target=wasm32-unknown-unknown -Os -ffreestanding -mbulk-memory -c -o shout.o shout.c
 *   clang --target=wasm32-unknown-unknown -nostdlib -Wl,--no-entry,--stack-first,-zstack-size=32768 \
 *       -o plugin.wasm shout.o
 *
 * In two steps, because clang that links and sees an -O runs whatever wasm-opt is installed.
 *
 * Everything here is a static inline function over the guest ABI, so a plugin imports only what it uses: what it may do
 * can be read off its imports. Nothing allocates. Text is UTF-8. A call has one input, one output and one error text.
 */
#ifndef PLUGINS_H
#define PLUGINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define PLUGIN_EXTERN_C extern "C"
extern "C" {
#else
#define PLUGIN_EXTERN_C
#endif

/* On any other target a test defines the imports itself, and calls what is exported. */
#ifdef __wasm__
#define PLUGIN_IMPORT(module, name) __attribute__((import_module(module), import_name(name)))
#define PLUGIN_EXPORTED(name) __attribute__((export_name(name)))
#else
#define PLUGIN_IMPORT(module, name)
#define PLUGIN_EXPORTED(name)
#endif
#define PLUGIN_ABI(name) PLUGIN_IMPORT("plugins:abi/v1", name)

/* The longest request (key, value and their lengths) that the variable functions build, on the stack. */
#ifndef PLUGIN_REQUEST_CAPACITY
#define PLUGIN_REQUEST_CAPACITY 4096
#endif

/* Defines an exported function; it returns PLUGIN_OK, or any other code after describing the failure. */
#define PLUGIN_EXPORT(name) PLUGIN_EXTERN_C PLUGIN_EXPORTED(#name) int32_t name(void)

/* Defines `_initialize` so that it runs the constructors, once per instance before its first call; a linker that finds
 * no such call puts one into every exported function. In C++ every plugin has this, and in C one that writes it or
 * PLUGIN_INITIALIZE. With a WASI reactor its start file does it. */
#if defined(__wasm__) && !defined(__wasi__)
#define PLUGIN_CALL_CONSTRUCTORS()                                                                                    \
    PLUGIN_EXTERN_C void __wasm_call_ctors(void);                                                                     \
    PLUGIN_EXTERN_C __attribute__((weak)) PLUGIN_EXPORTED("_initialize") void plugin_call_constructors(void) {        \
        __wasm_call_ctors();                                                                                          \
    }
#else
#define PLUGIN_CALL_CONSTRUCTORS()
#endif

/* Defines a function that runs once per instance before its first call, and fails by plugin_panic: in C after all
 * constructors, in C++ after those of the globals above it. With a WASI reactor in C, their order is not defined. */
#if defined(__wasm__) && defined(__cplusplus)
#define PLUGIN_INITIALIZE()                                                                                           \
    extern "C" void plugin_initialize(void);                                                                          \
    __attribute__((used)) static const bool plugin_is_initialized = (plugin_initialize(), true);                      \
    extern "C" void plugin_initialize(void)
#elif defined(__wasi__)
#define PLUGIN_INITIALIZE()                                                                                           \
    __attribute__((constructor)) void plugin_initialize(void);                                                        \
    void plugin_initialize(void)
#elif defined(__wasm__)
#define PLUGIN_INITIALIZE()                                                                                           \
    void plugin_initialize(void);                                                                                     \
    void __wasm_call_ctors(void);                                                                                     \
    PLUGIN_EXPORTED("_initialize") void plugin_call_constructors(void) {                                              \
        __wasm_call_ctors();                                                                                          \
        plugin_initialize();                                                                                          \
    }                                                                                                                 \
    void plugin_initialize(void)
#else
#define PLUGIN_INITIALIZE() PLUGIN_EXTERN_C void plugin_initialize(void)
#endif

/* Declares `plugin_status function(const void *request, size_t length)`, the capability called `name`. */
#define PLUGIN_HOST_FUNCTION(function, name)                                                                          \
    PLUGIN_EXTERN_C PLUGIN_IMPORT("plugins:host/v1", name) plugin_status function(const void *request, size_t length)

#define PLUGIN_OK 0

/* How a capability ended. */
typedef int32_t plugin_status;
#define PLUGIN_DENIED (-1)    /* the permission was not granted, or does not cover this request */
#define PLUGIN_FAILED (-2)    /* plugin_result_read gives a message */
#define PLUGIN_TOO_LARGE (-3) /* the request or the result is over a limit, or over the buffer given here */
#define PLUGIN_NOT_FOUND (-4) /* no such key or item */

typedef int32_t plugin_level;
#define PLUGIN_TRACE 0
#define PLUGIN_DEBUG 1
#define PLUGIN_INFORMATION 2
#define PLUGIN_WARNING 3
#define PLUGIN_ERROR 4
#define PLUGIN_CRITICAL 5

#ifdef __cplusplus
PLUGIN_CALL_CONSTRUCTORS()
#endif

/* ---- the ABI itself ---- */

PLUGIN_ABI("input_length") int32_t plugin_abi_input_length(void);
PLUGIN_ABI("input_read") int32_t plugin_abi_input_read(void *destination, size_t length);
PLUGIN_ABI("output_write") void plugin_abi_output_write(const void *source, size_t length);
PLUGIN_ABI("error_write") void plugin_abi_error_write(const void *source, size_t length);
PLUGIN_ABI("result_length") int32_t plugin_abi_result_length(void);
PLUGIN_ABI("result_read") int32_t plugin_abi_result_read(void *destination, size_t length);
PLUGIN_ABI("log") void plugin_abi_log(plugin_level level, const void *source, size_t length);

PLUGIN_HOST_FUNCTION(plugin_abi_config_read, "config.read");
PLUGIN_HOST_FUNCTION(plugin_abi_variables_read, "variables.read");
PLUGIN_HOST_FUNCTION(plugin_abi_variables_write, "variables.write");
PLUGIN_HOST_FUNCTION(plugin_abi_variables_delete, "variables.delete");
PLUGIN_HOST_FUNCTION(plugin_abi_variables_compare_exchange, "variables.compare_exchange");
PLUGIN_HOST_FUNCTION(plugin_abi_clock_now, "clock.now");
PLUGIN_HOST_FUNCTION(plugin_abi_random_bytes, "random.bytes");
PLUGIN_HOST_FUNCTION(plugin_abi_http_send, "http.send");

#ifdef __cplusplus
}
#endif

static inline size_t plugin_length(const char *text) {
    size_t length = 0;
    while (text[length] != 0) length++;
    return length;
}

/* ---- input: read in order, once ---- */

/* Bytes of input in all, or -1 when it is streamed and its length unknown. */
static inline int32_t plugin_input_length(void) { return plugin_abi_input_length(); }

/* Reads the next bytes; how many, 0 at the end. A streamed input may give fewer than asked for. */
static inline size_t plugin_input_read(void *buffer, size_t capacity) {
    return (size_t)plugin_abi_input_read(buffer, capacity);
}

/* Reads what is left of the input. A result above `capacity` says that there was more. */
static inline size_t plugin_input_read_all(void *buffer, size_t capacity) {
    size_t length = 0, count = 1;
    while (length < capacity && count > 0) {
        count = plugin_input_read((uint8_t *)buffer + length, capacity - length);
        length += count;
    }
    uint8_t more;
    return length < capacity ? length : length + plugin_input_read(&more, 1);
}

/* ---- output ---- */

/* Appends to the output. Each call crosses to the host: for many small pieces use a plugin_writer. */
static inline void plugin_output(const void *data, size_t length) { plugin_abi_output_write(data, length); }

static inline void plugin_output_text(const char *text) { plugin_output(text, plugin_length(text)); }

/* Collects small pieces of output: `plugin_writer writer; writer.length = 0;`, and plugin_writer_flush at the end. */
typedef struct {
    size_t length;
    uint8_t buffer[512];
} plugin_writer;

static inline void plugin_writer_flush(plugin_writer *writer) {
    if (writer->length > 0) plugin_output(writer->buffer, writer->length);
    writer->length = 0;
}

static inline void plugin_writer_byte(plugin_writer *writer, uint8_t value) {
    if (writer->length == sizeof writer->buffer) plugin_writer_flush(writer);
    writer->buffer[writer->length++] = value;
}

static inline void plugin_writer_bytes(plugin_writer *writer, const void *data, size_t length) {
    for (size_t i = 0; i < length; i++) plugin_writer_byte(writer, ((const uint8_t *)data)[i]);
}

static inline void plugin_writer_text(plugin_writer *writer, const char *text) {
    while (*text != 0) plugin_writer_byte(writer, (uint8_t)*text++);
}

static inline size_t plugin_decimal(uint64_t value, char digits[20]) {
    size_t length = 0;
    for (uint64_t rest = value; length == 0 || rest > 0; rest /= 10) length++;
    for (size_t i = length; i > 0; value /= 10) digits[--i] = (char)('0' + value % 10);
    return length;
}

static inline void plugin_writer_number(plugin_writer *writer, uint64_t value) {
    char digits[20];
    size_t length = plugin_decimal(value, digits);
    for (size_t i = 0; i < length; i++) plugin_writer_byte(writer, (uint8_t)digits[i]);
}

/* ---- failure ---- */

/* Appends to the error text, which the host drops when the function returns PLUGIN_OK. */
static inline void plugin_error(const void *data, size_t length) { plugin_abi_error_write(data, length); }

static inline void plugin_error_text(const char *text) { plugin_error(text, plugin_length(text)); }

static inline void plugin_error_number(uint64_t value) {
    char digits[20];
    plugin_error(digits, plugin_decimal(value, digits));
}

/* Describes the failure: `return plugin_fail("why");`. The code is 1. */
static inline int32_t plugin_fail(const char *text) {
    plugin_error_text(text);
    return 1;
}

/* Describes a failure and traps: for what must not happen. */
__attribute__((noreturn)) static inline void plugin_panic(const char *text) {
    plugin_error_text(text);
    __builtin_trap();
}

/* ---- log ---- */

static inline void plugin_log(plugin_level level, const char *text) {
    plugin_abi_log(level, text, plugin_length(text));
}

/* ---- results of capabilities: they live until the next capability call ---- */

static inline size_t plugin_result_length(void) { return (size_t)plugin_abi_result_length(); }

/* Reads the next bytes of the last result, or of the message of PLUGIN_FAILED; how many, 0 at the end. */
static inline size_t plugin_result_read(void *buffer, size_t capacity) {
    return (size_t)plugin_abi_result_read(buffer, capacity);
}

/* Appends the message of PLUGIN_FAILED to the error text. */
static inline void plugin_error_result(void) {
    uint8_t part[128];
    for (size_t n; (n = plugin_result_read(part, sizeof part)) > 0;) plugin_error(part, n);
}

/* Describes the failure of a capability: `return plugin_fail_status("greeting.prefix", status);`. */
static inline int32_t plugin_fail_status(const char *capability, plugin_status status) {
    plugin_error_text(capability);
    if (status == PLUGIN_DENIED) return plugin_fail(" is not permitted");
    if (status == PLUGIN_TOO_LARGE) return plugin_fail(": too large");
    if (status == PLUGIN_NOT_FOUND) return plugin_fail(": not found");
    plugin_error_text(status == PLUGIN_FAILED ? " failed: " : " failed");
    if (status == PLUGIN_FAILED) plugin_error_result();
    return 1;
}

/* Copies the result of a capability that ended with `status` into `buffer` and its length into `length`. */
static inline plugin_status plugin_result(plugin_status status, void *buffer, size_t capacity, size_t *length) {
    *length = 0;
    if (status != PLUGIN_OK) return status;
    if (plugin_result_length() > capacity) return PLUGIN_TOO_LARGE;
    *length = plugin_result_read(buffer, capacity);
    return PLUGIN_OK;
}

/* ---- configuration and variables ---- */

/* Reads the value that the operator configured for `key`. */
static inline plugin_status plugin_config(const char *key, void *buffer, size_t capacity, size_t *length) {
    return plugin_result(plugin_abi_config_read(key, plugin_length(key)), buffer, capacity, length);
}

static inline plugin_status plugin_variable_read(const char *key, void *buffer, size_t capacity, size_t *length) {
    return plugin_result(plugin_abi_variables_read(key, plugin_length(key)), buffer, capacity, length);
}

/* A request under construction: lengths are little-endian u32, as is this machine. */
typedef struct {
    size_t length;
    bool overflow;
    uint8_t bytes[PLUGIN_REQUEST_CAPACITY];
} plugin_request;

static inline void plugin_request_bytes(plugin_request *request, const void *data, size_t length) {
    request->overflow = request->overflow || length > sizeof request->bytes - request->length;
    if (request->overflow) return;
    for (size_t i = 0; i < length; i++) request->bytes[request->length++] = ((const uint8_t *)data)[i];
}

static inline void plugin_request_u32(plugin_request *request, uint32_t value) {
    plugin_request_bytes(request, &value, sizeof value);
}

static inline void plugin_request_key(plugin_request *request, const char *key) {
    request->length = 0;
    request->overflow = false;
    plugin_request_u32(request, (uint32_t)plugin_length(key));
    plugin_request_bytes(request, key, plugin_length(key));
}

static inline plugin_status plugin_variable_write(const char *key, const void *value, size_t length) {
    plugin_request request;
    plugin_request_key(&request, key);
    plugin_request_bytes(&request, value, length);
    return request.overflow ? PLUGIN_TOO_LARGE : plugin_abi_variables_write(request.bytes, request.length);
}

/* Removes a variable; removing what is not there succeeds. */
static inline plugin_status plugin_variable_delete(const char *key) {
    return plugin_abi_variables_delete(key, plugin_length(key));
}

/* Writes `value` if the variable holds `expected` (NULL: if it is absent), and says in `written` whether it did.
 * When it did not, plugin_result_read gives the present value. */
static inline plugin_status plugin_variable_compare_exchange(const char *key, const void *expected,
                                                             size_t expected_length, const void *value,
                                                             size_t length, bool *written) {
    plugin_request request;
    uint8_t answer = 0;
    plugin_request_key(&request, key);
    plugin_request_u32(&request, expected == NULL ? 0xFFFFFFFFu : (uint32_t)expected_length);
    plugin_request_bytes(&request, expected, expected == NULL ? 0 : expected_length);
    plugin_request_bytes(&request, value, length);
    plugin_status status = PLUGIN_TOO_LARGE;
    if (!request.overflow) status = plugin_abi_variables_compare_exchange(request.bytes, request.length);
    if (status == PLUGIN_OK) plugin_result_read(&answer, 1);
    *written = answer == 1;
    return status;
}

/* ---- clock and randomness ---- */

/* Nanoseconds since 1970-01-01 UTC. */
static inline plugin_status plugin_clock_now(int64_t *nanoseconds) {
    size_t length;
    return plugin_result(plugin_abi_clock_now(NULL, 0), nanoseconds, sizeof *nanoseconds, &length);
}

/* Fills `buffer` with bytes fit for keys and tokens. */
static inline plugin_status plugin_random_bytes(void *buffer, uint32_t count) {
    size_t length;
    return plugin_result(plugin_abi_random_bytes(&count, sizeof count), buffer, count, &length);
}

/* ---- HTTP, with the permission http.send and within its scope ---- */

typedef struct {
    const char *name, *value;
} plugin_http_header;

/* A request for the host to send. What is 0 is left out; method and url are needed. */
typedef struct {
    const char *method; /* in capitals, such as "GET" */
    const char *url;    /* absolute */
    const plugin_http_header *headers;
    size_t header_count;
    const void *body;
    size_t body_length;
} plugin_http_request;

/* A response, whatever its status; it lies in the buffer that was given for it. */
typedef struct {
    uint32_t status;
    const uint8_t *body;
    size_t body_length;
    const uint8_t *head; /* for plugin_http_find */
    size_t head_length;
} plugin_http_response;

/* Counts what does not fit. */
typedef struct {
    uint8_t *bytes;
    size_t capacity, length;
} plugin_http_writer;

static inline void plugin_http_put(plugin_http_writer *writer, const void *data, size_t length) {
    for (size_t i = 0; i < length; i++, writer->length++)
        if (writer->length < writer->capacity) writer->bytes[writer->length] = ((const uint8_t *)data)[i];
}

static inline void plugin_http_put_text(plugin_http_writer *writer, const char *text) {
    plugin_http_put(writer, text, plugin_length(text));
}

static inline void plugin_http_put_string(plugin_http_writer *writer, const char *text) {
    plugin_http_put(writer, "\"", 1);
    for (; *text != 0; text++) {
        uint8_t c = (uint8_t)*text;
        if (c < 0x20) {
            plugin_http_put(writer, "\\u00", 4);
            plugin_http_put(writer, &"0123456789abcdef"[c >> 4], 1);
            plugin_http_put(writer, &"0123456789abcdef"[c & 15], 1);
        } else {
            if (c == '"' || c == '\\') plugin_http_put(writer, "\\", 1);
            plugin_http_put(writer, &c, 1);
        }
    }
    plugin_http_put(writer, "\"", 1);
}

/* What is left of JSON that a host wrote. */
typedef struct {
    const uint8_t *at, *end;
} plugin_http_json;

static inline void plugin_http_space(plugin_http_json *json) {
    while (json->at < json->end && (*json->at == ' ' || *json->at == '\t' || *json->at == '\n' || *json->at == '\r'))
        json->at++;
}

static inline bool plugin_http_take(plugin_http_json *json, char mark) {
    plugin_http_space(json);
    bool taken = json->at < json->end && *json->at == (uint8_t)mark;
    if (taken) json->at++;
    return taken;
}

/* Takes a string; it lies between `text` and `end`, escapes and all. */
static inline bool plugin_http_string(plugin_http_json *json, plugin_http_json *text) {
    if (!plugin_http_take(json, '"')) return false;
    text->at = json->at;
    for (bool escaped = false; json->at < json->end; json->at++) {
        if (*json->at == '"' && !escaped) {
            text->end = json->at++;
            return true;
        }
        escaped = *json->at == '\\' && !escaped;
    }
    return false;
}

static inline uint32_t plugin_http_unit(plugin_http_json *text) {
    uint32_t unit = 0;
    for (int digit = 0; digit < 4; digit++) {
        uint8_t c = text->at < text->end ? *text->at++ : 0;
        uint32_t value = c >= '0' && c <= '9' ? c - (uint32_t)'0' : (c | 0x20u) - (uint32_t)'a' + 10;
        if (value > 15) return 0xFFFD;
        unit = unit << 4 | value;
    }
    return unit;
}

/* Decodes the next character of a string to UTF-8; how many bytes, 0 at the end. */
static inline size_t plugin_http_character(plugin_http_json *text, uint8_t bytes[4]) {
    if (text->at == text->end) return 0;
    bytes[0] = *text->at++;
    if (bytes[0] != '\\' || text->at == text->end) return 1;
    uint8_t escaped = *text->at++;
    if (escaped != 'u') {
        bytes[0] = escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped == 'r' ? '\r'
            : escaped == 'b' ? '\b' : escaped == 'f' ? '\f' : escaped;
        return 1;
    }
    uint32_t c = plugin_http_unit(text);
    if (c >= 0xD800 && c < 0xDC00 && text->end - text->at >= 6 && text->at[0] == '\\' && text->at[1] == 'u') {
        plugin_http_json low = {text->at + 2, text->end};
        uint32_t second = plugin_http_unit(&low);
        if (second >= 0xDC00 && second < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (second - 0xDC00);
            text->at = low.at;
        }
    }
    if (c >= 0xD800 && c < 0xE000) c = 0xFFFD;
    if (c < 0x80) {
        bytes[0] = (uint8_t)c;
        return 1;
    }
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length; i > 1; c >>= 6) bytes[--i] = (uint8_t)(0x80 | (c & 0x3F));
    bytes[0] = (uint8_t)(c | (0xF00u >> length));
    return length;
}

/* Whether a string is a text, with letters of ASCII in either case. */
static inline bool plugin_http_is(plugin_http_json text, const char *name) {
    uint8_t bytes[4];
    for (size_t n; (n = plugin_http_character(&text, bytes)) > 0;) {
        for (size_t i = 0; i < n; i++, name++) {
            uint8_t left = bytes[i], right = (uint8_t)*name;
            if (left >= 'A' && left <= 'Z') left |= 0x20;
            if (right >= 'A' && right <= 'Z') right |= 0x20;
            if (left != right || right == 0) return false;
        }
    }
    return *name == 0;
}

/* Goes past a value. */
static inline bool plugin_http_skip(plugin_http_json *json) {
    size_t depth = 0;
    do {
        plugin_http_json text;
        if (plugin_http_take(json, '[') || plugin_http_take(json, '{')) {
            depth++;
            continue;
        }
        if (depth > 0 && (plugin_http_take(json, ',') || plugin_http_take(json, ':'))) continue;
        if (depth > 0 && (plugin_http_take(json, ']') || plugin_http_take(json, '}'))) {
            depth--;
            continue;
        }
        if (json->at < json->end && *json->at == '"') {
            if (!plugin_http_string(json, &text)) return false;
            continue;
        }
        const uint8_t *start = json->at;
        for (; json->at < json->end; json->at++) {
            uint8_t c = *json->at, letter = (uint8_t)(c | 0x20);
            if ((c < '0' || c > '9') && (letter < 'a' || letter > 'z') && c != '-' && c != '+' && c != '.') break;
        }
        if (json->at == start) return false;
    } while (depth > 0);
    return true;
}

/* Goes to the value of a field of an object. */
static inline bool plugin_http_field(plugin_http_json *json, const char *name) {
    plugin_http_json key;
    if (!plugin_http_take(json, '{')) return false;
    do {
        if (!plugin_http_string(json, &key) || !plugin_http_take(json, ':')) return false;
        plugin_http_space(json);
        if (plugin_http_is(key, name)) return true;
    } while (plugin_http_skip(json) && plugin_http_take(json, ','));
    return false;
}

/* Reads a response that fills a buffer. */
static inline bool plugin_http_read(const uint8_t *message, size_t length, plugin_http_response *response) {
    uint32_t head_length = 0;
    if (length < sizeof head_length) return false;
    for (size_t i = 0; i < sizeof head_length; i++) head_length |= (uint32_t)message[i] << (8 * i);
    if (head_length > length - sizeof head_length) return false;
    response->head = message + sizeof head_length;
    response->head_length = head_length;
    response->body = response->head + head_length;
    response->body_length = length - sizeof head_length - head_length;
    response->status = 0;
    plugin_http_json json = {response->head, response->body};
    if (!plugin_http_field(&json, "status")) return false;
    const uint8_t *start = json.at;
    for (; json.at < json.end && *json.at >= '0' && *json.at <= '9' && json.at - start < 5; json.at++)
        response->status = response->status * 10 + (uint32_t)(*json.at - '0');
    return json.at > start;
}

/* Sends a request and waits for the whole response. The buffer holds the one, then the other; PLUGIN_TOO_LARGE where
 * one does not fit. An error status of the server is PLUGIN_OK. */
static inline plugin_status plugin_http_send(const plugin_http_request *request, void *buffer, size_t capacity,
                                             plugin_http_response *response) {
    plugin_http_writer writer = {(uint8_t *)buffer, capacity, sizeof(uint32_t)};
    plugin_http_put_text(&writer, "{\"method\":");
    plugin_http_put_string(&writer, request->method);
    plugin_http_put_text(&writer, ",\"url\":");
    plugin_http_put_string(&writer, request->url);
    plugin_http_put_text(&writer, ",\"headers\":[");
    for (size_t i = 0; i < request->header_count; i++) {
        plugin_http_put_text(&writer, i == 0 ? "[" : ",[");
        plugin_http_put_string(&writer, request->headers[i].name);
        plugin_http_put_text(&writer, ",");
        plugin_http_put_string(&writer, request->headers[i].value);
        plugin_http_put_text(&writer, "]");
    }
    plugin_http_put_text(&writer, "]}");
    uint32_t head_length = (uint32_t)(writer.length - sizeof(uint32_t));
    plugin_http_put(&writer, request->body, request->body_length);
    size_t length = writer.length;
    if (length > capacity) return PLUGIN_TOO_LARGE;
    writer.length = 0;
    plugin_http_put(&writer, &head_length, sizeof head_length);
    plugin_status status = plugin_result(plugin_abi_http_send(buffer, length), buffer, capacity, &length);
    if (status == PLUGIN_OK && !plugin_http_read((const uint8_t *)buffer, length, response))
        plugin_panic("http.send gave an answer that cannot be read");
    return status;
}

/* Finds the first header with a name, in either case, and copies its value; a `length` above `capacity` says that there
 * was more. */
static inline bool plugin_http_find(const plugin_http_response *response, const char *name, char *value,
                                    size_t capacity, size_t *length) {
    plugin_http_json json = {response->head, response->head + response->head_length}, key, text;
    *length = 0;
    if (!plugin_http_field(&json, "headers") || !plugin_http_take(&json, '[')) return false;
    while (plugin_http_take(&json, '[') && plugin_http_string(&json, &key) && plugin_http_take(&json, ',')
           && plugin_http_string(&json, &text) && plugin_http_take(&json, ']')) {
        if (plugin_http_is(key, name)) {
            uint8_t bytes[4];
            for (size_t n; (n = plugin_http_character(&text, bytes)) > 0;)
                for (size_t i = 0; i < n; i++, (*length)++)
                    if (*length < capacity) value[*length] = (char)bytes[i];
            return true;
        }
        plugin_http_take(&json, ',');
    }
    return false;
}

/* ---- text, character by character, in constant memory ---- */

#define PLUGIN_TEXT_END (-1)
#define PLUGIN_TEXT_INVALID (-2)

/* Begin with plugin_text_input or plugin_text_memory. `offset` is that of the next character, or of the invalid one. */
typedef struct {
    uint64_t offset;
    const uint8_t *bytes;
    size_t position, length;
    bool streamed;
    uint8_t buffer[4096];
} plugin_text;

/* The text of the input, which is read as the characters are asked for. */
static inline void plugin_text_input(plugin_text *text) {
    text->offset = 0;
    text->bytes = text->buffer;
    text->position = text->length = 0;
    text->streamed = true;
}

/* A text in memory. */
static inline void plugin_text_memory(plugin_text *text, const void *data, size_t length) {
    text->offset = 0;
    text->bytes = (const uint8_t *)data;
    text->position = 0;
    text->length = length;
    text->streamed = false;
}

static inline int32_t plugin_text_peek(plugin_text *text) {
    if (text->position == text->length && text->streamed) {
        text->length = plugin_input_read(text->buffer, sizeof text->buffer);
        text->position = 0;
    }
    return text->position < text->length ? text->bytes[text->position] : PLUGIN_TEXT_END;
}

/* The next Unicode scalar value, PLUGIN_TEXT_END, or PLUGIN_TEXT_INVALID. Strict, as table 3-7 of the Unicode Standard:
 * neither overlong forms nor surrogates nor anything above U+10FFFF. */
static inline int32_t plugin_text_next(plugin_text *text) {
    int32_t first = plugin_text_peek(text);
    if (first < 0) return PLUGIN_TEXT_END;
    text->position++;
    if (first < 0x80) {
        text->offset++;
        return first;
    }
    if (first < 0xC2 || first > 0xF4) return PLUGIN_TEXT_INVALID;
    int32_t more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    int32_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int32_t high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    int32_t value = first & (0x3F >> more);
    for (int32_t i = 0; i < more; i++) {
        int32_t next = plugin_text_peek(text);
        if (next < low || next > high) return PLUGIN_TEXT_INVALID;
        text->position++;
        value = value << 6 | (next & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    text->offset += 1 + (uint64_t)more;
    return value;
}

/* Reads to the end; false, and `offset` says where, if a part is not UTF-8. */
static inline bool plugin_text_is_valid(plugin_text *text) {
    int32_t c = 0;
    while (c >= 0) c = plugin_text_next(text);
    return c == PLUGIN_TEXT_END;
}

/* `return plugin_fail_text(&text);` after PLUGIN_TEXT_INVALID. */
static inline int32_t plugin_fail_text(const plugin_text *text) {
    plugin_error_text("the text is not UTF-8 at byte ");
    plugin_error_number(text->offset);
    return 1;
}

#endif
