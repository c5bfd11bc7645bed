/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What differs between two models on one text. */
#include "core/analysis/comparison.h"

#include "core/analysis/procrustes.h"

#include <math.h>
#include <string.h>

struct _SemComparison
{
  gatomicrefcount ref_count;
  SemAnalysis *first, *second;
  SemTokenComparison *tokens;
  SemComparability comparability;
  gboolean same_units;
  SemMatrix *difference; /* NULL when not comparable */
  GArray *disagreements; /* of SemDisagreement */
  SemAgreement agreement;
  gsize n_places;
};

SemComparison *
sem_comparison_ref (SemComparison *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_comparison_unref (SemComparison *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->first, sem_analysis_unref);
  g_clear_pointer (&self->second, sem_analysis_unref);
  g_clear_pointer (&self->tokens, sem_token_comparison_free);
  g_clear_pointer (&self->difference, sem_matrix_unref);
  g_clear_pointer (&self->disagreements, g_array_unref);
  g_free (self);
}

/* --- building --- */

/* Words, sentences and characters are stretches of the text, whoever cuts its tokens; asked, not
 * assumed. */
static gboolean
have_same_units (SemUnits *a, SemUnits *b)
{
  gsize n = sem_units_get_n (a);
  if (sem_units_get_kind (a) == SEM_UNIT_TOKEN || n != sem_units_get_n (b))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (sem_units_get (a, i)->start != sem_units_get (b, i)->start
        || sem_units_get (a, i)->end != sem_units_get (b, i)->end)
      return FALSE;
  return TRUE;
}

