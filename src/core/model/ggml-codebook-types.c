/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ggml's block types whose codes index a codebook of lattice points: IQ1, IQ2, IQ3 (layouts after
 * ggml's quants.c and gguf-py, llama.cpp, 2025).  A super-block is 256 elements; "f16 scale" is its
 * first field unless said otherwise. */
#include "core/model/ggml-codebooks.h"
#include "core/model/dtype-private.h"

#define QK 256

static const float iq2_magnitudes[4] = { 8.0f, 25.0f, 43.0f, 0.0f };
static const float iq3_xxs_magnitudes[8]
    = { 4.0f, 12.0f, 20.0f, 28.0f, 36.0f, 44.0f, 52.0f, 62.0f };
static const float iq3_s_magnitudes[8] = { 1.0f, 3.0f, 5.0f, 7.0f, 9.0f, 11.0f, 13.0f, 15.0f };

/* Seven sign bits stand for eight: an even number of elements is negative. */
static inline guint
complete_signs (guint seven)
{
  guint parity = seven ^ seven >> 4;
  parity ^= parity >> 2;
  parity ^= parity >> 1;
  return seven | (parity & 1) << 7;
}

/* Eight elements of one IQ2 row. */
static inline void
put_iq2 (guint16 row, guint signs, float scale, float *target)
{
  for (guint j = 0; j < 8; j++)
    {
      float magnitude = scale * iq2_magnitudes[row >> 2 * j & 3];
      target[j] = signs >> j & 1 ? -magnitude : magnitude;
    }
}

/* Eight elements of two IQ3 rows. */
static inline void
put_iq3 (guint16 first,
         guint16 second,
         const float magnitudes[8],
         guint signs,
         float scale,
         float *target)
{
  guint32 rows = (guint32)first | (guint32)second << 12;
  for (guint j = 0; j < 8; j++)
    {
      float magnitude = scale * magnitudes[rows >> 3 * j & 7];
      target[j] = signs >> j & 1 ? -magnitude : magnitude;
    }
}

/* Eight elements of one IQ1 row: -1, 0 or 1, all moved by an eighth up or down. */
static inline void
put_iq1 (guint16 row, gboolean down, float scale, float *target)
{
  float shift = down ? -0.125f : 0.125f;
  for (guint j = 0; j < 8; j++)
    target[j] = scale * ((float)((int)(row >> 2 * j & 3) - 1) + shift);
}

static inline guint
get_nibble (const guint8 *source, gsize i)
{
  return source[i / 2] >> (i % 2 * 4) & 15u;
}

/* Eight times: four bytes of indices, a u32 of four times seven sign bits and a 4-bit step. */
static void
read_iq2_xxs (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 66)
    {
      float scale = sem_half_to_float (sem_load_u16 (source));
      for (gsize row = 0; row < 32; row++, target += 8)
        {
          const guint8 *group = source + 2 + row / 4 * 8;
          guint32 rest = sem_load_u32 (group + 4);
          float step = scale * (0.5f + (float)(rest >> 28)) * 0.25f;
          put_iq2 (sem_ggml_iq2_xxs_codes[group[row % 4]],
                   complete_signs (rest >> row % 4 * 7 & 127), step, target);
        }
    }
}

/* 32 u16 (nine bits of index, seven of signs), sixteen 4-bit steps. */
static void
read_iq2_xs (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 74)
    {
      float scale = sem_half_to_float (sem_load_u16 (source));
      for (gsize row = 0; row < 32; row++, target += 8)
        {
          guint16 code = sem_load_u16 (source + 2 + 2 * row);
          float step = scale * (0.5f + (float)get_nibble (source + 66, row / 2)) * 0.25f;
          put_iq2 (sem_ggml_iq2_xs_codes[code & 511], complete_signs (code >> 9), step, target);
        }
    }
}

/* 32 low bytes of indices, 32 bytes of signs, their upper two bits in 8 bytes, sixteen 4-bit steps.
 */
static void
read_iq2_s (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 82)
    {
      float scale = sem_half_to_float (sem_load_u16 (source));
      for (gsize row = 0; row < 32; row++, target += 8)
        {
          guint high = source[66 + row / 4] >> row % 4 * 2 & 3u;
          float step = scale * (0.5f + (float)get_nibble (source + 74, row / 2)) * 0.25f;
          put_iq2 (sem_ggml_iq2_s_codes[source[2 + row] | high << 8], source[34 + row], step,
                   target);
        }
    }
}

