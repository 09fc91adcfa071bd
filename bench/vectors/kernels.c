#include "simd.h"

typedef unsigned char u8;
typedef unsigned int u32;
#ifdef __wasm__
#define EXP(n) __attribute__((export_name(#n)))
#else
#define EXP(n)
#endif
#define NOINL __attribute__((noinline))
#define SIZE (1 << 17)

static u8 in[SIZE + 64] __attribute__((aligned(64)));
static u8 out[2 * SIZE] __attribute__((aligned(64)));

/* The product of two vectors of 8,192 floats. */
#define FLOATS 8192
static NOINL float dot(const float *a, const float *b, int n) {
  v128_t s0 = wasm_f32x4_splat(0), s1 = s0, s2 = s0, s3 = s0;
  for (int i = 0; i < n; i += 16) {
    s0 = wasm_f32x4_add(s0, wasm_f32x4_mul(wasm_v128_load(a + i), wasm_v128_load(b + i)));
    s1 = wasm_f32x4_add(s1, wasm_f32x4_mul(wasm_v128_load(a + i + 4), wasm_v128_load(b + i + 4)));
    s2 = wasm_f32x4_add(s2, wasm_f32x4_mul(wasm_v128_load(a + i + 8), wasm_v128_load(b + i + 8)));
    s3 = wasm_f32x4_add(s3, wasm_f32x4_mul(wasm_v128_load(a + i + 12), wasm_v128_load(b + i + 12)));
  }
  v128_t s = wasm_f32x4_add(wasm_f32x4_add(s0, s1), wasm_f32x4_add(s2, s3));
  return wasm_f32x4_extract_lane(s, 0) + wasm_f32x4_extract_lane(s, 1) + wasm_f32x4_extract_lane(s, 2) +
         wasm_f32x4_extract_lane(s, 3);
}
EXP(run_dot) double run_dot(int n) {
  float *a = (float *)in, *b = (float *)out;
  for (int i = 0; i < FLOATS; i++) { a[i] = i % 17; b[i] = i % 13; }
  double sum = 0;
  for (int r = 0; r < n; r++) { a[r % FLOATS] += 1; sum += dot(a, b, FLOATS); }
  return sum;
}

