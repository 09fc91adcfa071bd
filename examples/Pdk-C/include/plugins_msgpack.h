/* plugins_msgpack.h: read and write MessagePack in C99 or C++17, without a C library and without allocation.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   plugin_msgpack_reader reader;                          uint8_t buffer[256];
 *   plugin_msgpack_read_from(&reader, bytes, length);      plugin_msgpack_writer writer;
 *   size_t count = plugin_msgpack_read_array(&reader);     plugin_msgpack_write_to(&writer, buffer, sizeof buffer);
 *   for (; count > 0 && !reader.error; count--) {          plugin_msgpack_write_array(&writer, 1);
 *       sum += plugin_msgpack_read_uint(&reader, 1000);    plugin_msgpack_write_uint(&writer, sum);
 *   }                                                      if (!plugin_msgpack_write_end(&writer)) ...
 *   if (!plugin_msgpack_read_end(&reader)) ...             plugin_output(buffer, writer.length);
 *
 * All of the specification, strictly: any valid form is read and the shortest written; a length is checked before it is
 * used, text is UTF-8, nothing follows the end, and nothing nests deeper than PLUGIN_MSGPACK_MAX_DEPTH. The first error
 * stays: what is read after it is 0 or empty, what is written after it goes nowhere, so it need be asked for only once,
 * and in loops. It works on its own; after plugins.h there is plugin_fail_msgpack too.
 * Section names are those of https://github.com/msgpack/msgpack/blob/master/spec.md
 */
#ifndef PLUGINS_MSGPACK_H
#define PLUGINS_MSGPACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Called from many places, and large: inlined into each they make a plugin five times the size. */
#define PLUGIN_MSGPACK_SHARED static __attribute__((noinline, unused))

/* How deep arrays and maps may nest; as deep as the host's own reader allows. */
#ifndef PLUGIN_MSGPACK_MAX_DEPTH
#define PLUGIN_MSGPACK_MAX_DEPTH 64
#endif

/* What is wrong. plugin_msgpack_error_text has the words. */
typedef int32_t plugin_msgpack_error;
#define PLUGIN_MSGPACK_OK 0
#define PLUGIN_MSGPACK_TRUNCATED 1      /* the input ends within a value, or has fewer than an array or map announces */
#define PLUGIN_MSGPACK_RESERVED 2       /* the byte C1, which the specification never uses */
#define PLUGIN_MSGPACK_NOT_BOOL 3
#define PLUGIN_MSGPACK_NOT_INTEGER 4
#define PLUGIN_MSGPACK_NOT_NUMBER 5
#define PLUGIN_MSGPACK_NOT_STR 6
#define PLUGIN_MSGPACK_NOT_BIN 7
#define PLUGIN_MSGPACK_NOT_ARRAY 8
#define PLUGIN_MSGPACK_NOT_MAP 9
#define PLUGIN_MSGPACK_NOT_EXT 10
#define PLUGIN_MSGPACK_NOT_TIMESTAMP 11 /* also one of another length, or of a second of nanoseconds or more */
#define PLUGIN_MSGPACK_OUT_OF_RANGE 12
#define PLUGIN_MSGPACK_NOT_TEXT 13      /* a str that is not UTF-8 */
#define PLUGIN_MSGPACK_TOO_DEEP 14
#define PLUGIN_MSGPACK_TRAILING 15      /* bytes after the value that was to be the only one */
#define PLUGIN_MSGPACK_UNBALANCED 16    /* an array or map was read or written with another count than it announces */
#define PLUGIN_MSGPACK_FULL 17          /* the writer's buffer is too small */

/* What a value is. */
typedef int32_t plugin_msgpack_kind;
#define PLUGIN_MSGPACK_NONE 0 /* there is none: the input is at its end, or at an error */
#define PLUGIN_MSGPACK_NIL 1
#define PLUGIN_MSGPACK_BOOL 2
#define PLUGIN_MSGPACK_UINT 3 /* an integer that is not negative, in whatever form */
#define PLUGIN_MSGPACK_INT 4  /* a negative integer */
#define PLUGIN_MSGPACK_FLOAT 5
#define PLUGIN_MSGPACK_STR 6
#define PLUGIN_MSGPACK_BIN 7
#define PLUGIN_MSGPACK_ARRAY 8
#define PLUGIN_MSGPACK_MAP 9
#define PLUGIN_MSGPACK_EXT 10
#define PLUGIN_MSGPACK_TIMESTAMP 11 /* extension type -1 */

