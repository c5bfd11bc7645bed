/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One window of skip-gram: scores, logistic gradients, updates.  Compiled with -O3; the vector
 * types below become AVX2 or AVX-512 instructions where the processor has them (one clone per
 * level, chosen when the program is loaded) and pairs of SSE2 instructions elsewhere. */
#include "core/train/skipgram-kernel.h"

#include <math.h>
#include <string.h>

/* clang 14 makes clones that nothing outside of this file can call. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GLIBC__)                            \
    && !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)
#define CLONES __attribute__ ((target_clones ("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
#define INLINE static inline __attribute__ ((always_inline))

typedef float Lanes __attribute__ ((vector_size (SEM_KERNEL_LANES * sizeof (float)), may_alias));

/* The logistic function is a table of 1/64 steps: its error stays under 1e-4, far below the noise
 * of sampling. */
#define TABLE_LIMIT 8
#define TABLE_PER_UNIT 64
static float logistic_table[2 * TABLE_LIMIT * TABLE_PER_UNIT + 1];

static void __attribute__ ((constructor)) fill_logistic_table (void)
{
  for (int i = 0; i <= 2 * TABLE_LIMIT * TABLE_PER_UNIT; i++)
    logistic_table[i] = (float)(1.0 / (1.0 + exp (TABLE_LIMIT - (double)i / TABLE_PER_UNIT)));
}

INLINE float
look_up_logistic (float x)
{
  if (!(x > -TABLE_LIMIT))
    return 0.0f;
  if (x >= TABLE_LIMIT)
    return 1.0f;
  return logistic_table[(int)((x + TABLE_LIMIT) * TABLE_PER_UNIT + 0.5f)];
}

/* A macro: a vector type as an argument would be part of the ABI, which differs between the clones.
 */
#define SUM_LANES(v)                                                                               \
  ((((v)[0] + (v)[4]) + ((v)[2] + (v)[6])) + (((v)[1] + (v)[5]) + ((v)[3] + (v)[7])))

/* Dot products of two inputs with four outputs: eight sums in registers, six loads for eight
 * multiply-adds. */
INLINE void
score_two_by_four (const float *a,
                   const float *b,
                   float *const *outputs,
                   gsize dim,
                   float *out_a,
                   float *out_b)
{
  Lanes sums[8] = { { 0 } };

  for (gsize i = 0; i < dim; i += SEM_KERNEL_LANES)
    {
      Lanes va = *(const Lanes *)(a + i), vb = *(const Lanes *)(b + i);

#pragma GCC unroll 4
      for (int j = 0; j < 4; j++)
        {
          Lanes o = *(const Lanes *)(outputs[j] + i);

          sums[2 * j] += va * o;
          sums[2 * j + 1] += vb * o;
        }
    }
#pragma GCC unroll 4
  for (int j = 0; j < 4; j++)
    {
      out_a[j] = SUM_LANES (sums[2 * j]);
      out_b[j] = SUM_LANES (sums[2 * j + 1]);
    }
}

INLINE float
score_one (const float *a, const float *b, gsize dim)
{
  Lanes sum = { 0 };

  for (gsize i = 0; i < dim; i += SEM_KERNEL_LANES)
    sum += *(const Lanes *)(a + i) * *(const Lanes *)(b + i);
  return SUM_LANES (sum);
}

/* to[0..4 lanes) = from + sum_k weights[k * stride] rows[k], for columns at `column`. */
INLINE void
accumulate (float *to,
            const float *from,
            float *const *rows,
            gsize n_rows,
            const float *weights,
            gsize stride,
            gsize dim)
{
  gsize column = 0;

  for (; column + 4 * SEM_KERNEL_LANES <= dim; column += 4 * SEM_KERNEL_LANES)
    {
      Lanes sums[4];

#pragma GCC unroll 4
      for (int l = 0; l < 4; l++)
        sums[l] = *(const Lanes *)(from + column + l * SEM_KERNEL_LANES);
      for (gsize k = 0; k < n_rows; k++)
        {
          const float *row = rows[k] + column;
          float weight = weights[k * stride];

#pragma GCC unroll 4
          for (int l = 0; l < 4; l++)
            sums[l] += weight * *(const Lanes *)(row + l * SEM_KERNEL_LANES);
        }
#pragma GCC unroll 4
      for (int l = 0; l < 4; l++)
        *(Lanes *)(to + column + l * SEM_KERNEL_LANES) = sums[l];
    }
  for (; column < dim; column += SEM_KERNEL_LANES)
    {
      Lanes sum = *(const Lanes *)(from + column);

      for (gsize k = 0; k < n_rows; k++)
        sum += weights[k * stride] * *(const Lanes *)(rows[k] + column);
      *(Lanes *)(to + column) = sum;
    }
}