/* UTF-8 by three tables of what two bytes in a row may not be (Keiser and Lemire, 2021). */
#define TOO_SHORT 1
#define TOO_LONG 2
#define OVERLONG_3 4
#define SURROGATE 16
#define OVERLONG_2 32
#define TWO_CONTS 128
#define TOO_LARGE 8
#define TOO_LARGE_1000 64
#define OVERLONG_4 64
#define CARRY (TOO_SHORT | TOO_LONG | TWO_CONTS)
static NOINL int is_utf8(const u8 *s, int n) {
  const v128_t high1 = wasm_i8x16_const(TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
    (char)TWO_CONTS, (char)TWO_CONTS, (char)TWO_CONTS, (char)TWO_CONTS, TOO_SHORT | OVERLONG_2, TOO_SHORT,
    TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4);
  const v128_t low1 = wasm_i8x16_const((char)(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), (char)(CARRY | OVERLONG_2),
    (char)CARRY, (char)CARRY, (char)(CARRY | TOO_LARGE), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
    (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
    (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
    (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
    (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE),
    (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000));
  const v128_t high2 = wasm_i8x16_const(TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
    TOO_SHORT, (char)(TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4),
    (char)(TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE),
    (char)(TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE),
    (char)(TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE), TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
  const v128_t low_nibble = wasm_i8x16_splat(0x0F), highest = wasm_i8x16_splat(0x80);
  v128_t error = wasm_i8x16_splat(0), before = error;
  for (int i = 0; i < n; i += 16) {
    v128_t now = wasm_v128_load(s + i);
    v128_t prev1 = PREVIOUS(now, before, 1);
    v128_t special = wasm_v128_and(
      wasm_v128_and(wasm_i8x16_swizzle(high1, wasm_u8x16_shr(prev1, 4)),
                    wasm_i8x16_swizzle(low1, wasm_v128_and(prev1, low_nibble))),
      wasm_i8x16_swizzle(high2, wasm_u8x16_shr(now, 4)));
    v128_t third = wasm_u8x16_sub_sat(PREVIOUS(now, before, 2), wasm_i8x16_splat(0xE0 - 0x80));
    v128_t fourth = wasm_u8x16_sub_sat(PREVIOUS(now, before, 3), wasm_i8x16_splat(0xF0 - 0x80));
    v128_t must = wasm_v128_and(wasm_v128_or(third, fourth), highest);
    error = wasm_v128_or(error, wasm_v128_xor(must, special));
    before = now;
  }
  return !wasm_v128_any_true(error);
}
EXP(run_utf8) double run_utf8(int n) {
  static const u8 text[] = "na\xc3\xafve \xe2\x82\xac" "5 \xf0\x9f\x98\x80 plain text ";
  int length = sizeof text - 1, i = 0;
  for (; i + length <= SIZE; i += length)
    for (int j = 0; j < length; j++) in[i + j] = text[j];
  for (; i < SIZE; i++) in[i] = ' ';
  int valid = 0;
  for (int r = 0; r < n; r++) { in[0] = 'a' + (r & 1); valid += is_utf8(in, SIZE); }
  return valid;
}

/* A 3 × 3 blur, 1 2 1 each way, of a picture of 512 × 256 bytes. */
#define WIDTH 512
#define HEIGHT 256
static v128_t row(v128_t a, v128_t b, v128_t c) {
  return wasm_i16x8_add(wasm_i16x8_add(a, c), wasm_i16x8_shl(b, 1));
}
#define HALF(p, half) \
  row(wasm_u16x8_extend_##half##_u8x16(wasm_v128_load((p) - 1)), wasm_u16x8_extend_##half##_u8x16(wasm_v128_load(p)), \
      wasm_u16x8_extend_##half##_u8x16(wasm_v128_load((p) + 1)))
static NOINL void blur(const u8 *from, u8 *to) {
  for (int y = 1; y < HEIGHT - 1; y++)
    for (int x = 16; x < WIDTH - 16; x += 16) {
      const u8 *p = from + y * WIDTH + x;
      v128_t low = row(HALF(p - WIDTH, low), HALF(p, low), HALF(p + WIDTH, low));
      v128_t high = row(HALF(p - WIDTH, high), HALF(p, high), HALF(p + WIDTH, high));
      wasm_v128_store(to + y * WIDTH + x, wasm_u8x16_narrow_i16x8(wasm_u16x8_shr(low, 4), wasm_u16x8_shr(high, 4)));
    }
}
EXP(run_blur) double run_blur(int n) {
  for (int i = 0; i < SIZE; i++) { in[i] = i * 7 + (i >> 9) * 13; out[i] = 0; }
  for (int r = 0; r < n; r++) { blur(in, out); blur(out, in); }
  u32 h = 0;
  for (int i = 0; i < SIZE; i++) h = h * 31 + in[i];
  return h;
}

/* Base64: 12 bytes to 16 letters at once. */
static NOINL void encode(const u8 *from, u8 *to, int n) {
  const v128_t order = wasm_i8x16_const(2, 1, 0, -128, 5, 4, 3, -128, 8, 7, 6, -128, 11, 10, 9, -128);
  const v128_t shifts = wasm_i8x16_const('a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
    '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0);
  for (int i = 0; i < n; i += 12, to += 16) {
    v128_t x = wasm_i8x16_swizzle(wasm_v128_load(from + i), order);
    v128_t indices = wasm_v128_or(
      wasm_v128_or(wasm_v128_and(wasm_u32x4_shr(x, 18), wasm_i32x4_splat(0x3F)),
                   wasm_v128_and(wasm_u32x4_shr(x, 4), wasm_i32x4_splat(0x3F00))),
      wasm_v128_or(wasm_v128_and(wasm_i32x4_shl(x, 10), wasm_i32x4_splat(0x3F0000)),
                   wasm_v128_and(wasm_i32x4_shl(x, 24), wasm_i32x4_splat(0x3F000000))));
    v128_t kind = wasm_u8x16_sub_sat(indices, wasm_i8x16_splat(51));
    kind = wasm_v128_or(kind, wasm_v128_and(wasm_i8x16_gt(wasm_i8x16_splat(26), indices), wasm_i8x16_splat(13)));
    wasm_v128_store(to, wasm_i8x16_add(indices, wasm_i8x16_swizzle(shifts, kind)));
  }
}
EXP(run_base64) double run_base64(int n) {
  for (int i = 0; i < SIZE; i++) in[i] = i * 7 + (i >> 8);
  u32 h = 0;
  for (int r = 0; r < n; r++) {
    in[r] ^= 1;
    encode(in, out, SIZE / 12 * 12);
    for (int i = 0; i < SIZE; i += 1024) h = h * 31 + out[i];
  }
  return h;
}

#ifndef __wasm__
#pragma clang attribute pop
#endif