PLUGIN_MSGPACK_SHARED const char *plugin_msgpack_error_text(plugin_msgpack_error error) {
    switch (error) {
    case PLUGIN_MSGPACK_TRUNCATED: return "the input ends too early";
    case PLUGIN_MSGPACK_RESERVED: return "a byte without meaning";
    case PLUGIN_MSGPACK_NOT_BOOL: return "not a boolean";
    case PLUGIN_MSGPACK_NOT_INTEGER: return "not an integer";
    case PLUGIN_MSGPACK_NOT_NUMBER: return "not a number";
    case PLUGIN_MSGPACK_NOT_STR: return "not a string";
    case PLUGIN_MSGPACK_NOT_BIN: return "not binary";
    case PLUGIN_MSGPACK_NOT_ARRAY: return "not an array";
    case PLUGIN_MSGPACK_NOT_MAP: return "not a map";
    case PLUGIN_MSGPACK_NOT_EXT: return "not an extension";
    case PLUGIN_MSGPACK_NOT_TIMESTAMP: return "not a timestamp";
    case PLUGIN_MSGPACK_OUT_OF_RANGE: return "a number out of range";
    case PLUGIN_MSGPACK_NOT_TEXT: return "not UTF-8";
    case PLUGIN_MSGPACK_TOO_DEEP: return "nested too deep";
    case PLUGIN_MSGPACK_TRAILING: return "bytes after the end";
    case PLUGIN_MSGPACK_UNBALANCED: return "more or fewer values than announced";
    case PLUGIN_MSGPACK_FULL: return "the buffer is full";
    default: return "no error";
    }
}

/* Whether the bytes are UTF-8, as table 3-7 of the Unicode Standard: no overlong forms, no surrogates. */
PLUGIN_MSGPACK_SHARED bool plugin_msgpack_is_text(const uint8_t *bytes, size_t length) {
    size_t i = 0;
    /* Most text is ASCII, of which eight bytes are seen at a time. */
    for (uint64_t eight; length - i >= 8; i += 8) {
        __builtin_memcpy(&eight, bytes + i, 8);
        if (eight & 0x8080808080808080u) break;
    }
    while (i < length) {
        uint8_t first = bytes[i++];
        if (first < 0x80) continue;
        if (first < 0xC2 || first > 0xF4) return false;
        size_t more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
        uint8_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        uint8_t high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (more > length - i) return false;
        for (; more > 0; more--, low = 0x80, high = 0xBF) {
            uint8_t next = bytes[i++];
            if (next < low || next > high) return false;
        }
    }
    return true;
}

/* ---- reading ---- */

/* Begin with plugin_msgpack_read_from. The bytes must outlive it and the pointers that it gives. */
typedef struct {
    const uint8_t *bytes;
    size_t length;
    size_t position;                       /* of the next value; after an error, of the value at fault */
    plugin_msgpack_error error;
    uint32_t depth;                        /* how many arrays and maps are open */
    size_t left[PLUGIN_MSGPACK_MAX_DEPTH]; /* how many values each of them still has */
} plugin_msgpack_reader;

/* What a value begins with: its first byte, and the number and the type of extension after it. */
typedef struct {
    plugin_msgpack_kind kind;
    size_t size;     /* of these bytes */
    uint64_t number; /* an integer, a length or count, the bits of a double */
    int8_t type;
} plugin_msgpack_head;

static inline void plugin_msgpack_read_from(plugin_msgpack_reader *reader, const void *bytes, size_t length) {
    reader->bytes = (const uint8_t *)bytes;
    reader->length = length;
    reader->position = 0;
    reader->error = PLUGIN_MSGPACK_OK;
    reader->depth = 0;
}

static inline bool plugin_msgpack_fail(plugin_msgpack_reader *reader, plugin_msgpack_error error) {
    if (reader->error == PLUGIN_MSGPACK_OK) reader->error = error;
    return false;
}

static inline double plugin_msgpack_double(uint64_t bits) {
    union { uint64_t bits; double value; } same;
    same.bits = bits;
    return same.value;
}

static inline uint64_t plugin_msgpack_widen(uint32_t bits) {
    union { uint32_t bits; float value; } narrow;
    union { double value; uint64_t bits; } wide;
    narrow.bits = bits;
    wide.value = narrow.value;
    return wide.bits;
}

