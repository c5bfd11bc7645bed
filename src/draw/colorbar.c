/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colour bar beside a heatmap. */
#include "draw/colorbar.h"

#include "draw/canvas.h"

#include <math.h>

#define BAR_WIDTH 12.0
#define NUMBERS_WIDTH 30.0 /* at a text scale of 1 */
#define TICK_LENGTH 4.0
#define HISTOGRAM_GAP 4.0
#define HISTOGRAM_WIDTH 30.0
#define OVERFLOW_HEIGHT 4.0 /* of the bars for the pairs outside the range */
#define OVERFLOW_GAP 3.0
#define N_STOPS 64

double
sem_colorbar_measure (SemTextContext *text)
{
  return NUMBERS_WIDTH * sem_text_context_get_scale (text) + TICK_LENGTH + BAR_WIDTH + HISTOGRAM_GAP
         + HISTOGRAM_WIDTH;
}

void
sem_colorbar_init (SemColorbar *self,
                   const SemLayoutInput *input,
                   const SemColorMap *map,
                   const SemValueScale *scale,
                   const SemHistogram *histogram,
                   double x,
                   double y,
                   double height)
{
  double step;

  self->bar = (SemBox){ x + NUMBERS_WIDTH * sem_text_context_get_scale (input->text) + TICK_LENGTH,
                        y, BAR_WIDTH, height };
  self->bar.x = sem_canvas_snap (self->bar.x, input->scale);
  self->tick_size = sem_text_context_get_size (input->text, SEM_FONT_SMALL);
  self->histogram_x = self->bar.x + BAR_WIDTH + HISTOGRAM_GAP;
  self->histogram_width = HISTOGRAM_WIDTH;
  self->scale = *scale;
  self->histogram = *histogram;
  self->histogram.bins = g_memdup2 (histogram->bins, histogram->n_bins * sizeof *histogram->bins);
  self->theme = input->theme;
  self->map = map;
  self->text = input->text;
  self->n_ticks
      = sem_ticks (scale->min, scale->max,
                   (gsize)CLAMP (height / (4.0 * self->tick_size), 2.0, 5.0), self->ticks, &step);
  self->decimals = step > 0.0 && step < 1.0 ? (guint)ceil (-log10 (step) - 1e-9) : 0;
}

void
sem_colorbar_clear (SemColorbar *self)
{
  sem_histogram_clear (&self->histogram);
}

double
sem_colorbar_get_y (const SemColorbar *self, double value)
{
  return self->bar.y
         + (1.0 - sem_value_scale_get_position (&self->scale, value)) * self->bar.height;
}

/* Also puts a stop at 0, where diverging maps have their bend. */
static void
draw_colors (const SemColorbar *self, cairo_t *cr)
{
  const SemBox *bar = &self->bar;
  const SemValueScale *scale = &self->scale;
  cairo_pattern_t *gradient = cairo_pattern_create_linear (0.0, bar->y, 0.0, bar->y + bar->height);

  for (guint i = 0; i <= N_STOPS; i++)
    {
      double value = scale->reversed ? scale->min + (scale->max - scale->min) * i / N_STOPS
                                     : scale->max - (scale->max - scale->min) * i / N_STOPS;
      double shade = scale->reversed ? scale->max + scale->min - value : value;
      SemRgba color = sem_theme_map_value (self->theme, self->map, shade, scale->min, scale->max);

      cairo_pattern_add_color_stop_rgb (gradient, (double)i / N_STOPS, color.r, color.g, color.b);
    }
  if (scale->min < 0.0 && scale->max > 0.0 && !scale->reversed)
    {
      SemRgba color = sem_theme_map_value (self->theme, self->map, 0.0, scale->min, scale->max);

      cairo_pattern_add_color_stop_rgb (gradient, 1.0 - sem_value_scale_get_position (scale, 0.0),
                                        color.r, color.g, color.b);
    }
  cairo_set_source (cr, gradient);
  cairo_rectangle (cr, bar->x, bar->y, bar->width, bar->height);
  sem_canvas_fill (cr);
  cairo_pattern_destroy (gradient);
}

