/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ggml's block types: the 32-element ones, the k-quants and the ternary ones.
 *
 * Layouts after ggml's quants.c and gguf-py (llama.cpp, 2025).  In all of them a half-precision
 * scale multiplies small integers; the comment at each kernel is the block, byte by byte.  One
 * kernel expands whole blocks. */
#include "core/model/dtype-private.h"

#define QK 256 /* elements in a super-block of the K types */

/* f16 scale, 16 bytes of two 4-bit values: low nibbles are elements 0..15, high ones 16..31. */
static void
read_q4_0 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += 32, source += 18, target += 32)
    {
      float scale = sem_half_to_float (sem_load_u16 (source));
      for (gsize j = 0; j < 16; j++)
        {
          target[j] = scale * (float)((source[2 + j] & 15) - 8);
          target[j + 16] = scale * (float)((source[2 + j] >> 4) - 8);
        }
    }
}

/* f16 scale, f16 minimum, 16 bytes of nibbles as above. */
static void
read_q4_1 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += 32, source += 20, target += 32)
    {
      float scale = sem_half_to_float (sem_load_u16 (source));
      float minimum = sem_half_to_float (sem_load_u16 (source + 2));
      for (gsize j = 0; j < 16; j++)
        {
          target[j] = scale * (float)(source[4 + j] & 15) + minimum;
          target[j + 16] = scale * (float)(source[4 + j] >> 4) + minimum;
        }
    }
}

/* The fifth bits are a u32: bit i belongs to element i. */
static inline int
join_fifth_bit (guint8 nibble, guint32 high_bits, gsize element)
{
  return (int)(nibble | (high_bits >> element & 1) << 4);
}

/* f16 scale, u32 of fifth bits, 16 bytes of nibbles. */
static void
read_q5_0 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += 32, source += 22, target += 32)
    {
      float scale = sem_half_to_float (sem_load_u16 (source));
      guint32 high = sem_load_u32 (source + 2);
      for (gsize j = 0; j < 16; j++)
        {
          target[j] = scale * (float)(join_fifth_bit (source[6 + j] & 15, high, j) - 16);
          target[j + 16] = scale * (float)(join_fifth_bit (source[6 + j] >> 4, high, j + 16) - 16);
        }
    }
}

/* f16 scale, f16 minimum, u32 of fifth bits, 16 bytes of nibbles. */
static void
read_q5_1 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += 32, source += 24, target += 32)
    {
      float scale = sem_half_to_float (sem_load_u16 (source));
      float minimum = sem_half_to_float (sem_load_u16 (source + 2));
      guint32 high = sem_load_u32 (source + 4);
      for (gsize j = 0; j < 16; j++)
        {
          target[j] = scale * (float)join_fifth_bit (source[8 + j] & 15, high, j) + minimum;
          target[j + 16]
              = scale * (float)join_fifth_bit (source[8 + j] >> 4, high, j + 16) + minimum;
        }
    }
}

static void
scale_bytes (const guint8 *source, gsize n, float scale, float *target)
{
  for (gsize j = 0; j < n; j++)
    target[j] = scale * (float)(gint8)source[j];
}

/* f16 scale, 32 signed bytes. */
static void
read_q8_0 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += 32, source += 34, target += 32)
    scale_bytes (source + 2, 32, sem_half_to_float (sem_load_u16 (source)), target);
}

/* f16 scale, f16 sum (of no use here), 32 signed bytes. */
static void
read_q8_1 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += 32, source += 36, target += 32)
    scale_bytes (source + 4, 32, sem_half_to_float (sem_load_u16 (source)), target);
}

/* f32 scale, 256 signed bytes, 16 sums. */
static void
read_q8_k (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 292, target += QK)
    scale_bytes (source + 4, QK, sem_float_from_bits (sem_load_u32 (source)), target);
}

/* 16 bytes (low nibble scale, high nibble minimum, of 16 elements each), 64 bytes of 2-bit values,
 * f16 scale of the scales, f16 scale of the minima.  Each 32 bytes hold 128 elements: bits 0-1 are
 * the first 32 of them, and so on. */
static void
read_q2_k (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 84, target += QK)
    {
      const guint8 *values = source + 16;
      float scale = sem_half_to_float (sem_load_u16 (source + 80));
      float minimum = sem_half_to_float (sem_load_u16 (source + 82));
      for (gsize j = 0; j < QK; j++)
        {
          guint8 group = source[j / 16];
          guint8 byte = values[j / 128 * 32 + j % 32];
          float value = (float)(byte >> (j % 128 / 32 * 2) & 3);
          target[j] = scale * (float)(group & 15) * value - minimum * (float)(group >> 4);
        }
    }
}

/* 16 six-bit scales in 12 bytes: nibbles in the first 8, the upper two bits in the last 4. */
static void
unpack_q3_scales (const guint8 *packed, int scales[16])
{
  for (gsize j = 0; j < 16; j++)
    {
      int low = packed[j % 8] >> (j / 8 * 4) & 15;
      int high = packed[8 + j % 4] >> (j / 4 * 2) & 3;
      scales[j] = (low | high << 4) - 32;
    }
}

/* 32 bytes of third bits (a clear bit subtracts 4), 64 bytes of 2-bit values, 12 bytes of scales,
 * f16 scale. */
static void
read_q3_k (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 110, target += QK)
    {
      int scales[16];
      unpack_q3_scales (source + 96, scales);
      float scale = sem_half_to_float (sem_load_u16 (source + 108));
      for (gsize j = 0; j < QK; j++)
        {
          int value = source[32 + j / 128 * 32 + j % 32] >> (j % 128 / 32 * 2) & 3;
          int third = source[j % 32] >> (j / 32) & 1;
          target[j] = scale * (float)scales[j / 16] * (float)(value - (third ? 0 : 4));
        }
    }
}

