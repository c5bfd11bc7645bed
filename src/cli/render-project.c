/* SPDX-License-Identifier: GPL-3.0-or-later */
/* render of a project file: its text, model, options, frame, selection, page and figure. */
#include "cli/render-project.h"

#include <string.h>

gboolean
sem_render_is_project (const SemCommandOptions *options)
{
  return options->arguments[0] != NULL && options->arguments[1] == NULL
         && sem_project_is_name (options->arguments[0])
         && g_file_test (options->arguments[0], G_FILE_TEST_EXISTS);
}

void
sem_render_project_get_figure (const SemProject *project, SemFigure *figure)
{
  const SemProjectFigure *saved = &project->figure;

  if (!sem_picture_kind_from_id (project->page, &figure->picture))
    figure->picture = SEM_PICTURE_OVERVIEW;
  if (!(saved->width > 0.0))
    return;
  figure->width = saved->width;
  figure->height = saved->height;
  figure->scale = saved->scale;
  figure->text_size = saved->text_size;
  if (saved->theme != NULL)
    sem_theme_kind_from_id (saved->theme, &figure->theme);
  figure->transparent = saved->transparent;
  figure->title = saved->title;
  figure->caption = saved->caption;
  figure->provenance = saved->provenance;
}

SemAnalysis *
sem_render_project_analyze (SemProject *project, const char *path, GError **error)
{
  g_autofree char *warning = NULL;
  g_autoptr (SemModel) model = sem_project_open_model (project, &warning, NULL, error);
  SemAnalysis *analysis;

  if (model == NULL)
    {
      g_prefix_error (error, "%s: its model: ", path);
      return NULL;
    }
  if (warning != NULL)
    g_printerr ("semblance-cli: %s: %s\n", path, warning);
  analysis = sem_analysis_new (model, project->text, strlen (project->text), &project->options,
                               project->frame, NULL, error);
  if (analysis != NULL)
    sem_project_clamp (project, sem_analysis_get_n (analysis));
  return analysis;
}

SemComparison *
sem_render_project_compare (SemProject *project, const char *path, SemAnalysis *analysis)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;
  g_autoptr (SemAnalysis) second = NULL;
  g_autoptr (SemModel) other = sem_project_open_other (project, &warning, NULL, &error);
  SemComparison *comparison = NULL;

  if (warning != NULL)
    g_printerr ("semblance-cli: %s: %s\n", path, warning);
  if (other != NULL)
    second = sem_analysis_new (other, project->text, strlen (project->text), &project->options,
                               NULL, NULL, &error);
  if (second != NULL)
    comparison = sem_comparison_new (analysis, second, NULL, &error);
  if (error != NULL)
    g_printerr ("semblance-cli: %s: the model to compare with: %s\n", path, error->message);
  return comparison;
}
