/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of stored number types and the kernels of the plain ones. */
#include "core/model/dtype.h"

#include "core/model/dtype-private.h"

#include <math.h>

/* The loops below are the hot path of whole-vocabulary searches: one version per vector width,
 * chosen at run time. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define VECTOR_CLONES __attribute__ ((target_clones ("avx2", "default"), optimize ("O3")))
#else
#define VECTOR_CLONES
#endif

typedef struct
{
  const char *name;
  guint16 block_elements;
  guint16 block_bytes;
} DtypeInfo;

static const DtypeInfo dtypes[SEM_N_DTYPES] = {
  [SEM_DTYPE_F64] = { "F64", 1, 8 },
  [SEM_DTYPE_F32] = { "F32", 1, 4 },
  [SEM_DTYPE_F16] = { "F16", 1, 2 },
  [SEM_DTYPE_BF16] = { "BF16", 1, 2 },
  [SEM_DTYPE_F8_E4M3] = { "F8_E4M3", 1, 1 },
  [SEM_DTYPE_F8_E5M2] = { "F8_E5M2", 1, 1 },
  [SEM_DTYPE_F8_E8M0] = { "F8_E8M0", 1, 1 },
  [SEM_DTYPE_F6_E2M3] = { "F6_E2M3", 4, 3 },
  [SEM_DTYPE_F6_E3M2] = { "F6_E3M2", 4, 3 },
  [SEM_DTYPE_F4] = { "F4", 2, 1 },
  [SEM_DTYPE_C64] = { "C64", 1, 8 },
  [SEM_DTYPE_I64] = { "I64", 1, 8 },
  [SEM_DTYPE_U64] = { "U64", 1, 8 },
  [SEM_DTYPE_I32] = { "I32", 1, 4 },
  [SEM_DTYPE_U32] = { "U32", 1, 4 },
  [SEM_DTYPE_I16] = { "I16", 1, 2 },
  [SEM_DTYPE_U16] = { "U16", 1, 2 },
  [SEM_DTYPE_I8] = { "I8", 1, 1 },
  [SEM_DTYPE_U8] = { "U8", 1, 1 },
  [SEM_DTYPE_BOOL] = { "BOOL", 1, 1 },
  [SEM_DTYPE_Q4_0] = { "Q4_0", 32, 18 },
  [SEM_DTYPE_Q4_1] = { "Q4_1", 32, 20 },
  [SEM_DTYPE_Q5_0] = { "Q5_0", 32, 22 },
  [SEM_DTYPE_Q5_1] = { "Q5_1", 32, 24 },
  [SEM_DTYPE_Q8_0] = { "Q8_0", 32, 34 },
  [SEM_DTYPE_Q8_1] = { "Q8_1", 32, 36 },
  [SEM_DTYPE_Q2_K] = { "Q2_K", 256, 84 },
  [SEM_DTYPE_Q3_K] = { "Q3_K", 256, 110 },
  [SEM_DTYPE_Q4_K] = { "Q4_K", 256, 144 },
  [SEM_DTYPE_Q5_K] = { "Q5_K", 256, 176 },
  [SEM_DTYPE_Q6_K] = { "Q6_K", 256, 210 },
  [SEM_DTYPE_Q8_K] = { "Q8_K", 256, 292 },
  [SEM_DTYPE_IQ2_XXS] = { "IQ2_XXS", 256, 66 },
  [SEM_DTYPE_IQ2_XS] = { "IQ2_XS", 256, 74 },
  [SEM_DTYPE_IQ2_S] = { "IQ2_S", 256, 82 },
  [SEM_DTYPE_IQ3_XXS] = { "IQ3_XXS", 256, 98 },
  [SEM_DTYPE_IQ3_S] = { "IQ3_S", 256, 110 },
  [SEM_DTYPE_IQ1_S] = { "IQ1_S", 256, 50 },
  [SEM_DTYPE_IQ1_M] = { "IQ1_M", 256, 56 },
  [SEM_DTYPE_IQ4_NL] = { "IQ4_NL", 32, 18 },
  [SEM_DTYPE_IQ4_XS] = { "IQ4_XS", 256, 136 },
  [SEM_DTYPE_TQ1_0] = { "TQ1_0", 256, 54 },
  [SEM_DTYPE_TQ2_0] = { "TQ2_0", 256, 66 },
  [SEM_DTYPE_MXFP4] = { "MXFP4", 32, 17 },
};

static void
read_f32 (const guint8 *source, gsize n, float *target)
{
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  memcpy (target, source, n * sizeof *target);
#else
  for (gsize i = 0; i < n; i++)
    target[i] = sem_float_from_bits (sem_load_u32 (source + 4 * i));
#endif
}

static double
load_f64 (const guint8 *source)
{
  guint64 bits;
  memcpy (&bits, source, sizeof bits);
  bits = GUINT64_FROM_LE (bits);
  double value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

static void
read_f64 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i++)
    target[i] = (float)load_f64 (source + 8 * i);
}

VECTOR_CLONES static void
read_f16 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i++)
    target[i] = sem_half_to_float (sem_load_u16 (source + 2 * i));
}

VECTOR_CLONES static void
read_bf16 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i++)
    target[i] = sem_bfloat_to_float (sem_load_u16 (source + 2 * i));
}

/* E4M3 without infinities ("fn"): S.1111.111 is NaN, bias 7.  OCP 8-bit Floating Point
 * Specification 1.0. */
