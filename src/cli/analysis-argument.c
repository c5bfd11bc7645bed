/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The analysis of the TEXT argument: what similarity, project and render begin with. */
#include "cli/command.h"

#include "core/error.h"

#include <string.h>

static SemAnalysis *
analyze (const SemCommandOptions *options,
         const char *name,
         const char *text,
         gsize length,
         gboolean tokenizer_only_ok,
         GError **error)
{
  g_autoptr (SemModel) model
      = sem_command_open_model_named (name, options->tensor, tokenizer_only_ok, error);
  if (model == NULL)
    return NULL;
  const SemAnalysisOptions how
      = { .unit = options->unit, .special = options->special, .centered = options->center };
  return sem_analysis_new (model, text, length, &how, NULL, NULL, error);
}

static void
note_length (SemAnalysis *analysis)
{
  SemUnits *units = sem_analysis_get_units (analysis);
  if (sem_units_get_n_total (units) > sem_units_get_n (units))
    g_printerr ("semblance-cli: note: the first %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                " units are used\n",
                sem_units_get_n (units), sem_units_get_n_total (units));
}

/* TEXT, with that of --against as paragraphs of its own; *first_text: how many those of TEXT are, 0
 * without --against. */
static char *
dup_texts (const SemCommandOptions *options, gsize *length, gsize *first_text, GError **error)
{
  SemTextCounts counts;
  g_autofree char *text = sem_command_dup_text (options, length, error);
  *first_text = 0;
  if (text == NULL || options->against == NULL)
    return g_steal_pointer (&text);
  if (!sem_command_check_utf8 ("the text of --against", options->against, strlen (options->against),
                               error))
    return NULL;
  sem_text_count (text, *length, &counts);
  *first_text = counts.n_paragraphs;
  char *both = g_strconcat (text, "\n\n", options->against, NULL);
  *length = strlen (both);
  return both;
}

/* Both texts have units, when there are two. */
static gboolean
check_texts (const SemCommandOptions *options,
             SemAnalysis *analysis,
             gsize first_text,
             GError **error)
{
  if (options->against == NULL)
    return TRUE;
  gsize n_first = sem_units_count_in_paragraphs (sem_analysis_get_units (analysis), first_text);
  if (n_first > 0 && n_first < sem_analysis_get_n (analysis))
    return TRUE;
  g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_EMPTY, "no %s in the %s text",
               sem_unit_kind_get_id (options->unit), n_first == 0 ? "first" : "second");
  return FALSE;
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
  gsize length, n_paragraphs;
  g_autofree char *text = dup_texts (options, &length, &n_paragraphs, error);
  if (text == NULL)
    return NULL;
  g_autoptr (SemAnalysis) analysis
      = analyze (options, options->models != NULL ? options->models[0] : NULL, text, length,
                 tokenizer_only_ok, error);
  if (analysis == NULL || !check_texts (options, analysis, n_paragraphs, error))
    return NULL;
  note_length (analysis);
  if (first_text != NULL)
    *first_text = n_paragraphs;
  return g_steal_pointer (&analysis);
}

gboolean
sem_command_has_two (const SemCommandOptions *options)
{
  return options->models != NULL && options->models[0] != NULL && options->models[1] != NULL;
}

gboolean
sem_command_check_models (const SemCommandOptions *options)
{
  if (options->models == NULL || g_strv_length (options->models) <= 2)
    return TRUE;
  sem_command_usage_error ("-m was given %u times; two models can be compared",
                           g_strv_length (options->models));
  return FALSE;
}

SemComparison *
sem_command_compare (const SemCommandOptions *options,
                     gboolean tokenizer_only_ok,
                     gsize *first_text,
                     GError **error)
{
  gsize length, n_paragraphs;
  g_autofree char *text = dup_texts (options, &length, &n_paragraphs, error);
  if (text == NULL)
    return NULL;
  g_autoptr (SemAnalysis) first
      = analyze (options, options->models[0], text, length, tokenizer_only_ok, error);
  g_autoptr (SemAnalysis) second = first != NULL ? analyze (options, options->models[1], text,
                                                            length, tokenizer_only_ok, error)
                                                 : NULL;
  if (second == NULL || !check_texts (options, first, n_paragraphs, error))
    return NULL;
  note_length (first);
  if (first_text != NULL)
    *first_text = n_paragraphs;
  return sem_comparison_new (first, second, NULL, error);
}