/* The kind of a value by a first byte of C0 to DF, and how many bytes of number follow it ("Formats"). */
static inline plugin_msgpack_kind plugin_msgpack_classify(uint8_t first, size_t *digits) {
    *digits = 0;
    if (first == 0xC0) return PLUGIN_MSGPACK_NIL;
    if (first == 0xC1) return PLUGIN_MSGPACK_NONE;
    if (first <= 0xC3) return PLUGIN_MSGPACK_BOOL;
    if (first >= 0xD4 && first <= 0xD8) return PLUGIN_MSGPACK_EXT;
    if (first <= 0xC6) *digits = (size_t)1 << (first - 0xC4);
    else if (first <= 0xC9) *digits = (size_t)1 << (first - 0xC7);
    else if (first <= 0xCB) *digits = (size_t)4 << (first - 0xCA);
    else if (first <= 0xD3) *digits = (size_t)1 << (first & 3);
    else if (first <= 0xDB) *digits = (size_t)1 << (first - 0xD9);
    else *digits = (size_t)2 << (first & 1);
    if (first <= 0xC6) return PLUGIN_MSGPACK_BIN;
    if (first <= 0xC9) return PLUGIN_MSGPACK_EXT;
    if (first <= 0xCB) return PLUGIN_MSGPACK_FLOAT;
    if (first <= 0xCF) return PLUGIN_MSGPACK_UINT;
    if (first <= 0xD3) return PLUGIN_MSGPACK_INT;
    if (first <= 0xDB) return PLUGIN_MSGPACK_STR;
    return first <= 0xDD ? PLUGIN_MSGPACK_ARRAY : PLUGIN_MSGPACK_MAP;
}

/* The number of a value with a first byte of C0 to DF, and what it says about the kind. */
static inline void plugin_msgpack_number(plugin_msgpack_head *head, const uint8_t *at, size_t digits) {
    uint64_t number = 0;
    for (size_t i = 1; i <= digits; i++) number = number << 8 | at[i];
    if (head->kind == PLUGIN_MSGPACK_BOOL) number = at[0] & 1;
    if (head->kind == PLUGIN_MSGPACK_FLOAT && digits == 4) number = plugin_msgpack_widen((uint32_t)number);
    if (head->kind == PLUGIN_MSGPACK_INT) {
        uint64_t sign = (uint64_t)1 << (digits * 8 - 1);
        number = (number ^ sign) - sign;
        if (!(number >> 63)) head->kind = PLUGIN_MSGPACK_UINT;
    }
    if (head->kind == PLUGIN_MSGPACK_EXT) {
        if (digits == 0) number = (uint64_t)1 << (at[0] - 0xD4);
        head->type = (int8_t)at[1 + digits];
        if (head->type == -1) head->kind = PLUGIN_MSGPACK_TIMESTAMP;
    }
    head->number = number;
}

/* Decodes what the next value begins with, without taking it. False, and the error set, when there is none. */
PLUGIN_MSGPACK_SHARED bool plugin_msgpack_peek(plugin_msgpack_reader *reader, plugin_msgpack_head *head) {
    size_t left = reader->length - reader->position, digits;
    head->kind = PLUGIN_MSGPACK_NONE;
    if (reader->error != PLUGIN_MSGPACK_OK) return false;
    if (left == 0) return plugin_msgpack_fail(reader, PLUGIN_MSGPACK_TRUNCATED);
    const uint8_t *at = reader->bytes + reader->position;
    uint8_t first = at[0];
    head->size = 1;
    head->type = 0;
    if (first < 0x80 || first >= 0xE0) {
        head->kind = first < 0x80 ? PLUGIN_MSGPACK_UINT : PLUGIN_MSGPACK_INT;
        head->number = (uint64_t)(int64_t)(int8_t)first;
    } else if (first < 0xC0) {
        head->kind = first < 0x90 ? PLUGIN_MSGPACK_MAP : first < 0xA0 ? PLUGIN_MSGPACK_ARRAY : PLUGIN_MSGPACK_STR;
        head->number = first & (first < 0xA0 ? 0x0F : 0x1F);
    } else {
        plugin_msgpack_kind kind = plugin_msgpack_classify(first, &digits);
        if (kind == PLUGIN_MSGPACK_NONE) return plugin_msgpack_fail(reader, PLUGIN_MSGPACK_RESERVED);
        head->size = 1 + digits + (kind == PLUGIN_MSGPACK_EXT);
        if (head->size > left) return plugin_msgpack_fail(reader, PLUGIN_MSGPACK_TRUNCATED);
        head->kind = kind;
        plugin_msgpack_number(head, at, digits);
    }
    return true;
}

/* The same for a value of this kind; any other is an error. */
static inline bool plugin_msgpack_expect(plugin_msgpack_reader *reader, plugin_msgpack_head *head,
                                         plugin_msgpack_kind kind, plugin_msgpack_error otherwise) {
    if (!plugin_msgpack_peek(reader, head)) return false;
    return head->kind == kind || plugin_msgpack_fail(reader, otherwise);
}

