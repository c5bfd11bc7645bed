/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemDtype: how numbers are stored in model files, and how they become floating point.
 *
 * A type has blocks: block_elements numbers in block_bytes bytes.  Plain types have one number a block; ggml's
 * quantised types 32 or 256 with shared scales.  Multi-byte fields are little-endian. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_DTYPE_F64,
  SEM_DTYPE_F32,
  SEM_DTYPE_F16,
  SEM_DTYPE_BF16,
  SEM_DTYPE_F8_E4M3,
  SEM_DTYPE_F8_E5M2,
  SEM_DTYPE_F8_E8M0,
  SEM_DTYPE_F6_E2M3,
  SEM_DTYPE_F6_E3M2,
  SEM_DTYPE_F4,
  SEM_DTYPE_C64,
  SEM_DTYPE_I64,
  SEM_DTYPE_U64,
  SEM_DTYPE_I32,
  SEM_DTYPE_U32,
  SEM_DTYPE_I16,
  SEM_DTYPE_U16,
  SEM_DTYPE_I8,
  SEM_DTYPE_U8,
  SEM_DTYPE_BOOL,
  /* ggml's */
  SEM_DTYPE_Q4_0,
  SEM_DTYPE_Q4_1,
  SEM_DTYPE_Q5_0,
  SEM_DTYPE_Q5_1,
  SEM_DTYPE_Q8_0,
  SEM_DTYPE_Q8_1,
  SEM_DTYPE_Q2_K,
  SEM_DTYPE_Q3_K,
  SEM_DTYPE_Q4_K,
  SEM_DTYPE_Q5_K,
  SEM_DTYPE_Q6_K,
  SEM_DTYPE_Q8_K,
  SEM_DTYPE_IQ2_XXS,
  SEM_DTYPE_IQ2_XS,
  SEM_DTYPE_IQ2_S,
  SEM_DTYPE_IQ3_XXS,
  SEM_DTYPE_IQ3_S,
  SEM_DTYPE_IQ1_S,
  SEM_DTYPE_IQ1_M,
  SEM_DTYPE_IQ4_NL,
  SEM_DTYPE_IQ4_XS,
  SEM_DTYPE_TQ1_0,
  SEM_DTYPE_TQ2_0,
  SEM_DTYPE_MXFP4,
  SEM_N_DTYPES,
} SemDtype;

/* The name as the formats write it: "F32", "BF16", "Q4_K". */
const char *sem_dtype_get_name (SemDtype dtype);
gsize sem_dtype_get_block_elements (SemDtype dtype);
gsize sem_dtype_get_block_bytes (SemDtype dtype);
/* Can rows of it be turned into floating point?  FALSE for BOOL, complex and sub-byte types. */
gboolean sem_dtype_is_readable (SemDtype dtype);
/* F64 ... BF16, FP8 and the ggml types: numbers that can be an embedding without further knowledge. */
gboolean sem_dtype_is_real (SemDtype dtype);
/* Bytes of n elements; FALSE when n is no whole number of blocks, or on overflow. */
gboolean sem_dtype_get_size (SemDtype dtype, guint64 n_elements, guint64 *n_bytes);

/* n elements (whole blocks) of source, any alignment, widened: exact for all types but those wider than the target.
 * Cost: O(n), written so that the compiler vectorises it. */
void sem_dtype_to_f32 (SemDtype dtype, const guint8 *source, gsize n, float *target);
void sem_dtype_to_f64 (SemDtype dtype, const guint8 *source, gsize n, double *target);

G_END_DECLS
