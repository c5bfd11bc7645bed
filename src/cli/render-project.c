/* SPDX-License-Identifier: GPL-3.0-or-later */
/* render of a project file: its text, model, options, frame, selection and page. */
#include "cli/render-project.h"

#include "core/project/project.h"

#include <string.h>

gboolean
sem_render_is_project (const SemCommandOptions *options)
{
  return options->arguments[0] != NULL && options->arguments[1] == NULL
         && sem_project_is_name (options->arguments[0])
         && g_file_test (options->arguments[0], G_FILE_TEST_EXISTS);
}

GBytes *
sem_render_project (const char *path, gboolean has_view, SemFigure *figure, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SemProject) project = sem_project_load (file, NULL, error);
  if (project == NULL)
    return NULL;
  g_autofree char *warning = NULL;
  g_autoptr (SemModel) model = sem_project_open_model (project, &warning, NULL, error);
  if (model == NULL)
    {
      g_prefix_error (error, "%s: its model: ", path);
      return NULL;
    }
  if (warning != NULL)
    g_printerr ("semblance-cli: %s: %s\n", path, warning);
  if (!has_view && !sem_picture_kind_from_id (project->page, &figure->picture))
    figure->picture = SEM_PICTURE_OVERVIEW;
  g_autoptr (SemAnalysis) analysis = sem_analysis_new (
      model, project->text, strlen (project->text), &project->options, project->frame, NULL, error);
  if (analysis == NULL)
    return NULL;
  sem_project_clamp (project, sem_analysis_get_n (analysis));
  const SemFocus focus = { SEM_ITEM_INIT, (const gsize *)(gpointer)project->selection->data,
                           project->selection->len };
  return sem_figure_render (analysis, &project->view, &focus, figure, error);
}