/* Closes the arrays and maps whose values were all read; how many stay open. */
static inline uint32_t plugin_msgpack_close(plugin_msgpack_reader *reader) {
    while (reader->depth > 0 && reader->left[reader->depth - 1] == 0) reader->depth--;
    return reader->depth;
}

/* Takes a value, or the beginning of an array or map: one value less in the array or map around it. */
static inline void plugin_msgpack_take(plugin_msgpack_reader *reader, size_t size) {
    if (plugin_msgpack_close(reader) > 0) reader->left[reader->depth - 1]--;
    reader->position += size;
}

/* The bytes of a str, bin or extension, not yet taken; NULL, and the error set, when they are not there. */
static inline const uint8_t *plugin_msgpack_body(plugin_msgpack_reader *reader, const plugin_msgpack_head *head) {
    const uint8_t *body = reader->bytes + reader->position + head->size;
    plugin_msgpack_error error = PLUGIN_MSGPACK_OK;
    if (head->number > reader->length - reader->position - head->size) error = PLUGIN_MSGPACK_TRUNCATED;
    else if (head->kind == PLUGIN_MSGPACK_STR && !plugin_msgpack_is_text(body, (size_t)head->number)) {
        error = PLUGIN_MSGPACK_NOT_TEXT;
    }
    if (error != PLUGIN_MSGPACK_OK) plugin_msgpack_fail(reader, error);
    return error == PLUGIN_MSGPACK_OK ? body : NULL;
}

PLUGIN_MSGPACK_SHARED const uint8_t *plugin_msgpack_take_body(plugin_msgpack_reader *reader,
                                                              const plugin_msgpack_head *head, size_t *length) {
    const uint8_t *body = plugin_msgpack_body(reader, head);
    *length = body == NULL ? 0 : (size_t)head->number;
    if (body != NULL) plugin_msgpack_take(reader, head->size + *length);
    return body;
}

/* Opens an array or map. Each of its values has a byte at least, so a count above the bytes left is a lie. */
PLUGIN_MSGPACK_SHARED size_t plugin_msgpack_open(plugin_msgpack_reader *reader, const plugin_msgpack_head *head) {
    uint64_t values = head->kind == PLUGIN_MSGPACK_MAP ? head->number * 2 : head->number;
    plugin_msgpack_error error = PLUGIN_MSGPACK_OK;
    if (values > reader->length - reader->position - head->size) error = PLUGIN_MSGPACK_TRUNCATED;
    else if (plugin_msgpack_close(reader) == PLUGIN_MSGPACK_MAX_DEPTH) error = PLUGIN_MSGPACK_TOO_DEEP;
    if (error != PLUGIN_MSGPACK_OK) {
        plugin_msgpack_fail(reader, error);
        return 0;
    }
    plugin_msgpack_take(reader, head->size);
    reader->left[reader->depth++] = (size_t)values;
    return (size_t)head->number;
}

/* What the next value is; PLUGIN_MSGPACK_NONE, and the error set, when there is none. */
static inline plugin_msgpack_kind plugin_msgpack_read_kind(plugin_msgpack_reader *reader) {
    plugin_msgpack_head head;
    plugin_msgpack_peek(reader, &head);
    return head.kind;
}

/* Takes a nil, if the next value is one. */
PLUGIN_MSGPACK_SHARED bool plugin_msgpack_read_nil(plugin_msgpack_reader *reader) {
    plugin_msgpack_head head;
    bool nil = plugin_msgpack_peek(reader, &head) && head.kind == PLUGIN_MSGPACK_NIL;
    if (nil) plugin_msgpack_take(reader, head.size);
    return nil;
}

static inline bool plugin_msgpack_read_bool(plugin_msgpack_reader *reader) {
    plugin_msgpack_head head;
    if (!plugin_msgpack_expect(reader, &head, PLUGIN_MSGPACK_BOOL, PLUGIN_MSGPACK_NOT_BOOL)) return false;
    plugin_msgpack_take(reader, head.size);
    return head.number == 1;
}

/* Takes an integer, or says why not. */
static inline uint64_t plugin_msgpack_take_integer(plugin_msgpack_reader *reader, const plugin_msgpack_head *head,
                                                   bool fits) {
    bool integer = head->kind == PLUGIN_MSGPACK_UINT || head->kind == PLUGIN_MSGPACK_INT;
    if (!integer || !fits) {
        plugin_msgpack_fail(reader, integer ? PLUGIN_MSGPACK_OUT_OF_RANGE : PLUGIN_MSGPACK_NOT_INTEGER);
        return 0;
    }
    plugin_msgpack_take(reader, head->size);
    return head->number;
}

