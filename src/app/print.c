/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figure is laid out anew for the paper, not scaled: text keeps its size and stays text.
 * GtkPrintOperation is in GTK 4.8 and not deprecated in 4.18; its dialog is the system's (a
 * portal's in a sandbox). */
#include "config.h"

#include "app/print.h"

#include "app/dialogs/export-dialog.h"

#include <glib/gi18n.h>

/* Paper is seldom as wide as a window: a picture higher than this times its width has no use for
 * the rest of the page. */
#define MAX_HEIGHT_SHARE 1.25
/* The overview has two cards beside each other. */
#define MAX_OVERVIEW_SHARE 0.75

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, SemExportJob *job)
{
  double width = gtk_print_context_get_width (context),
         height = gtk_print_context_get_height (context);
  double share
      = job->figure.picture == SEM_PICTURE_OVERVIEW ? MAX_OVERVIEW_SHARE : MAX_HEIGHT_SHARE;
  SemFocus focus = sem_export_job_get_focus (job);

  job->figure.width = MAX (width, 16.0);
  job->figure.height = CLAMP (width * share, 16.0, MAX (height, 16.0));
  sem_figure_draw (job->analysis, &job->options, &focus, &job->figure, 0.0,
                   gtk_print_context_get_cairo_context (context));
}

static void
free_job_cb (gpointer data, GClosure *closure)
{
  sem_export_job_free (data);
}

GtkPrintOperation *
sem_print_operation_new (SemExportJob *job)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();

  job->figure.theme = SEM_THEME_PRINT;
  job->figure.transparent = TRUE; /* the paper is the background */
  /* Pictures are wide; the dialog lets it be changed. */
  gtk_page_setup_set_orientation (setup, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_job_name (
      operation, *job->title != '\0' ? job->title : sem_picture_kind_get_id (job->figure.picture));
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), job, free_job_cb, 0);
  return operation;
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, SemWindow *window)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  sem_window_show_error (window, _ ("The picture could not be printed"), error);
}

void
sem_print_picture (SemWindow *window, SemPictureKind picture)
{
  SemDocument *document = sem_window_get_document (window);
  g_autoptr (GtkPrintOperation) operation = NULL;
  SemExportJob *job;
  double width, height;

  if (sem_document_get_analysis (document) == NULL)
    return;
  sem_export_dialog_get_window_size (window, &width, &height);
  job = sem_export_job_new (document, width, height);
  job->figure.picture = picture;
  operation = sem_print_operation_new (job);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), window, 0);
  /* With allow_async it keeps itself alive until it is done. */
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (window),
                           NULL);
}
