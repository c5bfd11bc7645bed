/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around the plot of a map: the scree strip and the summary below it, the legend of its
 * colours above it. */
#include "draw/map-private.h"

#include "draw/canvas.h"
#include "draw/colorbar-scale.h"
#include "draw/i18n.h"
#include "draw/plot.h"

#include <math.h>

#define N_BARS 10
#define BAR_PITCH 8.0
#define SCREE_HEIGHT 22.0
#define LEGEND_GAP 14.0
#define RAMP_WIDTH 90.0
#define RAMP_HEIGHT 8.0

char *
sem_map_dup_component_title (const SemMap *self, gsize component)
{
  const double ratio = component < self->data->n_components ? self->data->ratios[component] : 0.0;

  /* Translators: a principal component's number and its share of the variance. */
  return g_strdup_printf (_ ("PC%d (%.0f %%)"), (int)component + 1, 100.0 * ratio);
}

char *
sem_map_dup_axis_title (const SemMap *self, guint axis)
{
  const gsize component = axis ? self->component_y : self->component_x;

  if (self->data->axis_titles[axis])
    return g_strdup (self->data->axis_titles[axis]);
  return sem_map_dup_component_title (self, component);
}

static gboolean
has_scree (const SemMap *self)
{
  const double size = sem_text_context_get_size (self->text, SEM_FONT_SMALL);
  g_autofree char *title = NULL;
  SemTextSize extents;

  if (self->base.width < 160.0 || self->data->axis_titles[0])
    return FALSE;
  title = sem_map_dup_axis_title (self, 0);
  sem_text_measure (self->text, SEM_FONT_SMALL, size, title, &extents);
  return self->plot.x + BAR_PITCH * N_BARS + extents.width + 16.0 < self->plot.x + self->plot.width;
}

/* All of a component's column, so that a small bar is met too. */
gboolean
sem_map_get_scree_box (const SemMap *self, gsize component, SemBox *box)
{
  *box = (SemBox){ self->plot.x + BAR_PITCH * (double)component,
                   self->base.height - 11.0 - SCREE_HEIGHT, BAR_PITCH, SCREE_HEIGHT };
  return component < MIN (self->data->n_components, N_BARS) && has_scree (self);
}

gsize
sem_map_find_scree (const SemMap *self, double x, double y)
{
  const double at = floor ((x - self->plot.x) / BAR_PITCH);
  SemBox box;

  if (!(at >= 0.0 && at < N_BARS) || !sem_map_get_scree_box (self, (gsize)at, &box)
      || !sem_box_contains (&box, x, y))
    return G_MAXSIZE;
  return (gsize)at;
}

/* The variance of the first components as bars, those shown in the accent colour, with their
 * running sum as a line. */
static void
draw_scree (const SemMap *self, double left, double bottom, cairo_t *cr)
{
  const gsize n = MIN (self->data->n_components, N_BARS);
  double largest = 0.0, sum = 0.0;

  for (gsize i = 0; i < n; i++)
    largest = MAX (largest, self->data->ratios[i]);
  for (gsize i = 0; i < n && largest > 0.0; i++)
    {
      const double height = MAX (SCREE_HEIGHT * self->data->ratios[i] / largest, 0.75);
      const gboolean shown = i == self->component_x || i == self->component_y
                             || (self->has_depth && i == self->component_z);

      sem_rgba_set_source (shown ? self->theme->accent
                                 : sem_rgba_mix (self->theme->surface, self->theme->text, 0.28),
                           cr);
      cairo_rectangle (cr, left + BAR_PITCH * (double)i, bottom - height, BAR_PITCH - 1.5, height);
      sem_canvas_fill (cr);
    }
  if (largest <= 0.0)
    return;
  for (gsize i = 0; i < n; i++)
    {
      sum += self->data->ratios[i];
      cairo_line_to (cr, left + BAR_PITCH * ((double)i + 0.5) - 0.75,
                     bottom - SCREE_HEIGHT * MIN (sum, 1.0));
    }
  sem_rgba_set_source (self->theme->text_faint, cr);
  cairo_set_line_width (cr, 1.0);
  sem_canvas_stroke (cr);
}