/* An integer of 0 to `maximum`, in whatever form. */
PLUGIN_MSGPACK_SHARED uint64_t plugin_msgpack_read_uint(plugin_msgpack_reader *reader, uint64_t maximum) {
    plugin_msgpack_head head;
    if (!plugin_msgpack_peek(reader, &head)) return 0;
    return plugin_msgpack_take_integer(reader, &head, head.kind == PLUGIN_MSGPACK_UINT && head.number <= maximum);
}

/* An integer of `minimum` to `maximum`, in whatever form. */
static inline int64_t plugin_msgpack_read_int(plugin_msgpack_reader *reader, int64_t minimum, int64_t maximum) {
    plugin_msgpack_head head;
    if (!plugin_msgpack_peek(reader, &head)) return 0;
    int64_t value = (int64_t)head.number;
    bool same_sign = (value < 0) == (head.kind == PLUGIN_MSGPACK_INT);
    return (int64_t)plugin_msgpack_take_integer(reader, &head, same_sign && value >= minimum && value <= maximum);
}

/* A float, or an integer that a double surely holds: some encoders write 1.0 as 1. */
static inline double plugin_msgpack_read_float(plugin_msgpack_reader *reader) {
    const int64_t exact = (int64_t)1 << 53;
    plugin_msgpack_head head;
    if (!plugin_msgpack_peek(reader, &head)) return 0;
    if (head.kind == PLUGIN_MSGPACK_UINT || head.kind == PLUGIN_MSGPACK_INT) {
        return (double)plugin_msgpack_read_int(reader, -exact, exact);
    }
    if (!plugin_msgpack_expect(reader, &head, PLUGIN_MSGPACK_FLOAT, PLUGIN_MSGPACK_NOT_NUMBER)) return 0;
    plugin_msgpack_take(reader, head.size);
    return plugin_msgpack_double(head.number);
}

/* Points into what is read, and does not end with a zero. NULL, with a length of 0, after an error. */
PLUGIN_MSGPACK_SHARED const char *plugin_msgpack_read_str(plugin_msgpack_reader *reader, size_t *length) {
    plugin_msgpack_head head;
    *length = 0;
    if (!plugin_msgpack_expect(reader, &head, PLUGIN_MSGPACK_STR, PLUGIN_MSGPACK_NOT_STR)) return NULL;
    return (const char *)plugin_msgpack_take_body(reader, &head, length);
}

/* Points into what is read. NULL, with a length of 0, after an error. */
static inline const uint8_t *plugin_msgpack_read_bin(plugin_msgpack_reader *reader, size_t *length) {
    plugin_msgpack_head head;
    *length = 0;
    if (!plugin_msgpack_expect(reader, &head, PLUGIN_MSGPACK_BIN, PLUGIN_MSGPACK_NOT_BIN)) return NULL;
    return plugin_msgpack_take_body(reader, &head, length);
}

/* How many values follow. Read or skip that many. */
static inline size_t plugin_msgpack_read_array(plugin_msgpack_reader *reader) {
    plugin_msgpack_head head;
    if (!plugin_msgpack_expect(reader, &head, PLUGIN_MSGPACK_ARRAY, PLUGIN_MSGPACK_NOT_ARRAY)) return 0;
    return plugin_msgpack_open(reader, &head);
}

/* How many pairs of key and value follow. Read or skip that many. */
PLUGIN_MSGPACK_SHARED size_t plugin_msgpack_read_map(plugin_msgpack_reader *reader) {
    plugin_msgpack_head head;
    if (!plugin_msgpack_expect(reader, &head, PLUGIN_MSGPACK_MAP, PLUGIN_MSGPACK_NOT_MAP)) return 0;
    return plugin_msgpack_open(reader, &head);
}

/* An extension of any type, as it is. Points into what is read; NULL, with a length of 0, after an error. */
static inline const uint8_t *plugin_msgpack_read_ext(plugin_msgpack_reader *reader, int8_t *type, size_t *length) {
    plugin_msgpack_head head;
    *length = 0;
    *type = 0;
    if (!plugin_msgpack_peek(reader, &head)) return NULL;
    if (head.kind < PLUGIN_MSGPACK_EXT) {
        plugin_msgpack_fail(reader, PLUGIN_MSGPACK_NOT_EXT);
        return NULL;
    }
    *type = head.type;
    return plugin_msgpack_take_body(reader, &head, length);
}