/* 64 bytes of indices, eight u32 of four times seven sign bits and a 4-bit step. */
static void
read_iq3_xxs (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 98)
    {
      float scale = sem_half_to_float (sem_load_u16 (source));
      for (gsize pair = 0; pair < 32; pair++, target += 8)
        {
          guint32 rest = sem_load_u32 (source + 66 + pair / 4 * 4);
          float step = scale * (0.5f + (float)(rest >> 28)) * 0.5f;
          const guint8 *codes = source + 2 + 2 * pair;
          put_iq3 (sem_ggml_iq3_xxs_codes[codes[0]], sem_ggml_iq3_xxs_codes[codes[1]],
                   iq3_xxs_magnitudes, complete_signs (rest >> pair % 4 * 7 & 127), step, target);
        }
    }
}

/* 64 low bytes of indices, their ninth bits in 8 bytes, 32 bytes of signs, eight 4-bit steps. */
static void
read_iq3_s (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 110)
    {
      float scale = sem_half_to_float (sem_load_u16 (source));
      for (gsize pair = 0; pair < 32; pair++, target += 8)
        {
          guint high = (guint)source[66 + pair / 4] >> pair % 4 * 2;
          const guint8 *codes = source + 2 + 2 * pair;
          float step = scale * (float)(1 + 2 * get_nibble (source + 106, pair / 4));
          put_iq3 (sem_ggml_iq3_s_codes[codes[0] | (high & 1) << 8],
                   sem_ggml_iq3_s_codes[codes[1] | (high >> 1 & 1) << 8], iq3_s_magnitudes,
                   source[74 + pair], step, target);
        }
    }
}

/* 32 low bytes of indices, eight u16: their upper three bits four times, a 3-bit step, the sign of
 * the shift. */
static void
read_iq1_s (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 50)
    {
      float scale = sem_half_to_float (sem_load_u16 (source));
      for (gsize row = 0; row < 32; row++, target += 8)
        {
          guint high = sem_load_u16 (source + 34 + row / 4 * 2);
          float step = scale * (float)(2 * (high >> 12 & 7) + 1);
          guint code = source[2 + row] | (high >> row % 4 * 3 & 7) << 8;
          put_iq1 (sem_ggml_iq1_codes[code], (high & 0x8000) != 0, step, target);
        }
    }
}

/* 32 low bytes of indices, 32 nibbles (their upper three bits, the sign of the shift), four u16:
 * four 3-bit steps, and in the upper nibble a quarter of the f16 scale. */
static void
read_iq1_m (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 56)
    {
      guint16 half = 0;
      for (guint part = 0; part < 4; part++)
        half = (guint16)(half | (sem_load_u16 (source + 48 + 2 * part) >> 12) << 4 * part);
      float scale = sem_half_to_float (half);
      for (gsize row = 0; row < 32; row++, target += 8)
        {
          guint high = get_nibble (source + 32, row);
          guint steps = sem_load_u16 (source + 48 + row / 8 * 2);
          float step = scale * (float)(2 * (steps >> row % 8 / 2 * 3 & 7) + 1);
          put_iq1 (sem_ggml_iq1_codes[source[row] | (high & 7) << 8], (high & 8) != 0, step,
                   target);
        }
    }
}

SemToF32Func
sem_ggml_get_codebook_kernel (SemDtype dtype)
{
  switch (dtype)
    {
    case SEM_DTYPE_IQ2_XXS:
      return read_iq2_xxs;
    case SEM_DTYPE_IQ2_XS:
      return read_iq2_xs;
    case SEM_DTYPE_IQ2_S:
      return read_iq2_s;
    case SEM_DTYPE_IQ3_XXS:
      return read_iq3_xxs;
    case SEM_DTYPE_IQ3_S:
      return read_iq3_s;
    case SEM_DTYPE_IQ1_S:
      return read_iq1_s;
    case SEM_DTYPE_IQ1_M:
      return read_iq1_m;
    default:
      return NULL;
    }
}