/* What is shown and what is kept; the longest wording that fits. */
static char *
dup_summary (const SemMap *self, double room)
{
  const double size = sem_text_context_get_size (self->text, SEM_FONT_SMALL);
  const SemMapData *data = self->data;
  gsize k = 0;
  /* Of the plane of two axes, which is not what one looks at when it is turned. */
  const double kept = self->has_depth ? (double)NAN
                                      : sem_map_data_get_kept (self->data, self->component_x,
                                                               self->component_y, &k);
  double shown = self->has_depth ? data->ratios[self->component_z] : 0.0;
  char *texts[3];
  guint best = 0;

  if (self->component_x < data->n_components)
    shown += data->ratios[self->component_x];
  if (self->component_y < data->n_components && self->component_y != self->component_x)
    shown += data->ratios[self->component_y];
  if (isnan (kept))
    {
      texts[0] = g_strdup_printf (_ ("variance %.0f %% shown"), 100.0 * shown);
      texts[1] = g_strdup_printf (_ ("%.0f %% shown"), 100.0 * shown);
    }
  else
    {
      texts[0] = g_strdup_printf (
          _ ("variance %.0f %% shown · of the %d nearest neighbours %.0f %% kept"), 100.0 * shown,
          (int)k, 100.0 * kept);
      texts[1] = g_strdup_printf (_ ("variance %.0f %% shown · neighbours kept %.0f %%"),
                                  100.0 * shown, 100.0 * kept);
    }
  texts[2] = g_strdup ("");
  while (best < 2)
    {
      SemTextSize extents;

      sem_text_measure (self->text, SEM_FONT_SMALL, size, texts[best], &extents);
      if (extents.width <= room)
        break;
      best++;
    }
  for (guint i = 0; i < 3; i++)
    if (i != best)
      g_free (texts[i]);
  return texts[best];
}

/* What two axes made of word pairs are, and what they keep; the longest wording that fits. */
static char *
dup_axes_summary (const SemMap *self, double room)
{
  const double size = sem_text_context_get_size (self->text, SEM_FONT_SMALL);
  gsize k = 0;
  const double kept = sem_map_data_get_kept (self->data, 0, 1, &k);
  g_autofree char *angle
      = g_strdup_printf (_ ("%.0f° between the axes"), self->data->axes->angle_deg);
  g_autofree char *share = isnan (kept)
                               ? NULL
                               : g_strdup_printf (_ ("of the %d nearest neighbours %.0f %% kept"),
                                                  (int)k, 100.0 * kept);
  g_autofree char *both = share ? g_strjoin (" · ", angle, share, NULL) : g_strdup (angle);
  const char *const texts[] = { both, angle };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      SemTextSize extents;

      sem_text_measure (self->text, SEM_FONT_SMALL, size, texts[i], &extents);
      if (extents.width <= room)
        return g_strdup (texts[i]);
    }
  return g_strdup ("");
}

void
sem_map_draw_footer (const SemMap *self, cairo_t *cr)
{
  const double left = self->plot.x, bottom = self->base.height - 11.0;
  const double size = sem_text_context_get_size (self->text, SEM_FONT_SMALL);
  double text_x = left + BAR_PITCH * N_BARS + 8.0, room;
  g_autofree char *title = NULL, *summary = NULL;
  SemTextSize extents;

  if (self->base.width < 160.0 || (self->data->axis_titles[0] && !self->data->axes))
    return;
  title = sem_map_dup_axis_title (self, 0);
  sem_text_measure (self->text, SEM_FONT_SMALL, size, title, &extents);
  if (has_scree (self))
    draw_scree (self, left, bottom, cr);
  if (self->data->axes)
    text_x = left;
  room = self->plot.x + self->plot.width - extents.width - 20.0 - text_x;
  summary = self->data->axes ? dup_axes_summary (self, room) : dup_summary (self, room);
  sem_text_draw (self->text, cr, SEM_FONT_SMALL, size, summary, text_x, self->base.height - 12.0,
                 0.0, self->theme->text_dim);
}

/* --- the legend
 * ------------------------------------------------------------------------------------------ */

double
sem_map_get_legend_height (const SemMap *self)
{
  return self->color_by != SEM_COLOR_BY_UNIT || self->kept
             ? 1.6 * sem_text_context_get_size (self->text, SEM_FONT_SMALL)
             : 0.0;
}