/* Seconds since 1970-01-01 UTC, rounded down, and the nanoseconds after them ("Timestamp extension type"). */
static inline int64_t plugin_msgpack_read_timestamp(plugin_msgpack_reader *reader, uint32_t *nanoseconds) {
    plugin_msgpack_head head;
    *nanoseconds = 0;
    if (!plugin_msgpack_expect(reader, &head, PLUGIN_MSGPACK_TIMESTAMP, PLUGIN_MSGPACK_NOT_TIMESTAMP)) return 0;
    const uint8_t *body = plugin_msgpack_body(reader, &head);
    if (body == NULL) return 0;
    uint64_t length = head.number, seconds = 0, fraction = 0;
    for (size_t i = length == 12 ? 4 : 0; i < length && i < 12; i++) seconds = seconds << 8 | body[i];
    if (length == 8) {
        fraction = seconds >> 34;
        seconds &= 0x3FFFFFFFFu;
    } else if (length == 12) {
        for (size_t i = 0; i < 4; i++) fraction = fraction << 8 | body[i];
    }
    if ((length != 4 && length != 8 && length != 12) || fraction > 999999999) {
        plugin_msgpack_fail(reader, PLUGIN_MSGPACK_NOT_TIMESTAMP);
        return 0;
    }
    plugin_msgpack_take(reader, head.size + (size_t)length);
    *nanoseconds = (uint32_t)fraction;
    return (int64_t)seconds;
}

/* Takes the next value, whatever it is, with all that is in it. It checks what it skips, and does not recurse. */
PLUGIN_MSGPACK_SHARED void plugin_msgpack_skip(plugin_msgpack_reader *reader) {
    uint32_t around = plugin_msgpack_close(reader);
    plugin_msgpack_head head;
    size_t length;
    do {
        if (!plugin_msgpack_peek(reader, &head)) return;
        bool many = head.kind == PLUGIN_MSGPACK_ARRAY || head.kind == PLUGIN_MSGPACK_MAP;
        if (head.kind < PLUGIN_MSGPACK_STR) plugin_msgpack_take(reader, head.size);
        else if (many) plugin_msgpack_open(reader, &head);
        else plugin_msgpack_take_body(reader, &head, &length);
    } while (plugin_msgpack_close(reader) > around);
}

/* Whether everything was read, and nothing was wrong. */
static inline bool plugin_msgpack_read_end(plugin_msgpack_reader *reader) {
    if (plugin_msgpack_close(reader) > 0) plugin_msgpack_fail(reader, PLUGIN_MSGPACK_UNBALANCED);
    if (reader->position < reader->length) plugin_msgpack_fail(reader, PLUGIN_MSGPACK_TRAILING);
    return reader->error == PLUGIN_MSGPACK_OK;
}

/* Whether a str that was read is this text: `plugin_msgpack_is(key, length, "customer")`. */
static inline bool plugin_msgpack_is(const char *bytes, size_t length, const char *text) {
    size_t i = 0;
    while (i < length && text[i] != 0 && text[i] == bytes[i]) i++;
    return i == length && text[i] == 0;
}

/* ---- writing ---- */

/* Begin with plugin_msgpack_write_to. It writes one value. */
typedef struct {
    uint8_t *buffer;
    size_t capacity;
    size_t length; /* of what is in the buffer */
    plugin_msgpack_error error;
    uint64_t owed; /* values still to be written, by what the arrays and maps so far announced */
    void (*flush)(const void *bytes, size_t length);
} plugin_msgpack_writer;

/* Writes into the buffer; more than fits is PLUGIN_MSGPACK_FULL, and nothing that is half a value counts. */
static inline void plugin_msgpack_write_to(plugin_msgpack_writer *writer, void *buffer, size_t capacity) {
    writer->buffer = (uint8_t *)buffer;
    writer->capacity = capacity;
    writer->length = 0;
    writer->error = PLUGIN_MSGPACK_OK;
    writer->owed = 1;
    writer->flush = NULL;
}

/* Writes through the buffer to `flush`, for instance plugin_output, or a function that appends to a growing array. */
static inline void plugin_msgpack_write_through(plugin_msgpack_writer *writer, void *buffer, size_t capacity,
                                                void (*flush)(const void *bytes, size_t length)) {
    plugin_msgpack_write_to(writer, buffer, capacity);
    writer->flush = flush;
}

/* What was announced was written: all of it, nothing more, and all in the buffer or flushed. */
static inline bool plugin_msgpack_write_end(plugin_msgpack_writer *writer) {
    if (writer->error == PLUGIN_MSGPACK_OK && writer->owed > 0) writer->error = PLUGIN_MSGPACK_UNBALANCED;
    if (writer->error != PLUGIN_MSGPACK_OK) return false;
    if (writer->flush != NULL && writer->length > 0) {
        writer->flush(writer->buffer, writer->length);
        writer->length = 0;
    }
    return true;
}

