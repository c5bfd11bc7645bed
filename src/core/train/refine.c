/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors after training: lengths, common directions, vectors of word pieces. */
#include "core/train/refine.h"
#include "core/analysis/linalg.h"

#include <math.h>
#include <string.h>

static double
measure_row (const float *row, gsize dim)
{
  double sum = 0.0;

  for (gsize c = 0; c < dim; c++)
    sum += (double)row[c] * (double)row[c];
  return sqrt (sum);
}

static void
scale_row (float *row, gsize dim, double factor)
{
  for (gsize c = 0; c < dim; c++)
    row[c] = (float)((double)row[c] * factor);
}

void
sem_refine_normalize (float *rows, gsize n, gsize dim)
{
  for (gsize i = 0; i < n; i++)
    {
      double length = measure_row (rows + i * dim, dim);

      if (length > 0.0)
        scale_row (rows + i * dim, dim, 1.0 / length);
    }
}

static double
measure_mean_length (const float *rows, gsize n, gsize dim)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += measure_row (rows + i * dim, dim);
  return sum > 0.0 ? sum / (double)n : 1.0;
}

void
sem_refine_add (float *rows, const float *others, gsize n, gsize dim, double share)
{
  double length = measure_mean_length (rows, n, dim);
  double other_length = measure_mean_length (others, n, dim);

  for (gsize i = 0; i < n * dim; i++)
    rows[i] = (float)((double)rows[i] / length + share * (double)others[i] / other_length);
}

static void
subtract_mean (float *rows, gsize n, gsize dim, gsize n_reference)
{
  g_autofree double *mean = g_new0 (double, dim);

  for (gsize i = 0; i < n_reference; i++)
    for (gsize c = 0; c < dim; c++)
      mean[c] += (double)rows[i * dim + c];
  for (gsize i = 0; i < n; i++)
    for (gsize c = 0; c < dim; c++)
      rows[i * dim + c] = (float)((double)rows[i * dim + c] - mean[c] / (double)n_reference);
}

