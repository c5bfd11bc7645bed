/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The analysis of the TEXT argument: what similarity, project and render begin with. */
#include "cli/command.h"

#include "core/error.h"

#include <string.h>

static SemAnalysis *
analyze (const SemCommandOptions *options,
         const char *text,
         gsize length,
         gboolean tokenizer_only_ok,
         GError **error)
{
  g_autoptr (SemModel) model
      = sem_command_open_model_named (options->models != NULL ? options->models[0] : NULL,
                                      options->tensor, tokenizer_only_ok, error);
  if (model == NULL)
    return NULL;
  const SemAnalysisOptions how
      = { .unit = options->unit, .special = options->special, .centered = options->center };
  g_autoptr (SemAnalysis) analysis
      = sem_analysis_new (model, text, length, &how, NULL, NULL, error);
  if (analysis == NULL)
    return NULL;
  SemUnits *units = sem_analysis_get_units (analysis);
  if (sem_units_get_n_total (units) > sem_units_get_n (units))
    g_printerr ("semblance-cli: note: the first %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                " units are used\n",
                sem_units_get_n (units), sem_units_get_n_total (units));
  return g_steal_pointer (&analysis);
}

SemAnalysis *
sem_command_analyze (const SemCommandOptions *options, gboolean tokenizer_only_ok, GError **error)
{
  return sem_command_analyze_two (options, tokenizer_only_ok, NULL, error);
}

SemAnalysis *
sem_command_analyze_two (const SemCommandOptions *options,
                         gboolean tokenizer_only_ok,
                         gsize *first_text,
                         GError **error)
{
  gsize length, n_first;
  SemTextCounts counts;
  g_autofree char *text = sem_command_dup_text (options, &length, error);
  if (first_text != NULL)
    *first_text = 0;
  if (text == NULL)
    return NULL;
  if (options->against == NULL)
    return analyze (options, text, length, tokenizer_only_ok, error);
  if (!sem_command_check_utf8 ("the text of --against", options->against, strlen (options->against),
                               error))
    return NULL;
  sem_text_count (text, length, &counts);
  g_autofree char *both = g_strconcat (text, "\n\n", options->against, NULL);
  g_autoptr (SemAnalysis) analysis
      = analyze (options, both, strlen (both), tokenizer_only_ok, error);
  if (analysis == NULL)
    return NULL;
  n_first = sem_units_count_in_paragraphs (sem_analysis_get_units (analysis), counts.n_paragraphs);
  if (n_first == 0 || n_first == sem_analysis_get_n (analysis))
    {
      g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_EMPTY, "no %s in the %s text",
                   sem_unit_kind_get_id (options->unit), n_first == 0 ? "first" : "second");
      return NULL;
    }
  if (first_text != NULL)
    *first_text = counts.n_paragraphs;
  return g_steal_pointer (&analysis);
}
