/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fill, stroke, image: cairo's own, or handed to the sink of the target surface. */
#include "draw/canvas.h"

#include <math.h>

static const cairo_user_data_key_t sink_key, flat_key;

void
sem_canvas_attach (cairo_surface_t *surface, SemCanvasSink *sink)
{
  cairo_surface_set_user_data (surface, &sink_key, sink, NULL);
}

SemCanvasSink *
sem_canvas_get_sink (cairo_t *cr)
{
  return cairo_surface_get_user_data (cairo_get_target (cr), &sink_key);
}

void
sem_canvas_set_flat (cairo_surface_t *surface, const SemRgba *background)
{
  cairo_surface_set_user_data (surface, &flat_key, g_memdup2 (background, sizeof *background),
                               g_free);
}

static void
flatten_source (cairo_t *cr)
{
  const SemRgba *background = cairo_surface_get_user_data (cairo_get_target (cr), &flat_key);
  SemRgba color;

  if (background != NULL
      && cairo_pattern_get_rgba (cairo_get_source (cr), &color.r, &color.g, &color.b, &color.a)
             == CAIRO_STATUS_SUCCESS
      && color.a < 1.0)
    sem_rgba_set_source (sem_rgba_over (color, *background), cr);
}

gboolean
sem_canvas_is_vector (cairo_t *cr)
{
  switch (cairo_surface_get_type (cairo_get_target (cr)))
    {
    case CAIRO_SURFACE_TYPE_PDF:
    case CAIRO_SURFACE_TYPE_PS:
    case CAIRO_SURFACE_TYPE_SVG:
      return TRUE;
    default:
      return sem_canvas_get_sink (cr) != NULL;
    }
}

void
sem_canvas_fill_preserve (cairo_t *cr)
{
  SemCanvasSink *sink = sem_canvas_get_sink (cr);

  if (sink != NULL)
    sink->fill (sink, cr);
  else
    {
      flatten_source (cr);
      cairo_fill_preserve (cr);
    }
}

void
sem_canvas_fill (cairo_t *cr)
{
  sem_canvas_fill_preserve (cr);
  cairo_new_path (cr);
}

void
sem_canvas_stroke_preserve (cairo_t *cr)
{
  SemCanvasSink *sink = sem_canvas_get_sink (cr);

  if (sink != NULL)
    sink->stroke (sink, cr);
  else
    {
      flatten_source (cr);
      cairo_stroke_preserve (cr);
    }
}

void
sem_canvas_stroke (cairo_t *cr)
{
  sem_canvas_stroke_preserve (cr);
  cairo_new_path (cr);
}

void
sem_canvas_image (cairo_t *cr,
                  cairo_surface_t *image,
                  double x,
                  double y,
                  double width,
                  double height,
                  gboolean smooth)
{
  SemCanvasSink *sink = sem_canvas_get_sink (cr);
  int w = cairo_image_surface_get_width (image), h = cairo_image_surface_get_height (image);

  if (w <= 0 || h <= 0 || !(width > 0.0) || !(height > 0.0))
    return;
  if (sink != NULL)
    {
      sink->image (sink, cr, image, x, y, width, height, smooth);
      return;
    }
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, width / w, height / h);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr),
                            smooth ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
  /* PAD, so that the edge pixels are not blended with nothing. */
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_rectangle (cr, 0, 0, w, h);
  cairo_fill (cr);
  cairo_restore (cr);
}

void
sem_canvas_round_rectangle (cairo_t *cr,
                            double x,
                            double y,
                            double width,
                            double height,
                            double radius)
{
  radius = MIN (radius, MIN (width, height) / 2.0);
  cairo_new_sub_path (cr);
  if (!(radius > 0.0))
    {
      cairo_rectangle (cr, x, y, width, height);
      return;
    }
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

void
sem_canvas_clear (cairo_t *cr)
{
  cairo_save (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_paint (cr);
  cairo_restore (cr);
}

double
sem_canvas_snap (double position, double scale)
{
  if (!(scale > 0.0))
    return position;
  return (floor (position * scale) + 0.5) / scale;
}
