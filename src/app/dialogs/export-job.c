/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure and what it needs, handed from thread to thread. */
#include "config.h"

#include "app/dialogs/export-job.h"

#include "app/settings.h"
#include "doc/document-project.h"

#include <glib/gi18n.h>

#define DEFAULT_DPI 144.0

/* With what the project keeps, or what was chosen last time. */
static void
init_figure (SemExportJob *self, const SemProjectFigure *kept, double width, double height)
{
  GSettings *settings = sem_settings_get ();
  double dpi = settings != NULL ? g_settings_get_int (settings, "export-dpi") : DEFAULT_DPI;
  g_autofree char *theme = sem_settings_dup_string ("export-theme");
  SemThemeKind kind = SEM_THEME_LIGHT;
  gboolean is_kept = kept->width > 0.0;

  if (is_kept && kept->theme != NULL)
    sem_theme_kind_from_id (kept->theme, &kind);
  else
    sem_theme_kind_from_id (theme, &kind);
  self->figure
      = (SemFigure){ .theme = kind,
                     .comparison = self->figure.comparison,
                     .width = is_kept ? kept->width : width,
                     .height = is_kept ? kept->height : height,
                     .scale = is_kept ? kept->scale : dpi / SEM_POINTS_PER_INCH,
                     .text_size = kept->text_size > 0.0 ? kept->text_size : SEM_FIGURE_TEXT_SIZE,
                     .transparent = kept->transparent,
                     .provenance = kept->provenance };
  sem_export_job_set_texts (self, kept->title, kept->caption);
}

SemExportJob *
sem_export_job_new (SemDocument *document, double width, double height)
{
  SemExportJob *self = g_new0 (SemExportJob, 1);
  SemFocus focus;

  self->analysis = sem_analysis_ref (sem_document_get_analysis (document));
  self->options = *sem_document_get_view_options (document);
  sem_document_get_focus (document, &focus);
  self->selected = g_memdup2 (focus.selected, focus.n_selected * sizeof (gsize));
  self->n_selected = focus.n_selected;
  if (sem_document_get_comparison (document) != NULL)
    self->figure.comparison = sem_comparison_ref (sem_document_get_comparison (document));
  init_figure (self, sem_document_get_figure (document), width, height);
  return self;
}

SemExportJob *
sem_export_job_copy (const SemExportJob *self)
{
  SemExportJob *copy = g_memdup2 (self, sizeof *self);

  copy->analysis = sem_analysis_ref (self->analysis);
  copy->selected = g_memdup2 (self->selected, self->n_selected * sizeof (gsize));
  copy->title = copy->caption = NULL;
  if (self->figure.comparison != NULL)
    sem_comparison_ref (self->figure.comparison);
  copy->file = self->file != NULL ? g_object_ref (self->file) : NULL;
  sem_export_job_set_texts (copy, self->title, self->caption);
  return copy;
}

void
sem_export_job_free (SemExportJob *self)
{
  sem_analysis_unref (self->analysis);
  g_clear_pointer (&self->figure.comparison, sem_comparison_unref);
  g_free (self->selected);
  g_free (self->title);
  g_free (self->caption);
  g_clear_object (&self->file);
  g_free (self);
}

void
sem_export_job_set_texts (SemExportJob *self, const char *title, const char *caption)
{
  g_free (self->title);
  g_free (self->caption);
  self->figure.title = self->title = g_strdup (title != NULL ? title : "");
  self->figure.caption = self->caption = g_strdup (caption != NULL ? caption : "");
}

SemFocus
sem_export_job_get_focus (const SemExportJob *self)
{
  return (SemFocus){ SEM_ITEM_INIT, self->selected, self->n_selected };
}

void
sem_export_job_keep (const SemExportJob *self, SemDocument *document)
{
  const SemProjectFigure figure
      = { .width = self->figure.width,
          .height = self->figure.height,
          .scale = self->figure.scale,
          .text_size = self->figure.text_size,
          .theme = g_intern_string (sem_theme_get (self->figure.theme)->id),
          .transparent = self->figure.transparent,
          .provenance = self->figure.provenance,
          .title = *self->title != '\0' ? self->title : NULL,
          .caption = *self->caption != '\0' ? self->caption : NULL };

  sem_document_set_figure (document, &figure);
}

/* --- saving
 * ---------------------------------------------------------------------------------------- */

/* figure.png -> figure.csv, in the same folder. */
static GFile *
get_data_file (const SemExportJob *self, SemDataFormat format)
{
  g_autoptr (GFile) folder = g_file_get_parent (self->file);
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *data_name = sem_figure_dup_data_name (name, format);

  return g_file_get_child (folder, data_name);
}

char *
sem_export_job_list_existing (const SemExportJob *self)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (int i = 0; i < SEM_N_DATA_FORMATS; i++)
    {
      g_autoptr (GFile) file = NULL;
      g_autofree char *name = NULL, *shown = NULL;

      if (!(self->data_formats & 1u << i))
        continue;
      file = get_data_file (self, (SemDataFormat)i);
      if (!g_file_query_exists (file, NULL))
        continue;
      name = g_file_get_basename (file);
      shown = g_filename_display_name (name);
      g_string_append_printf (list, "%s%s", list->len > 0 ? "\n" : "", shown);
    }
  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}

static gboolean
save (const SemExportJob *self, GCancellable *cancellable, GError **error)
{
  SemFocus focus = sem_export_job_get_focus (self);

  for (int i = 0; i < SEM_N_DATA_FORMATS; i++)
    if (self->data_formats & 1u << i)
      {
        g_autoptr (GFile) file = get_data_file (self, (SemDataFormat)i);

        if (!sem_figure_save_data (self->analysis, &self->options, &focus, &self->figure,
                                   (SemDataFormat)i, file, cancellable, error))
          return FALSE;
      }
  return sem_figure_save (self->analysis, &self->options, &focus, &self->figure, self->file,
                          cancellable, error);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (save (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SemWindow *window = SEM_WINDOW (source);
  SemExportJob *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *message = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      message = g_markup_printf_escaped (_ ("Exported %s"), shown);
      sem_window_show_toast (window, message);
    }
  else
    sem_window_show_error (window, shown, error);
}

void
sem_export_job_save (SemExportJob *self, SemWindow *window)
{
  g_autoptr (GTask) task = g_task_new (window, NULL, saved_cb, NULL);
  g_autofree char *name = g_file_get_basename (self->file);

  /* The name that was typed has the last word. */
  sem_figure_format_from_name (name, &self->figure.format);
  g_task_set_source_tag (task, sem_export_job_save);
  g_task_set_task_data (task, self, (GDestroyNotify)sem_export_job_free);
  g_task_run_in_thread (task, save_in_thread);
}