PLUGIN_MSGPACK_SHARED void plugin_msgpack_put(plugin_msgpack_writer *writer, const void *bytes, size_t length) {
    if (writer->error != PLUGIN_MSGPACK_OK) return;
    if (length > writer->capacity - writer->length && writer->flush != NULL) {
        writer->flush(writer->buffer, writer->length);
        writer->length = 0;
        if (length > writer->capacity) {
            writer->flush(bytes, length);
            return;
        }
    }
    if (length > writer->capacity - writer->length) {
        writer->error = PLUGIN_MSGPACK_FULL;
    } else if (length > 0) {
        __builtin_memcpy(writer->buffer + writer->length, bytes, length);
        writer->length += length;
    }
}

/* A first byte and a number of so many bytes, big-endian ("Notation in diagrams"). */
PLUGIN_MSGPACK_SHARED void plugin_msgpack_put_head(plugin_msgpack_writer *writer, uint8_t first, uint64_t number,
                                                   size_t digits) {
    uint8_t bytes[9];
    if (writer->owed == 0 && writer->error == PLUGIN_MSGPACK_OK) writer->error = PLUGIN_MSGPACK_UNBALANCED;
    if (writer->error == PLUGIN_MSGPACK_OK) writer->owed--;
    bytes[0] = first;
    for (size_t i = digits; i > 0; number >>= 8) bytes[i--] = (uint8_t)number;
    plugin_msgpack_put(writer, bytes, 1 + digits);
}

/* The shortest form of a count or length: in the first byte, or after one for 8, 16 or 32 bits. */
PLUGIN_MSGPACK_SHARED void plugin_msgpack_put_length(plugin_msgpack_writer *writer, size_t length, uint8_t inside,
                                                     size_t room, uint8_t bits_8, uint8_t bits_16) {
    if (length > 0xFFFFFFFFu) writer->error = PLUGIN_MSGPACK_OUT_OF_RANGE;
    if (length < room) plugin_msgpack_put_head(writer, (uint8_t)(inside | length), 0, 0);
    else if (length <= 0xFF && bits_8 != 0) plugin_msgpack_put_head(writer, bits_8, length, 1);
    else if (length <= 0xFFFF) plugin_msgpack_put_head(writer, bits_16, length, 2);
    else plugin_msgpack_put_head(writer, (uint8_t)(bits_16 + 1), length, 4);
}

static inline void plugin_msgpack_write_nil(plugin_msgpack_writer *writer) {
    plugin_msgpack_put_head(writer, 0xC0, 0, 0);
}

static inline void plugin_msgpack_write_bool(plugin_msgpack_writer *writer, bool value) {
    plugin_msgpack_put_head(writer, value ? 0xC3 : 0xC2, 0, 0);
}

PLUGIN_MSGPACK_SHARED void plugin_msgpack_write_uint(plugin_msgpack_writer *writer, uint64_t value) {
    if (value < 0x80) plugin_msgpack_put_head(writer, (uint8_t)value, 0, 0);
    else if (value <= 0xFF) plugin_msgpack_put_head(writer, 0xCC, value, 1);
    else if (value <= 0xFFFF) plugin_msgpack_put_head(writer, 0xCD, value, 2);
    else if (value <= 0xFFFFFFFFu) plugin_msgpack_put_head(writer, 0xCE, value, 4);
    else plugin_msgpack_put_head(writer, 0xCF, value, 8);
}

static inline void plugin_msgpack_write_int(plugin_msgpack_writer *writer, int64_t value) {
    uint64_t bits = (uint64_t)value;
    if (value >= 0) plugin_msgpack_write_uint(writer, bits);
    else if (value >= -0x20) plugin_msgpack_put_head(writer, (uint8_t)bits, 0, 0);
    else if (value >= -0x80) plugin_msgpack_put_head(writer, 0xD0, bits, 1);
    else if (value >= -0x8000) plugin_msgpack_put_head(writer, 0xD1, bits, 2);
    else if (value >= -(int64_t)0x80000000) plugin_msgpack_put_head(writer, 0xD2, bits, 4);
    else plugin_msgpack_put_head(writer, 0xD3, bits, 8);
}

