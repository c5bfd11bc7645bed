/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences about two models. */
#include "config.h"

#include "doc/describe-other.h"

#include "doc/describe.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *
get_second_name (SemComparison *comparison)
{
  return sem_model_get_name (sem_analysis_get_model (sem_comparison_get_second (comparison)));
}

char *
sem_describe_both (SemComparison *comparison, gsize a, gsize b)
{
  SemAnalysis *first = sem_comparison_get_first (comparison);
  SemAnalysis *second = sem_comparison_get_second (comparison);
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  if (sem_comparison_get_comparability (comparison) != SEM_COMPARABLE
      || a >= sem_analysis_get_n (first) || b >= sem_analysis_get_n (first))
    return NULL;
  here = sem_format_number (sem_matrix_get (sem_analysis_get_similarity (first), a, b), 2);
  there = sem_format_number (sem_matrix_get (sem_analysis_get_similarity (second), a, b), 2);
  /* Translators: a similarity by the model that is open, and by the one it is compared with. */
  return g_strdup_printf (_ ("%s here, %s in %s"), here, there, get_second_name (comparison));
}

char *
sem_describe_two_rows (SemComparison *comparison)
{
  const SemTokenComparison *tokens = sem_comparison_get_tokens (comparison);
  gsize n = sem_comparison_get_n_places (comparison);
  g_autofree char *a = sem_describe_units (SEM_UNIT_TOKEN, tokens->a.n_tokens);
  g_autofree char *b = sem_describe_units (SEM_UNIT_TOKEN, tokens->b.n_tokens);

  return g_strdup_printf (ngettext ("%s against %s in %s, boundaries differ at %lu place",
                                    "%s against %s in %s, boundaries differ at %lu places",
                                    (gulong)n),
                          a, b, get_second_name (comparison), (gulong)n);
}

char *
sem_describe_two_heatmaps (SemComparison *comparison)
{
  const SemAgreement *agreement = sem_comparison_get_agreement (comparison);
  gsize n;
  const SemDisagreement *pairs = sem_comparison_get_disagreements (comparison, &n);
  SemUnits *units = sem_analysis_get_units (sem_comparison_get_first (comparison));
  g_autofree char *mean = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (sem_comparison_get_comparability (comparison) != SEM_COMPARABLE || n == 0)
    return g_strdup_printf (_ ("beside %s, without a difference"), get_second_name (comparison));
  mean = sem_format_number (agreement->mean, 2);
  first = sem_format_number (pairs[0].first, 2);
  second = sem_format_number (pairs[0].second, 2);
  /* Translators: the model's name, the mean difference, two words, and their similarity by each of
   * the two models. */
  return g_strdup_printf (
      _ ("compared with %s: %s apart on average, most for %s – %s, %s against %s"),
      get_second_name (comparison), mean, sem_units_get (units, pairs[0].a)->label,
      sem_units_get (units, pairs[0].b)->label, first, second);
}

char *
sem_describe_two_maps (SemComparison *comparison, const SemViewOptions *options)
{
  g_autoptr (SemAlignment) alignment
      = sem_comparison_align (comparison, options->component_x, options->component_y, NULL);
  g_autofree char *residual = NULL;

  if (alignment == NULL || isnan (alignment->residual))
    return g_strdup_printf (_ ("beside the map of %s"), get_second_name (comparison));
  residual = sem_format_number (alignment->residual, 2);
  return g_strdup_printf (_ ("the map of %s turned onto it, residual %s"),
                          get_second_name (comparison), residual);
}