static int
compare_disagreements (gconstpointer a, gconstpointer b)
{
  const SemDisagreement *x = a, *y = b;
  double size_x = fabs (x->difference), size_y = fabs (y->difference);
  if (size_x != size_y)
    return size_x > size_y ? -1 : 1;
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

/* Keeps the largest: when twice as many have gathered the smaller half goes, and what is no larger
 * than its best is not taken from then on.  Pairs come in the order of ties. */
static void
gather (GArray *list, const SemDisagreement *pair, double *threshold)
{
  g_array_append_val (list, *pair);
  if (list->len < 2 * SEM_MAX_DISAGREEMENTS)
    return;
  g_array_sort (list, compare_disagreements);
  g_array_set_size (list, SEM_MAX_DISAGREEMENTS);
  *threshold = fabs (g_array_index (list, SemDisagreement, SEM_MAX_DISAGREEMENTS - 1).difference);
}

/* Repeated words make the same pair again and again; it is listed once.  Two values of one pair are
 * equal but for rounding, which depends on where they stand in the matrix. */
static gboolean
is_repeated (const SemUnits *units, const SemMatrix *a, const SemMatrix *b, gsize i, gsize j)
{
  gsize i0 = sem_units_get (units, i)->first_like_it, j0 = sem_units_get (units, j)->first_like_it;
  if ((i0 == i && j0 == j) || i0 == j0)
    return FALSE;
  return fabs (sem_matrix_get (a, i0, j0) - sem_matrix_get (a, i, j)) < 1e-9
         && fabs (sem_matrix_get (b, i0, j0) - sem_matrix_get (b, i, j)) < 1e-9;
}

/* Rows before end_row with those from first_col on, each pair once. */
static double
compute_mean (const SemMatrix *values, gsize end_row, gsize first_col, gsize n_pairs)
{
  gsize n = sem_matrix_get_n_rows (values);
  double sum = 0.0;
  for (gsize i = 0; i < end_row; i++)
    for (gsize j = MAX (i + 1, first_col); j < n; j++)
      sum += sem_matrix_get (values, i, j);
  return n_pairs > 0 ? sum / (double)n_pairs : 0.0;
}

void
sem_comparison_agree (const SemComparison *self,
                      gsize n_first,
                      SemAgreement *out,
                      GArray *disagreements)
{
  const SemMatrix *a = sem_analysis_get_similarity (self->first);
  const SemMatrix *b = sem_analysis_get_similarity (self->second);
  gsize n = sem_matrix_get_n_rows (a), end_row = n_first > 0 ? n_first : n;
  const SemUnits *units = sem_analysis_get_units (self->first);
  double sum = 0.0, aa = 0.0, bb = 0.0, ab = 0.0, threshold = -1.0;
  out->n_pairs = n_first > 0 ? n_first * (n - n_first) : n * (n - (n > 0)) / 2;
  out->mean = out->largest = out->correlation = NAN;
  if (out->n_pairs == 0)
    return;
  double mean_a = compute_mean (a, end_row, n_first, out->n_pairs);
  double mean_b = compute_mean (b, end_row, n_first, out->n_pairs);
  out->largest = 0.0;
  for (gsize i = 0; i < end_row; i++)
    {
      const double *row_a = sem_matrix_get_row (a, i), *row_b = sem_matrix_get_row (b, i);
      for (gsize j = MAX (i + 1, n_first); j < n; j++)
        {
          SemDisagreement pair
              = { (guint32)i, (guint32)j, row_a[j], row_b[j], row_b[j] - row_a[j] };
          sum += fabs (pair.difference);
          out->largest = MAX (out->largest, fabs (pair.difference));
          aa += (pair.first - mean_a) * (pair.first - mean_a);
          bb += (pair.second - mean_b) * (pair.second - mean_b);
          ab += (pair.first - mean_a) * (pair.second - mean_b);
          if (fabs (pair.difference) > threshold
              && (n_first > 0 || !is_repeated (units, a, b, i, j)))
            gather (disagreements, &pair, &threshold);
        }
    }
  out->mean = sum / (double)out->n_pairs;
  /* A single pair, or pairs that are all alike, vary by nothing but rounding. */
  if (aa > 1e-24 * (double)out->n_pairs && bb > 1e-24 * (double)out->n_pairs)
    out->correlation = CLAMP (ab / sqrt (aa) / sqrt (bb), -1.0, 1.0);
  g_array_sort (disagreements, compare_disagreements);
  if (disagreements->len > SEM_MAX_DISAGREEMENTS)
    g_array_set_size (disagreements, SEM_MAX_DISAGREEMENTS);
}

static gboolean
subtract (SemComparison *self, GCancellable *cancellable, GError **error)
{
  const SemMatrix *a = sem_analysis_get_similarity (self->first);
  const SemMatrix *b = sem_analysis_get_similarity (self->second);
  gsize n = sem_matrix_get_n_rows (a);
  self->difference = sem_matrix_new (n, n, error);
  if (self->difference == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  double *out = sem_matrix_get_data (self->difference);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      out[i * n + j] = sem_matrix_get (b, i, j) - sem_matrix_get (a, i, j);
  sem_comparison_agree (self, 0, &self->agreement, self->disagreements);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static const SemToken *
get_tokens (const SemComparison *self, guint row, gsize *n)
{
  return sem_encoding_get_tokens (sem_analysis_get_encoding (row == 0 ? self->first : self->second),
                                  n);
}

/* Is any of the ascending offsets in low..high? */
static gboolean
has_offset (const GArray *offsets, gsize low, gsize high)
{
  gsize from = 0, to = offsets->len;
  while (from < to)
    {
      gsize middle = from + (to - from) / 2;
      if (g_array_index (offsets, gsize, middle) < low)
        from = middle + 1;
      else
        to = middle;
    }
  return from < offsets->len && g_array_index (offsets, gsize, from) <= high;
}

gboolean
sem_comparison_is_place (const SemComparison *self, guint row, gsize token)
{
  gsize n;
  const SemToken *tokens = get_tokens (self, row, &n);
  if (token + 1 >= n || tokens[token].start == SEM_NO_OFFSET
      || tokens[token + 1].start == SEM_NO_OFFSET)
    return FALSE;
  return has_offset (row == 0 ? self->tokens->only_a : self->tokens->only_b, tokens[token].end,
                     MAX (tokens[token].end, tokens[token + 1].start));
}

static void
count_places (SemComparison *self)
{
  for (guint row = 0; row < 2; row++)
    {
      gsize n;
      get_tokens (self, row, &n);
      for (gsize i = 0; i < n; i++)
        self->n_places += sem_comparison_is_place (self, row, i) ? 1 : 0;
    }
}

SemComparison *
sem_comparison_new (SemAnalysis *first,
                    SemAnalysis *second,
                    GCancellable *cancellable,
                    GError **error)
{
  SemEncoding *encoding = sem_analysis_get_encoding (first);
  gsize length;
  const char *text = sem_encoding_get_text (encoding, &length);
  SemTextCounts counts;
  g_return_val_if_fail (memcmp (sem_analysis_get_options (first), sem_analysis_get_options (second),
                                sizeof (SemAnalysisOptions))
                            == 0,
                        NULL);
  g_autoptr (SemComparison) self = g_new0 (SemComparison, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->first = sem_analysis_ref (first);
  self->second = sem_analysis_ref (second);
  self->disagreements = g_array_new (FALSE, FALSE, sizeof (SemDisagreement));
  sem_text_count (text, length, &counts);
  self->tokens
      = sem_tokenizer_compare (encoding, sem_analysis_get_encoding (second), counts.n_words);
  g_return_val_if_fail (self->tokens != NULL, NULL);
  self->same_units
      = have_same_units (sem_analysis_get_units (first), sem_analysis_get_units (second));
  count_places (self);
  if (!sem_analysis_has_vectors (first) || !sem_analysis_has_vectors (second))
    self->comparability = SEM_INCOMPARABLE_VECTORS;
  else if (!self->same_units)
    self->comparability = SEM_INCOMPARABLE_UNITS;
  else if (!subtract (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* --- reading --- */

SemAnalysis *
sem_comparison_get_first (const SemComparison *self)
{
  return self->first;
}

SemAnalysis *
sem_comparison_get_second (const SemComparison *self)
{
  return self->second;
}

const SemTokenComparison *
sem_comparison_get_tokens (const SemComparison *self)
{
  return self->tokens;
}

gsize
sem_comparison_get_n_places (const SemComparison *self)
{
  return self->n_places;
}

gsize
sem_comparison_find_tokens (const SemComparison *self, guint row, gsize token, gsize *first)
{
  gsize n, n_other, low = 0, count = 0;
  const SemToken *own = get_tokens (self, row, &n);
  const SemToken *other = get_tokens (self, 1 - row, &n_other);
  if (token >= n || own[token].start == SEM_NO_OFFSET)
    return 0;
  while (low < n_other && (other[low].start == SEM_NO_OFFSET || other[low].end <= own[token].start))
    low++;
  *first = low;
  while (low + count < n_other && other[low + count].start != SEM_NO_OFFSET
         && other[low + count].start < own[token].end)
    count++;
  return count;
}

SemComparability
sem_comparison_get_comparability (const SemComparison *self)
{
  return self->comparability;
}

const SemMatrix *
sem_comparison_get_difference (const SemComparison *self)
{
  return self->difference;
}

const SemAgreement *
sem_comparison_get_agreement (const SemComparison *self)
{
  return &self->agreement;
}

const SemDisagreement *
sem_comparison_get_disagreements (const SemComparison *self, gsize *n)
{
  *n = self->disagreements->len;
  return (const SemDisagreement *)(gconstpointer)self->disagreements->data;
}

/* The unit of `to` at the first byte of one of `from`'s that is no blank. */
static gsize
find_unit (SemAnalysis *from, SemAnalysis *to, gsize unit)
{
  SemUnits *units = sem_analysis_get_units (from);
  if (unit >= sem_units_get_n (units))
    return SEM_NO_ITEM;
  const SemUnit *info = sem_units_get (units, unit);
  gsize at = info->start;
  const char *text = sem_encoding_get_text (sem_analysis_get_encoding (from), NULL);
  if (info->end <= info->start)
    return SEM_NO_ITEM;
  while (at + 1 < info->end && g_ascii_isspace (text[at]))
    at++;
  return sem_units_find_byte (sem_analysis_get_units (to), at);
}

gsize
sem_comparison_find_first (const SemComparison *self, gsize second_unit)
{
  if (self->same_units)
    return second_unit < sem_analysis_get_n (self->second) ? second_unit : SEM_NO_ITEM;
  return find_unit (self->second, self->first, second_unit);
}

gsize
sem_comparison_find_second (const SemComparison *self, gsize first_unit)
{
  if (self->same_units)
    return first_unit < sem_analysis_get_n (self->first) ? first_unit : SEM_NO_ITEM;
  return find_unit (self->first, self->second, first_unit);
}

/* --- two maps --- */

void
sem_alignment_free (SemAlignment *self)
{
  g_clear_pointer (&self->coordinates, sem_matrix_unref);
  g_free (self);
}

/* Two columns of an analysis' coordinates. */
static SemMatrix *
dup_plane (SemAnalysis *analysis, gsize x, gsize y, GError **error)
{
  const SemMatrix *from = sem_analysis_get_coordinates (analysis);
  gsize n = sem_matrix_get_n_rows (from), k = sem_matrix_get_n_cols (from);
  SemMatrix *plane = sem_matrix_new (n, 2, error);
  for (gsize i = 0; plane != NULL && i < n; i++)
    {
      sem_matrix_get_data (plane)[2 * i] = x < k ? sem_matrix_get (from, i, x) : 0.0;
      sem_matrix_get_data (plane)[2 * i + 1] = y < k ? sem_matrix_get (from, i, y) : 0.0;
    }
  return plane;
}

static gboolean
has_extent (const SemMatrix *plane)
{
  for (gsize i = 1; i < sem_matrix_get_n_rows (plane); i++)
    if (sem_matrix_get (plane, i, 0) != sem_matrix_get (plane, 0, 0)
        || sem_matrix_get (plane, i, 1) != sem_matrix_get (plane, 0, 1))
      return TRUE;
  return FALSE;
}

SemAlignment *
sem_comparison_align (const SemComparison *self, gsize x, gsize y, GError **error)
{
  if (self->comparability != SEM_COMPARABLE)
    return NULL;
  g_autoptr (SemMatrix) to = dup_plane (self->first, x, y, error);
  g_autoptr (SemMatrix) from = to != NULL ? dup_plane (self->second, x, y, error) : NULL;
  if (from == NULL)
    return NULL;
  g_autoptr (SemProcrustes) fit = sem_procrustes_fit (from, to, TRUE, error);
  if (fit == NULL)
    return NULL;
  g_autoptr (SemAlignment) out = g_new0 (SemAlignment, 1);
  const double *r = fit->rotation; /* rows are turned: (1, 0) goes to its first row */
  out->coordinates = sem_procrustes_apply (fit, from, error);
  if (out->coordinates == NULL)
    return NULL;
  out->residual = has_extent (from) && has_extent (to) ? fit->disparity : NAN;
  out->mirrored = r[0] * r[3] - r[1] * r[2] < 0.0;
  out->angle_deg = atan2 (r[1], r[0]) * (180.0 / G_PI);
  return g_steal_pointer (&out);
}