/* As a float 32 if that is the same number, else as a float 64. All NaNs are written alike. */
static inline void plugin_msgpack_write_float(plugin_msgpack_writer *writer, double value) {
    union { float value; uint32_t bits; } narrow;
    union { double value; uint64_t bits; } wide;
    const double largest = 340282346638528859811704183484516925440.0;
    bool finite = value >= -largest && value <= largest;
    narrow.bits = value != value ? 0x7FC00000u : value < 0 ? 0xFF800000u : 0x7F800000u;
    if (finite) narrow.value = (float)value;
    wide.value = value;
    if (value != value || (double)narrow.value == value) plugin_msgpack_put_head(writer, 0xCA, narrow.bits, 4);
    else plugin_msgpack_put_head(writer, 0xCB, wide.bits, 8);
}

/* Text in UTF-8; anything else is PLUGIN_MSGPACK_NOT_TEXT. */
PLUGIN_MSGPACK_SHARED void plugin_msgpack_write_str(plugin_msgpack_writer *writer, const char *bytes, size_t length) {
    bool text = plugin_msgpack_is_text((const uint8_t *)bytes, length);
    if (!text && writer->error == PLUGIN_MSGPACK_OK) writer->error = PLUGIN_MSGPACK_NOT_TEXT;
    plugin_msgpack_put_length(writer, length, 0xA0, 0x20, 0xD9, 0xDA);
    plugin_msgpack_put(writer, bytes, length);
}

/* A text that ends with a zero, such as a literal. */
PLUGIN_MSGPACK_SHARED void plugin_msgpack_write_text(plugin_msgpack_writer *writer, const char *text) {
    size_t length = 0;
    while (text[length] != 0) length++;
    plugin_msgpack_write_str(writer, text, length);
}

static inline void plugin_msgpack_write_bin(plugin_msgpack_writer *writer, const void *bytes, size_t length) {
    plugin_msgpack_put_length(writer, length, 0, 0, 0xC4, 0xC5);
    plugin_msgpack_put(writer, bytes, length);
}

/* Then write `count` values. */
static inline void plugin_msgpack_write_array(plugin_msgpack_writer *writer, size_t count) {
    plugin_msgpack_put_length(writer, count, 0x90, 0x10, 0, 0xDC);
    writer->owed += count;
}

/* Then write `count` pairs: a key and a value each. */
static inline void plugin_msgpack_write_map(plugin_msgpack_writer *writer, size_t count) {
    plugin_msgpack_put_length(writer, count, 0x80, 0x10, 0, 0xDE);
    writer->owed += (uint64_t)count * 2;
}

/* An extension; the application's own types are 0 to 127. */
static inline void plugin_msgpack_write_ext(plugin_msgpack_writer *writer, int8_t type, const void *bytes,
                                            size_t length) {
    bool fixed = length > 0 && length <= 16 && (length & (length - 1)) == 0;
    uint8_t first = 0xD4;
    for (size_t size = 1; size < length && fixed; size <<= 1) first++;
    if (fixed) plugin_msgpack_put_head(writer, first, 0, 0);
    else plugin_msgpack_put_length(writer, length, 0, 0, 0xC7, 0xC8);
    plugin_msgpack_put(writer, &type, 1);
    plugin_msgpack_put(writer, bytes, length);
}

/* A moment: seconds since 1970-01-01 UTC, rounded down, and 0 to 999,999,999 nanoseconds after them. */
static inline void plugin_msgpack_write_timestamp(plugin_msgpack_writer *writer, int64_t seconds,
                                                  uint32_t nanoseconds) {
    uint8_t body[12];
    uint64_t low = (uint64_t)seconds, high = nanoseconds;
    bool narrow = low <= 0xFFFFFFFFu && nanoseconds == 0, wide = low > 0x3FFFFFFFFu;
    if (nanoseconds > 999999999 && writer->error == PLUGIN_MSGPACK_OK) writer->error = PLUGIN_MSGPACK_OUT_OF_RANGE;
    if (!wide) low |= high << 34;
    for (size_t i = 12; i > 4; low >>= 8) body[--i] = (uint8_t)low;
    for (size_t i = 4; i > 0; high >>= 8) body[--i] = (uint8_t)high;
    plugin_msgpack_write_ext(writer, -1, body + (narrow ? 8 : wide ? 0 : 4), narrow ? 4 : wide ? 12 : 8);
}

/* ---- with plugins.h ---- */

#ifdef PLUGINS_H
/* Describes a reader's error: `return plugin_fail_msgpack("lines", &reader);`. */
static inline int32_t plugin_fail_msgpack(const char *what, const plugin_msgpack_reader *reader) {
    plugin_error_text(what);
    plugin_error_text(": ");
    plugin_error_text(plugin_msgpack_error_text(reader->error));
    plugin_error_text(" at byte ");
    plugin_error_number(reader->position);
    return 1;
}
#endif

#endif
