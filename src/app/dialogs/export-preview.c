/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One worker at a time: what changes meanwhile is drawn when it is back.  The state hangs on the
 * area, which the worker's task keeps alive. */
#include "config.h"

#include "app/dialogs/export-preview.h"

#include <math.h>

#define CHECKER 8
#define STATE "sem-export-preview"

typedef struct
{
  SemExportJob *job;      /* to be shown */
  cairo_surface_t *image; /* what is shown, or NULL */
  gboolean is_drawing;    /* a worker is at it */
  gboolean is_stale;      /* and what it draws is no longer wanted */
} Preview;

static void
preview_free (gpointer data)
{
  Preview *self = data;

  g_clear_pointer (&self->job, sem_export_job_free);
  g_clear_pointer (&self->image, cairo_surface_destroy);
  g_free (self);
}

static void
draw_checkers (cairo_t *cr, double width, double height)
{
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  cairo_set_source_rgb (cr, 0.8, 0.8, 0.8);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.68, 0.68, 0.68);
  for (int row = 0; row * CHECKER < height; row++)
    for (int column = row % 2; column * CHECKER < width; column += 2)
      cairo_rectangle (cr, column * CHECKER, row * CHECKER, CHECKER, CHECKER);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  Preview *self = data;
  double image_width, image_height, fit;

  if (self->image == NULL)
    return;
  image_width = cairo_image_surface_get_width (self->image);
  image_height = cairo_image_surface_get_height (self->image);
  fit = MIN (width / image_width, height / image_height);
  cairo_translate (cr, floor ((width - image_width * fit) / 2),
                   floor ((height - image_height * fit) / 2));
  if (self->job->figure.transparent)
    draw_checkers (cr, image_width * fit, image_height * fit);
  cairo_save (cr);
  cairo_scale (cr, fit, fit);
  cairo_set_source_surface (cr, self->image, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_set_source_rgba (cr, 0.5, 0.5, 0.5, 0.5);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, 0.5, 0.5, image_width * fit - 1, image_height * fit - 1);
  cairo_stroke (cr);
}

static void
draw_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SemExportJob *job = data;
  SemFocus focus = sem_export_job_get_focus (job);

  g_task_return_pointer (
      task, sem_figure_render_image (job->analysis, &job->options, &focus, &job->figure, NULL),
      (GDestroyNotify)cairo_surface_destroy);
}

static void start (GtkWidget *area, Preview *self);

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Preview *self = data;
  cairo_surface_t *image = g_task_propagate_pointer (G_TASK (result), NULL);

  self->is_drawing = FALSE;
  if (image != NULL)
    {
      g_clear_pointer (&self->image, cairo_surface_destroy);
      self->image = image;
      gtk_widget_queue_draw (GTK_WIDGET (source));
    }
  if (self->is_stale)
    start (GTK_WIDGET (source), self);
}

static void
start (GtkWidget *area, Preview *self)
{
  double width = gtk_widget_get_width (area), height = gtk_widget_get_height (area), fit;
  g_autoptr (GTask) task = NULL;
  SemExportJob *job;

  self->is_stale = self->is_drawing;
  if (self->is_drawing || width < 1 || height < 1)
    return;
  job = sem_export_job_copy (self->job);
  fit = MIN (width / job->figure.width, height / job->figure.height)
        * gtk_widget_get_scale_factor (area);
  job->figure.format = SEM_FIGURE_PNG;
  job->figure.scale = CLAMP (fit, 0.25, 4.0);
  task = g_task_new (area, NULL, drawn_cb, self);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, job, (GDestroyNotify)sem_export_job_free);
  self->is_drawing = TRUE;
  g_task_run_in_thread (task, draw_in_thread);
}

static void
resize_cb (GtkDrawingArea *area, int width, int height, gpointer data)
{
  start (GTK_WIDGET (area), data);
}

void
sem_export_preview_show (GtkDrawingArea *area, const SemExportJob *job)
{
  Preview *self = g_object_get_data (G_OBJECT (area), STATE);

  if (self == NULL)
    {
      self = g_new0 (Preview, 1);
      g_object_set_data_full (G_OBJECT (area), STATE, self, preview_free);
      gtk_drawing_area_set_draw_func (area, draw_cb, self, NULL);
      g_signal_connect (area, "resize", G_CALLBACK (resize_cb), self);
    }
  g_clear_pointer (&self->job, sem_export_job_free);
  self->job = sem_export_job_copy (job);
  start (GTK_WIDGET (area), self);
}
