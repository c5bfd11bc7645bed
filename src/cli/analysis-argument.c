/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The analysis of the TEXT argument: what similarity, project and render begin with. */
#include "cli/command.h"

SemAnalysis *
sem_command_analyze (const SemCommandOptions *options, gboolean tokenizer_only_ok, GError **error)
{
  gsize length;
  g_autofree char *text = sem_command_dup_text (options, &length, error);
  if (text == NULL)
    return NULL;
  g_autoptr (SemModel) model = sem_command_open_model_named (
      options->models != NULL ? options->models[0] : NULL, tokenizer_only_ok, error);
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
