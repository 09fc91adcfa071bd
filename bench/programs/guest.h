// What the programs share: a module without imports and without a C library, and the same natively.
#ifndef GUEST_H
#define GUEST_H

#ifdef __wasm__
#define EXPORT(name) __attribute__((export_name(#name)))
#else
#define EXPORT(name)
#endif

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef short i16;
typedef int i32;
typedef long long i64;
typedef __SIZE_TYPE__ size;

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

// Everything that a run allocates comes from here and is given back at its end.
static u8 heap[48 << 20] __attribute__((aligned(16)));
static u32 heap_used;

static void fail(void) {
    __builtin_trap();
}

static void *allocate(u32 bytes) {
    u32 start = (heap_used + 15) & ~15u;
    if (bytes > sizeof heap || start > sizeof heap - bytes) {
        fail();
    }
    heap_used = start + bytes;
    return heap + start;
}

static inline void copy_bytes(void *target, const void *source, size bytes) {
    if (bytes) { // Which may come with null pointers.
        __builtin_memcpy(target, source, bytes);
    }
}

static inline void zero_bytes(void *target, size bytes) {
    if (bytes) {
        __builtin_memset(target, 0, bytes);
    }
}

static inline int same_bytes(const void *one, const void *other, u32 bytes) {
    const u8 *a = one, *b = other;
    for (u32 i = 0; i < bytes; i++) {
        if (a[i] != b[i]) {
            return 0;
        }
    }
    return 1;
}

static inline u32 length_of(const char *text) {
    u32 length = 0;
    while (text[length]) {
        length++;
    }
    return length;
}

static inline u32 hash_bytes(const void *data, u32 bytes) {
    const u8 *p = data;
    u32 hash = 2166136261u;
    for (u32 i = 0; i < bytes; i++) {
        hash = (hash ^ p[i]) * 16777619u;
    }
    return hash;
}

static u32 random_state;

static inline u32 random_next(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

static inline u32 random_below(u32 bound) {
    return (u32)(((u64)random_next() * bound) >> 32);
}

#endif