static void
read_f8_e4m3 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i++)
    {
      guint8 byte = source[i];
      guint32 bits = (guint32)(byte & 0x7f) << 20;
      float value = (byte & 0x7f) == 0x7f ? NAN : sem_float_from_bits (bits) * 0x1p120f;
      target[i] = byte & 0x80 ? -value : value;
    }
}

/* E5M2 is the upper byte of an IEEE half. */
static void
read_f8_e5m2 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i++)
    target[i] = sem_half_to_float ((guint16)(source[i] << 8));
}

VECTOR_CLONES static void
read_i8 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i++)
    target[i] = (float)(gint8)source[i];
}

VECTOR_CLONES static void
read_u8 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i++)
    target[i] = (float)source[i];
}

static void
read_i16 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i++)
    target[i] = (float)(gint16)sem_load_u16 (source + 2 * i);
}

static void
read_u16 (const guint8 *source, gsize n, float *target)
{
  for (gsize i = 0; i < n; i++)
    target[i] = (float)sem_load_u16 (source + 2 * i);
}

/* Integers wider than a float's 24 bits go through double, so that to_f64 stays exact. */
static double
load_integer (SemDtype dtype, const guint8 *source)
{
  guint64 low = sem_load_u32 (source);
  switch (dtype)
    {
    case SEM_DTYPE_I32:
      return (double)(gint32)(guint32)low;
    case SEM_DTYPE_U32:
      return (double)low;
    case SEM_DTYPE_I64:
      return (double)(gint64)(low | (guint64)sem_load_u32 (source + 4) << 32);
    default:
      return (double)(low | (guint64)sem_load_u32 (source + 4) << 32);
    }
}

static gboolean
is_wide_integer (SemDtype dtype)
{
  return dtype == SEM_DTYPE_I32 || dtype == SEM_DTYPE_U32 || dtype == SEM_DTYPE_I64
         || dtype == SEM_DTYPE_U64;
}

static SemToF32Func
get_kernel (SemDtype dtype)
{
  switch (dtype)
    {
    case SEM_DTYPE_F64:
      return read_f64;
    case SEM_DTYPE_F32:
      return read_f32;
    case SEM_DTYPE_F16:
      return read_f16;
    case SEM_DTYPE_BF16:
      return read_bf16;
    case SEM_DTYPE_F8_E4M3:
      return read_f8_e4m3;
    case SEM_DTYPE_F8_E5M2:
      return read_f8_e5m2;
    case SEM_DTYPE_I16:
      return read_i16;
    case SEM_DTYPE_U16:
      return read_u16;
    case SEM_DTYPE_I8:
      return read_i8;
    case SEM_DTYPE_U8:
      return read_u8;
    default:
      return sem_ggml_get_kernel (dtype);
    }
}

const char *
sem_dtype_get_name (SemDtype dtype)
{
  g_return_val_if_fail ((guint)dtype < SEM_N_DTYPES, NULL);
  return dtypes[dtype].name;
}

gsize
sem_dtype_get_block_elements (SemDtype dtype)
{
  g_return_val_if_fail ((guint)dtype < SEM_N_DTYPES, 1);
  return dtypes[dtype].block_elements;
}

gsize
sem_dtype_get_block_bytes (SemDtype dtype)
{
  g_return_val_if_fail ((guint)dtype < SEM_N_DTYPES, 1);
  return dtypes[dtype].block_bytes;
}

gboolean
sem_dtype_is_readable (SemDtype dtype)
{
  return is_wide_integer (dtype) || get_kernel (dtype) != NULL;
}

gboolean
sem_dtype_is_real (SemDtype dtype)
{
  return dtype <= SEM_DTYPE_F8_E5M2 || dtype >= SEM_DTYPE_Q4_0;
}

gboolean
sem_dtype_get_size (SemDtype dtype, guint64 n_elements, guint64 *n_bytes)
{
  guint64 per_block = sem_dtype_get_block_elements (dtype);
  return n_elements % per_block == 0
         && g_uint64_checked_mul (n_bytes, n_elements / per_block,
                                  sem_dtype_get_block_bytes (dtype));
}

void
sem_dtype_to_f32 (SemDtype dtype, const guint8 *source, gsize n, float *target)
{
  g_return_if_fail (sem_dtype_is_readable (dtype));
  if (is_wide_integer (dtype))
    for (gsize i = 0; i < n; i++)
      target[i] = (float)load_integer (dtype, source + dtypes[dtype].block_bytes * i);
  else
    get_kernel (dtype) (source, n, target);
}

void
sem_dtype_to_f64 (SemDtype dtype, const guint8 *source, gsize n, double *target)
{
  g_return_if_fail (sem_dtype_is_readable (dtype));
  if (is_wide_integer (dtype))
    for (gsize i = 0; i < n; i++)
      target[i] = load_integer (dtype, source + dtypes[dtype].block_bytes * i);
  else if (dtype == SEM_DTYPE_F64)
    for (gsize i = 0; i < n; i++)
      target[i] = load_f64 (source + 8 * i);
  else
    {
      float chunk[256];
      gsize bytes_per_chunk = 256 / dtypes[dtype].block_elements * dtypes[dtype].block_bytes;
      SemToF32Func kernel = get_kernel (dtype);
      for (gsize i = 0; i < n; i += 256, source += bytes_per_chunk)
        {
          gsize part = MIN (256, n - i);
          kernel (source, part, chunk);
          for (gsize j = 0; j < part; j++)
            target[i + j] = chunk[j];
        }
    }
}
