/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by dtype.c and the ggml kernels: one block kernel per type. */
#pragma once

#include "core/model/dtype.h"

#include <string.h>

G_BEGIN_DECLS

typedef void (*SemToF32Func) (const guint8 *source, gsize n, float *target);

/* The kernel of a ggml block type, or NULL. */
SemToF32Func sem_ggml_get_kernel (SemDtype dtype);
/* The part of it for types that look values up in a table. */
SemToF32Func sem_ggml_get_nonlinear_kernel (SemDtype dtype);
/* The part of it for IQ1, IQ2 and IQ3. */
SemToF32Func sem_ggml_get_codebook_kernel (SemDtype dtype);

static inline float
sem_float_from_bits (guint32 bits)
{
  float value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

static inline guint16
sem_load_u16 (const guint8 *source)
{
  return (guint16) (source[0] | source[1] << 8);
}

static inline guint32
sem_load_u32 (const guint8 *source)
{
  guint32 value;
  memcpy (&value, source, sizeof value);
  return GUINT32_FROM_LE (value);
}

/* IEEE half to single, exact: the exponent is rebased by a multiplication, which also normalises subnormals. */
static inline float
sem_half_to_float (guint16 half)
{
  guint32 magnitude = (guint32) (half & 0x7fff) << 13;
  float value = sem_float_from_bits (magnitude) * 0x1p112f;
  guint32 bits;
  memcpy (&bits, &value, sizeof bits);
  bits |= magnitude >= 0x0f800000u ? 0x7f800000u : 0u; /* infinity, NaN */
  return sem_float_from_bits (bits | (guint32) (half & 0x8000) << 16);
}

static inline float
sem_bfloat_to_float (guint16 bfloat)
{
  return sem_float_from_bits ((guint32) bfloat << 16);
}

G_END_DECLS
