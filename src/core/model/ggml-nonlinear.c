/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ggml's block types whose 4-bit codes index a table of values: IQ4_NL, IQ4_XS and MXFP4 (layouts
 * as in ggml-quants.c). */
#include "core/model/dtype-private.h"

#define QK 256

static const gint8 iq4_values[16]
    = { -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113 };
/* E2M1 doubled, so that all are whole numbers; the scale is halved instead. */
static const gint8 fp4_values[16] = { 0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12 };

/* 16 bytes: low nibbles are elements 0..15, high ones 16..31. */
static inline void
look_up (const guint8 *source, const gint8 values[16], float scale, float *target)
{
  for (gsize j = 0; j < 16; j++)
    {
      target[j] = scale * (float)values[source[j] & 15];
      target[j + 16] = scale * (float)values[source[j] >> 4];
    }
}

/* f16 scale, 16 bytes of codes. */
static void
read_iq4_nl (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += 32, source += 18, target += 32)
    look_up (source + 2, iq4_values, sem_half_to_float (sem_load_u16 (source)), target);
}

/* f16 scale, u16 of upper two bits and 4 bytes of lower four bits of eight scales, 128 bytes of
 * codes. */
static void
read_iq4_xs (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += QK, source += 136, target += QK)
    {
      float scale = sem_half_to_float (sem_load_u16 (source));
      guint16 high = sem_load_u16 (source + 2);
      for (gsize group = 0; group < 8; group++)
        {
          int step
              = (source[4 + group / 2] >> (group % 2 * 4) & 15) | (high >> (2 * group) & 3) << 4;
          look_up (source + 8 + 16 * group, iq4_values, scale * (float)(step - 32),
                   target + 32 * group);
        }
    }
}

/* u8 exponent (2^(e - 128), halved as above; 0 and 1 are subnormal), 16 bytes of codes.  OCP
 * Microscaling Formats 1.0. */
static void
read_mxfp4 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i += 32, source += 17, target += 32)
    {
      guint32 exponent = source[0];
      guint32 bits = exponent < 2 ? 0x00200000u << exponent : (exponent - 1) << 23;
      look_up (source + 1, fp4_values, sem_float_from_bits (bits), target);
    }
}

SemToF32Func
sem_ggml_get_nonlinear_kernel (SemDtype dtype)
{
  switch (dtype)
    {
    case SEM_DTYPE_IQ4_NL:
      return read_iq4_nl;
    case SEM_DTYPE_IQ4_XS:
      return read_iq4_xs;
    case SEM_DTYPE_MXFP4:
      return read_mxfp4;
    default:
      return sem_ggml_get_codebook_kernel (dtype);
    }
}