/* Eight six-bit scales and minima in 12 bytes, of 32 elements each. */
static void
unpack_k4_scales (const guint8 *packed, guint8 scales[8], guint8 minima[8])
{
  for (gsize j = 0; j < 4; j++)
    {
      scales[j] = packed[j] & 63;
      minima[j] = packed[j + 4] & 63;
      scales[j + 4] = (guint8)((packed[j + 8] & 15) | (packed[j] >> 2 & 48));
      minima[j + 4] = (guint8)(packed[j + 8] >> 4 | (packed[j + 4] >> 2 & 48));
    }
}

/* f16 scale, f16 scale of the minima, 12 bytes of both, 128 bytes of nibbles: 32 bytes hold 64
 * elements, low nibbles first. */
static void
read_q4_k (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 144, target += QK)
    {
      guint8 scales[8], minima[8];
      unpack_k4_scales (source + 4, scales, minima);
      float scale = sem_half_to_float (sem_load_u16 (source));
      float minimum = sem_half_to_float (sem_load_u16 (source + 2));
      for (gsize group = 0; group < 8; group++)
        {
          const guint8 *values = source + 16 + group / 2 * 32;
          float step = scale * (float)scales[group], base = minimum * (float)minima[group];
          for (gsize j = 0; j < 32; j++)
            target[group * 32 + j] = step * (float)(values[j] >> (group % 2 * 4) & 15) - base;
        }
    }
}

/* As Q4_K, with 32 bytes of fifth bits (bit of the group number) before the nibbles. */
static void
read_q5_k (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 176, target += QK)
    {
      guint8 scales[8], minima[8];
      unpack_k4_scales (source + 4, scales, minima);
      float scale = sem_half_to_float (sem_load_u16 (source));
      float minimum = sem_half_to_float (sem_load_u16 (source + 2));
      for (gsize group = 0; group < 8; group++)
        {
          const guint8 *values = source + 48 + group / 2 * 32, *fifth = source + 16;
          float step = scale * (float)scales[group], base = minimum * (float)minima[group];
          for (gsize j = 0; j < 32; j++)
            {
              int value = (values[j] >> (group % 2 * 4) & 15) | (fifth[j] >> group & 1) << 4;
              target[group * 32 + j] = step * (float)value - base;
            }
        }
    }
}

/* 128 bytes of nibbles (64 bytes hold 128 elements), 64 bytes of two upper bits, 16 signed scales,
 * f16 scale. */
static void
read_q6_k (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 210, target += QK)
    {
      float scale = sem_half_to_float (sem_load_u16 (source + 208));
      for (gsize j = 0; j < QK; j++)
        {
          gsize half = j / 128, inner = j % 128;
          int low = source[half * 64 + inner % 64] >> (inner / 64 * 4) & 15;
          int high = source[128 + half * 32 + inner % 32] >> (inner / 32 * 2) & 3;
          float step = scale * (float)(gint8)source[192 + j / 16];
          target[j] = step * (float)((low | high << 4) - 32);
        }
    }
}

/* A digit of a base-3 fraction: the byte times a power of three, modulo 256, holds it in its upper
 * part. */
static inline float
read_trit (guint8 byte, gsize digit)
{
  static const guint8 powers[] = { 1, 3, 9, 27, 81 };
  return (float)(((guint8)(byte * powers[digit]) * 3 >> 8) - 1);
}

/* 48 bytes of five trits each (32 bytes: 160 elements, 16 bytes: 80), 4 bytes of four trits, f16
 * scale. */
static void
read_tq1_0 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 54, target += QK)
    {
      float scale = sem_half_to_float (sem_load_u16 (source + 52));
      for (gsize j = 0; j < 160; j++)
        target[j] = scale * read_trit (source[j % 32], j / 32);
      for (gsize j = 0; j < 80; j++)
        target[160 + j] = scale * read_trit (source[32 + j % 16], j / 16);
      for (gsize j = 0; j < 16; j++)
        target[240 + j] = scale * read_trit (source[48 + j % 4], j / 4);
    }
}

/* 64 bytes of 2-bit values (32 bytes hold 128 elements), f16 scale. */
static void
read_tq2_0 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 66, target += QK)
    {
      float scale = sem_half_to_float (sem_load_u16 (source + 64));
      for (gsize j = 0; j < QK; j++)
        {
          int value = source[j / 128 * 32 + j % 32] >> (j % 128 / 32 * 2) & 3;
          target[j] = scale * (float)(value - 1);
        }
    }
}

SemToF32Func
sem_ggml_get_kernel (SemDtype dtype)
{
  switch (dtype)
    {
    case SEM_DTYPE_Q4_0:
      return read_q4_0;
    case SEM_DTYPE_Q4_1:
      return read_q4_1;
    case SEM_DTYPE_Q5_0:
      return read_q5_0;
    case SEM_DTYPE_Q5_1:
      return read_q5_1;
    case SEM_DTYPE_Q8_0:
      return read_q8_0;
    case SEM_DTYPE_Q8_1:
      return read_q8_1;
    case SEM_DTYPE_Q8_K:
      return read_q8_k;
    case SEM_DTYPE_Q2_K:
      return read_q2_k;
    case SEM_DTYPE_Q3_K:
      return read_q3_k;
    case SEM_DTYPE_Q4_K:
      return read_q4_k;
    case SEM_DTYPE_Q5_K:
      return read_q5_k;
    case SEM_DTYPE_Q6_K:
      return read_q6_k;
    case SEM_DTYPE_TQ1_0:
      return read_tq1_0;
    case SEM_DTYPE_TQ2_0:
      return read_tq2_0;
    default:
      return sem_ggml_get_nonlinear_kernel (dtype);
    }
}