gboolean
sem_refine_remove_common (float *rows,
                          gsize n,
                          gsize dim,
                          gsize n_reference,
                          gsize n_top,
                          double keep,
                          GError **error)
{
  g_autofree double *copy = NULL, *covariance = NULL, *values = NULL, *directions = NULL;

  n_reference = MIN (n_reference, n);
  if (n_reference == 0)
    return TRUE;
  subtract_mean (rows, n, dim, n_reference);
  n_top = MIN (n_top, MIN (dim, n_reference));
  if (n_top == 0)
    return TRUE;
  copy = g_new (double, n_reference *dim);
  covariance = g_new0 (double, dim *dim);
  values = g_new (double, n_top);
  directions = g_new (double, n_top *dim);
  for (gsize i = 0; i < n_reference * dim; i++)
    copy[i] = (double)rows[i];
  sem_linalg_syrk (TRUE, dim, n_reference, copy, dim, 0.0, covariance, dim);
  if (!sem_linalg_eigen (dim, n_top, covariance, dim, values, directions, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < n_top; k++)
      {
        float *row = rows + i * dim;
        const double *direction = directions + k * dim;
        double share = 0.0;

        for (gsize c = 0; c < dim; c++)
          share += (double)row[c] * direction[c];
        for (gsize c = 0; c < dim; c++)
          row[c] = (float)((double)row[c] - (1.0 - keep) * share * direction[c]);
      }
  return TRUE;
}

/* --- vectors of pieces
 * ----------------------------------------------------------------------------------------- */

/* residual = target - mean of the word's pieces. */
static void
compute_residual (const float *rows,
                  gsize dim,
                  const SemDistillWords *words,
                  gsize word,
                  float *residual)
{
  gsize n = words->starts[word + 1] - words->starts[word];

  memcpy (residual, words->targets + word * dim, dim * sizeof (float));
  for (gsize i = words->starts[word]; i < words->starts[word + 1]; i++)
    for (gsize c = 0; c < dim; c++)
      residual[c] -= rows[words->pieces[i] * dim + c] / (float)n;
}

double
sem_refine_distill_loss (const float *rows, gsize dim, const SemDistillWords *words)
{
  g_autofree float *residual = g_new (float, dim);
  double sum = 0.0;

  for (gsize w = 0; w < words->n_words; w++)
    {
      double length;

      compute_residual (rows, dim, words, w, residual);
      length = measure_row (residual, dim);
      sum += (double)words->weights[w] * length * length;
    }
  return sum;
}

/* The words of every free piece: a list per piece, in starts (n_pieces + 1) and the returned array.
 */
static guint32 *
list_words_of_pieces (const SemDistillWords *words,
                      gsize n_pieces,
                      const guint8 *is_free,
                      gsize *starts)
{
  guint32 *list;
  g_autofree gsize *fill = g_new (gsize, n_pieces);

  memset (starts, 0, (n_pieces + 1) * sizeof *starts);
  for (gsize i = 0; i < words->starts[words->n_words]; i++)
    starts[words->pieces[i] + 1] += is_free[words->pieces[i]];
  for (gsize p = 0; p < n_pieces; p++)
    starts[p + 1] += starts[p];
  list = g_new (guint32, starts[n_pieces] + 1);
  memcpy (fill, starts, n_pieces * sizeof *fill);
  for (gsize w = 0; w < words->n_words; w++)
    for (gsize i = words->starts[w]; i < words->starts[w + 1]; i++)
      if (is_free[words->pieces[i]])
        list[fill[words->pieces[i]]++] = (guint32)w;
  return list;
}

/* How much of the mean of word list[0] a piece makes: it stands in the list once for each time it
 * stands in the word. */
static double
get_share (const SemDistillWords *words, const guint32 *list, gsize n, gsize *n_times)
{
  *n_times = 1;
  while (*n_times < n && list[*n_times] == list[0])
    *n_times += 1;
  return (double)*n_times / (double)(words->starts[list[0] + 1] - words->starts[list[0]]);
}

/* The best row for one piece with all others held. */
static void
improve_piece (float *row,
               gsize dim,
               const guint32 *list,
               gsize n,
               const SemDistillWords *words,
               float *residuals,
               double ridge,
               double *step)
{
  double denominator = ridge;

  for (gsize c = 0; c < dim; c++)
    step[c] = -ridge * (double)row[c];
  for (gsize i = 0, n_times; i < n; i += n_times)
    {
      guint32 w = list[i];
      double share = get_share (words, list + i, n - i, &n_times);
      double weight = (double)words->weights[w] * share;

      denominator += weight * share;
      for (gsize c = 0; c < dim; c++)
        step[c] += weight * (double)residuals[w * dim + c];
    }
  for (gsize c = 0; c < dim; c++)
    {
      step[c] /= denominator;
      row[c] = (float)((double)row[c] + step[c]);
    }
  for (gsize i = 0, n_times; i < n; i += n_times)
    {
      guint32 w = list[i];
      double share = get_share (words, list + i, n - i, &n_times);

      for (gsize c = 0; c < dim; c++)
        residuals[w * dim + c] = (float)((double)residuals[w * dim + c] - share * step[c]);
    }
}

void
sem_refine_distill (float *rows,
                    gsize n_pieces,
                    gsize dim,
                    const guint8 *is_free,
                    const SemDistillWords *words,
                    double ridge,
                    guint n_sweeps)
{
  g_autofree float *residuals = g_new (float, words->n_words *dim + 1);
  g_autofree gsize *starts = g_new (gsize, n_pieces + 1);
  g_autofree guint32 *list = list_words_of_pieces (words, n_pieces, is_free, starts);
  g_autofree double *step = g_new (double, dim);

  for (gsize w = 0; w < words->n_words; w++)
    compute_residual (rows, dim, words, w, residuals + w * dim);
  for (guint sweep = 0; sweep < n_sweeps; sweep++)
    for (gsize p = 0; p < n_pieces; p++)
      if (starts[p + 1] > starts[p])
        improve_piece (rows + p * dim, dim, list + starts[p], starts[p + 1] - starts[p], words,
                       residuals, ridge, step);
}