static void
draw_tick (const SemColorbar *self,
           double value,
           guint decimals,
           gboolean strong,
           double scale_px,
           cairo_t *cr)
{
  const double y = sem_canvas_snap (sem_colorbar_get_y (self, value), scale_px);
  const SemRgba color = strong ? self->theme->text : self->theme->text_dim;
  char text[32];

  sem_format_value (value, decimals, SEM_MINUS, text, sizeof text);
  sem_rgba_set_source (strong ? color : sem_rgba_with_alpha (color, 0.7), cr);
  cairo_set_line_width (cr, strong ? 1.5 : 1.0);
  cairo_move_to (cr, self->bar.x - TICK_LENGTH, y);
  cairo_line_to (cr, self->bar.x + self->bar.width, y);
  sem_canvas_stroke (cr);
  sem_text_draw (self->text, cr, SEM_FONT_SMALL, self->tick_size, text,
                 self->bar.x - TICK_LENGTH - 3.0, y + self->tick_size * 0.36, 1.0, color);
}

/* The ends are always printed, as exactly as they are meant; round numbers between them where there
 * is room. */
static void
draw_ticks (const SemColorbar *self, double scale_px, cairo_t *cr)
{
  const double room = self->tick_size * 1.4;
  const double ends[2] = { self->scale.min, self->scale.max };

  for (gsize i = 0; i < self->n_ticks; i++)
    {
      double y = sem_colorbar_get_y (self, self->ticks[i]);

      if (y - self->bar.y > room && self->bar.y + self->bar.height - y > room
          && self->ticks[i] != 0.0)
        draw_tick (self, self->ticks[i], self->decimals, FALSE, scale_px, cr);
    }
  for (guint i = 0; i < 2; i++)
    {
      double tenths = ends[i] * 10.0;
      gboolean is_round = fabs (tenths - round (tenths)) < 1e-9;

      draw_tick (self, ends[i], is_round ? 1 : 2, ends[i] == 0.0, scale_px, cr);
    }
  if (self->scale.min < 0.0 && self->scale.max > 0.0)
    {
      double y = sem_colorbar_get_y (self, 0.0);
      gboolean has_room = y - self->bar.y > room && self->bar.y + self->bar.height - y > room;

      if (has_room)
        draw_tick (self, 0.0, 0, TRUE, scale_px, cr);
    }
}

static void
draw_histogram (const SemColorbar *self, cairo_t *cr)
{
  const SemHistogram *histogram = &self->histogram;
  const double largest = MAX (MAX (histogram->below, histogram->above), histogram->largest);
  const double unit = largest > 0.0 ? self->histogram_width / largest : 0.0;
  const double height = self->bar.height / (double)MAX (histogram->n_bins, 1);
  const guint32 at_top = self->scale.reversed ? histogram->below : histogram->above;
  const guint32 at_bottom = self->scale.reversed ? histogram->above : histogram->below;

  sem_rgba_set_source (sem_rgba_mix (self->theme->surface, self->theme->text, 0.28), cr);
  for (gsize i = 0; i < histogram->n_bins; i++)
    if (histogram->bins[i] > 0)
      {
        gsize place = self->scale.reversed ? i : histogram->n_bins - 1 - i;

        cairo_rectangle (cr, self->histogram_x, self->bar.y + (double)place * height,
                         MAX (unit * histogram->bins[i], 1.0), MAX (height - 1.0, height * 0.6));
      }
  sem_canvas_fill (cr);
  sem_rgba_set_source (sem_rgba_mix (self->theme->surface, self->theme->text, 0.18), cr);
  if (at_top > 0)
    cairo_rectangle (cr, self->histogram_x, self->bar.y - OVERFLOW_GAP - OVERFLOW_HEIGHT,
                     MAX (unit * at_top, 1.0), OVERFLOW_HEIGHT);
  if (at_bottom > 0)
    cairo_rectangle (cr, self->histogram_x, self->bar.y + self->bar.height + OVERFLOW_GAP,
                     MAX (unit * at_bottom, 1.0), OVERFLOW_HEIGHT);
  sem_canvas_fill (cr);
}

void
sem_colorbar_draw (const SemColorbar *self, double scale_px, cairo_t *cr)
{
  draw_colors (self, cr);
  draw_histogram (self, cr);
  draw_ticks (self, scale_px, cr);
}

void
sem_colorbar_draw_pointer (const SemColorbar *self, double value, cairo_t *cr)
{
  const double x = self->bar.x + self->bar.width + 1.0, y = sem_colorbar_get_y (self, value);

  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + 9.0, y - 5.5);
  cairo_line_to (cr, x + 9.0, y + 5.5);
  cairo_close_path (cr);
  sem_rgba_set_source (self->theme->surface, cr);
  cairo_set_line_width (cr, 2.0);
  sem_canvas_stroke_preserve (cr);
  sem_rgba_set_source (self->theme->accent, cr);
  sem_canvas_fill (cr);
}