/* Words of the legend from x on; returns where they end, or x when there is no room for them. */
static double
draw_words (const SemMap *self, const char *words, double x, double baseline, cairo_t *cr)
{
  const double size = sem_text_context_get_size (self->text, SEM_FONT_SMALL);
  SemTextSize extents;

  sem_text_measure (self->text, SEM_FONT_SMALL, size, words, &extents);
  if (x + extents.width > self->plot.x + self->plot.width)
    return x;
  sem_text_draw (self->text, cr, SEM_FONT_SMALL, size, words, x, baseline, 0.0,
                 self->theme->text_dim);
  return x + extents.width;
}

/* The first unit of each sentence stands for its shape and colour. */
static void
draw_sentences (const SemMap *self, double x, double baseline, cairo_t *cr)
{
  guint32 shown = G_MAXUINT32;
  double end = draw_words (self, _ ("sentence"), x, baseline, cr);

  for (gsize i = 0; i < self->data->n && end > x; i++)
    {
      const guint32 sentence = self->data->sentences[i];
      SemMapPoint point = { .unit = i, .radius = SEM_MAP_RADIUS };
      g_autofree char *number = g_strdup_printf ("%u", sentence + 1);

      if (shown != G_MAXUINT32 && sentence <= shown)
        continue;
      shown = sentence;
      x = end + LEGEND_GAP;
      end = draw_words (self, number, x + 8.0, baseline, cr);
      if (end <= x + 8.0)
        return;
      point.x = x - self->shift_x;
      point.y = baseline - 4.0 - self->shift_y;
      sem_map_add_mark (self, &point, 0.0, cr);
      sem_rgba_set_source (sem_map_data_get_colors (self->data, self->theme, self->color_by)[i],
                           cr);
      sem_canvas_fill (cr);
    }
}

static void
draw_ramp (const SemMap *self, double x, double y, cairo_t *cr)
{
  const guint n = 45;

  for (guint i = 0; i < n; i++)
    {
      sem_rgba_set_source (
          sem_theme_map_value (self->theme, self->map, 2.0 * (i + 0.5) / n - 1.0, -1.0, 1.0), cr);
      /* To the end, under the next ones: no seams. */
      cairo_rectangle (cr, x + RAMP_WIDTH * i / n, y, RAMP_WIDTH * (n - i) / n, RAMP_HEIGHT);
      sem_canvas_fill (cr);
    }
  cairo_rectangle (cr, x, y, RAMP_WIDTH, RAMP_HEIGHT);
  sem_rgba_set_source (self->theme->axis, cr);
  cairo_set_line_width (cr, 0.5);
  sem_canvas_stroke (cr);
}

static double
draw_cosines (const SemMap *self, double x, double baseline, cairo_t *cr)
{
  const char *name = self->reference < self->data->n ? self->data->names[self->reference] : "";
  g_autofree char *short_name
      = sem_text_dup_elided (self->text, SEM_FONT_SMALL,
                             sem_text_context_get_size (self->text, SEM_FONT_SMALL), name, 160.0);
  g_autofree char *words = NULL;
  double at = draw_words (self, SEM_MINUS "1", x, baseline, cr) + 4.0;

  if (at + RAMP_WIDTH > self->plot.x + self->plot.width)
    return at;
  draw_ramp (self, at, baseline - RAMP_HEIGHT, cr);
  at = draw_words (self, "1", at + RAMP_WIDTH + 4.0, baseline, cr) + LEGEND_GAP;
  /* Translators: legend of a map coloured by the similarity to one word */
  words = g_strdup_printf (_ ("cosine to “%s”"), short_name);
  return draw_words (self, words, at, baseline, cr);
}

void
sem_map_draw_legend (const SemMap *self, cairo_t *cr)
{
  const double size = sem_text_context_get_size (self->text, SEM_FONT_SMALL);
  const double baseline = self->plot.y - 0.45 * size;
  double x = self->plot.x;

  if (sem_map_get_legend_height (self) <= 0.0)
    return;
  if (self->kept)
    x = draw_words (self, _ ("fainter: fewer of its true neighbours are near"), x, baseline, cr)
        + LEGEND_GAP;
  if (self->color_by == SEM_COLOR_BY_SENTENCE)
    draw_sentences (self, x, baseline, cr);
  else if (self->color_by == SEM_COLOR_BY_COSINE)
    draw_cosines (self, x, baseline, cr);
}