CLONES void
sem_skip_gram_step (float *const *inputs,
                    gsize n_inputs,
                    float *const *outputs,
                    gsize n_outputs,
                    gsize dim,
                    float rate,
                    float *scratch)
{
  float gradients[SEM_KERNEL_MAX_INPUTS * SEM_KERNEL_MAX_OUTPUTS];
  gsize i = 0;

  for (; i < n_inputs; i += 2)
    {
      gsize other = i + 1 < n_inputs ? i + 1 : i;
      gsize j = 0;

      for (; j + 4 <= n_outputs; j += 4)
        score_two_by_four (inputs[i], inputs[other], outputs + j, dim,
                           gradients + i * n_outputs + j, gradients + other * n_outputs + j);
      for (; j < n_outputs; j++)
        {
          gradients[i * n_outputs + j] = score_one (inputs[i], outputs[j], dim);
          gradients[other * n_outputs + j] = score_one (inputs[other], outputs[j], dim);
        }
    }
  for (i = 0; i < n_inputs * n_outputs; i++)
    gradients[i] = -rate * look_up_logistic (gradients[i]);
  for (i = 0; i < n_inputs; i++)
    gradients[i * n_outputs] += rate;

  for (i = 0; i < n_inputs; i++)
    accumulate (scratch + i * dim, inputs[i], outputs, n_outputs, gradients + i * n_outputs, 1,
                dim);
  for (gsize j = 0; j < n_outputs; j++)
    accumulate (outputs[j], outputs[j], inputs, n_inputs, gradients + j, n_outputs, dim);
  for (i = 0; i < n_inputs; i++)
    memcpy (inputs[i], scratch + i * dim, dim * sizeof (float));
}

static double
dot (const float *a, const float *b, gsize dim)
{
  double sum = 0.0;

  for (gsize i = 0; i < dim; i++)
    sum += (double)a[i] * (double)b[i];
  return sum;
}

void
sem_skip_gram_step_plain (float *const *inputs,
                          gsize n_inputs,
                          float *const *outputs,
                          gsize n_outputs,
                          gsize dim,
                          float rate,
                          float *scratch)
{
  double gradients[SEM_KERNEL_MAX_INPUTS * SEM_KERNEL_MAX_OUTPUTS];

  for (gsize i = 0; i < n_inputs; i++)
    for (gsize j = 0; j < n_outputs; j++)
      gradients[i * n_outputs + j]
          = (double)rate
            * ((j == 0 ? 1.0 : 0.0) - 1.0 / (1.0 + exp (-dot (inputs[i], outputs[j], dim))));
  for (gsize i = 0; i < n_inputs; i++)
    for (gsize c = 0; c < dim; c++)
      {
        double sum = (double)inputs[i][c];

        for (gsize j = 0; j < n_outputs; j++)
          sum += gradients[i * n_outputs + j] * (double)outputs[j][c];
        scratch[i * dim + c] = (float)sum;
      }
  for (gsize j = 0; j < n_outputs; j++)
    for (gsize c = 0; c < dim; c++)
      {
        double sum = (double)outputs[j][c];

        for (gsize i = 0; i < n_inputs; i++)
          sum += gradients[i * n_outputs + j] * (double)inputs[i][c];
        outputs[j][c] = (float)sum;
      }
  for (gsize i = 0; i < n_inputs; i++)
    memcpy (inputs[i], scratch + i * dim, dim * sizeof (float));
}

double
sem_skip_gram_objective (float *const *inputs,
                         gsize n_inputs,
                         float *const *outputs,
                         gsize n_outputs,
                         gsize dim)
{
  double sum = 0.0;

  for (gsize i = 0; i < n_inputs; i++)
    for (gsize j = 0; j < n_outputs; j++)
      {
        double score = dot (inputs[i], outputs[j], dim);

        sum -= log1p (exp (j == 0 ? -score : score));
      }
  return sum;
}
