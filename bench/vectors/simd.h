/* The vector instructions of WebAssembly that the kernels use, for native code too: one SSE intrinsic or two for each. */
#ifdef __wasm__
#include <wasm_simd128.h>
#else
#pragma clang attribute push(__attribute__((target("sse4.2"))), apply_to = function)
#include <immintrin.h>
typedef __m128i v128_t;
#define OP static inline __attribute__((always_inline)) v128_t
#define F(v) _mm_castsi128_ps(v)
OP wasm_v128_load(const void *p) { return _mm_loadu_si128(p); }
static inline __attribute__((always_inline)) void wasm_v128_store(void *p, v128_t v) { _mm_storeu_si128(p, v); }
OP wasm_i8x16_splat(int x) { return _mm_set1_epi8((char)x); }
OP wasm_i16x8_splat(int x) { return _mm_set1_epi16((short)x); }
OP wasm_i32x4_splat(int x) { return _mm_set1_epi32(x); }
OP wasm_f32x4_splat(float x) { return _mm_castps_si128(_mm_set1_ps(x)); }
OP wasm_f32x4_add(v128_t a, v128_t b) { return _mm_castps_si128(_mm_add_ps(F(a), F(b))); }
OP wasm_f32x4_mul(v128_t a, v128_t b) { return _mm_castps_si128(_mm_mul_ps(F(a), F(b))); }
#define wasm_f32x4_extract_lane(v, i) (F(v)[i])
OP wasm_i8x16_const_splat(int x) { return _mm_set1_epi8((char)x); }
#define wasm_i8x16_const(...) _mm_setr_epi8(__VA_ARGS__)
OP wasm_v128_or(v128_t a, v128_t b) { return _mm_or_si128(a, b); }
OP wasm_v128_and(v128_t a, v128_t b) { return _mm_and_si128(a, b); }
OP wasm_v128_xor(v128_t a, v128_t b) { return _mm_xor_si128(a, b); }
static inline __attribute__((always_inline)) int wasm_v128_any_true(v128_t a) { return !_mm_testz_si128(a, a); }
static inline __attribute__((always_inline)) unsigned wasm_i8x16_bitmask(v128_t a) { return _mm_movemask_epi8(a); }
OP wasm_i8x16_swizzle(v128_t a, v128_t i) { return _mm_shuffle_epi8(a, i); }
OP wasm_i8x16_add(v128_t a, v128_t b) { return _mm_add_epi8(a, b); }
OP wasm_i8x16_gt(v128_t a, v128_t b) { return _mm_cmpgt_epi8(a, b); }
OP wasm_u8x16_sub_sat(v128_t a, v128_t b) { return _mm_subs_epu8(a, b); }
OP wasm_u8x16_shr(v128_t a, int n) { return _mm_and_si128(_mm_srli_epi16(a, n), _mm_set1_epi8((char)(0xFF >> n))); }
OP wasm_i16x8_add(v128_t a, v128_t b) { return _mm_add_epi16(a, b); }
OP wasm_i16x8_shl(v128_t a, int n) { return _mm_slli_epi16(a, n); }
OP wasm_u16x8_shr(v128_t a, int n) { return _mm_srli_epi16(a, n); }
OP wasm_i32x4_shl(v128_t a, int n) { return _mm_slli_epi32(a, n); }
OP wasm_u32x4_shr(v128_t a, int n) { return _mm_srli_epi32(a, n); }
OP wasm_u16x8_extend_low_u8x16(v128_t a) { return _mm_cvtepu8_epi16(a); }
OP wasm_u16x8_extend_high_u8x16(v128_t a) { return _mm_unpackhi_epi8(a, _mm_setzero_si128()); }
OP wasm_u8x16_narrow_i16x8(v128_t a, v128_t b) { return _mm_packus_epi16(a, b); }
#define PREVIOUS(now, before, n) _mm_alignr_epi8(now, before, 16 - (n))
#endif
#ifdef __wasm__
#define PREVIOUS(now, before, n) \
  wasm_i8x16_shuffle(before, now, 16 - n, 17 - n, 18 - n, 19 - n, 20 - n, 21 - n, 22 - n, 23 - n, 24 - n, 25 - n, 26 - n, \
                     27 - n, 28 - n, 29 - n, 30 - n, 31 - n)
#endif
