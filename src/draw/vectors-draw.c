/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vectors picture drawn: strips as one image, scale bar, axis of dimensions, lists of numbers;
 * the reading of a dimension. */
#include "draw/vectors-private.h"

#include "draw/canvas.h"
#include "draw/i18n.h"

#include <math.h>

#define BAR_WIDTH 120.0
#define BAR_HEIGHT 9.0
#define BAR_STEPS 64

static void
draw_text (const SemVectorsLayout *self,
           cairo_t *cr,
           SemFontRole role,
           const char *text,
           double x,
           double y,
           double align,
           SemRgba color)
{
  sem_text_draw (self->text, cr, role, 0.0, text, x, y, align, color);
}

/* Baseline that centres the digits and small letters of a role on a height. */
static double
get_baseline (const SemVectorsLayout *self, SemFontRole role, double middle)
{
  return middle + sem_text_context_get_size (self->text, role) * 0.36;
}

/* The scale: colours from -limit to limit, 0 marked.  Returns its left end. */
static double
draw_scale_bar (const SemVectorsLayout *self, cairo_t *cr)
{
  double size = self->unit_size, width = BAR_WIDTH * size, height = BAR_HEIGHT * size;
  double right = self->base.width - 2.0 * size, y = 7.0 * size, x, baseline;
  g_autofree char *top = sem_text_dup_number (self->limit, self->limit < 0.1   ? 3
                                                           : self->limit < 1.0 ? 2
                                                                               : 1);
  g_autofree char *bottom = g_strconcat ("−", top, NULL);
  cairo_pattern_t *pattern;
  SemTextSize extents;

  sem_text_measure (self->text, SEM_FONT_SMALL, 0.0, top, &extents);
  width = MIN (width, self->base.width * 0.4);
  x = right - extents.width - 5.0 * size - width;
  baseline = get_baseline (self, SEM_FONT_SMALL, y + height / 2.0);
  pattern = cairo_pattern_create_linear (x, 0, x + width, 0);
  for (int i = 0; i <= BAR_STEPS; i++)
    {
      double t = (double)i / BAR_STEPS;
      SemRgba color = sem_theme_map_value (self->theme, self->map, (2.0 * t - 1.0) * self->limit,
                                           -self->limit, self->limit);

      cairo_pattern_add_color_stop_rgb (pattern, t, color.r, color.g, color.b);
    }
  cairo_rectangle (cr, x, y, width, height);
  cairo_set_source (cr, pattern);
  sem_canvas_fill (cr);
  cairo_pattern_destroy (pattern);
  cairo_set_line_width (cr, self->theme->hairline);
  sem_rgba_set_source (self->theme->text_dim, cr);
  cairo_move_to (cr, sem_canvas_snap (x + width / 2.0, self->scale), y - 2.0 * size);
  cairo_rel_line_to (cr, 0.0, height + 4.0 * size);
  sem_canvas_stroke (cr);
  draw_text (self, cr, SEM_FONT_SMALL, bottom, x - 5.0 * size, baseline, 1.0,
             self->theme->text_dim);
  draw_text (self, cr, SEM_FONT_SMALL, top, right, baseline, 1.0, self->theme->text_dim);
  draw_text (self, cr, SEM_FONT_SMALL, "0", x + width / 2.0, y + height + 11.5 * size, 0.5,
             self->theme->text_dim);
  sem_text_measure (self->text, SEM_FONT_SMALL, 0.0, bottom, &extents);
  return x - 5.0 * size - extents.width;
}

/* Small rows get small labels rather than none. */
static double
get_label_size (const SemVectorsLayout *self, const SemStrip *strip)
{
  return MIN (sem_text_context_get_size (self->text, SEM_FONT_BODY), strip->height * 1.05);
}

static void
draw_label (const SemVectorsLayout *self,
            const SemStrip *strip,
            SemRgba color,
            SemFontRole role,
            cairo_t *cr)
{
  double size = get_label_size (self, strip);

  sem_text_draw (self->text, cr, role, size, strip->label, self->label_width,
                 strip->y + strip->height / 2.0 + size * 0.36, 1.0, color);
}

/* In a file without pixels every cell is a rectangle: readers smooth small images, and a strip must
 * stay a list of cells.  Each reaches under the next one, so that no background shines between
 * them. */
static void
draw_cells (const SemVectorsLayout *self, const SemStrip *strip, cairo_t *cr)
{
  for (gsize cell = 0; cell < self->n_cells; cell++)
    {
      double overlap = cell + 1 < self->n_cells ? MIN (self->cell_width * 0.5, 0.4) : 0.0;

      cairo_rectangle (cr, self->strip_x + self->cell_width * (double)cell, strip->y,
                       self->cell_width + overlap, strip->height);
      sem_rgba_set_source (sem_theme_map_value (self->theme, self->map,
                                                strip->values[strip->shown[cell]], -self->limit,
                                                self->limit),
                           cr);
      sem_canvas_fill (cr);
    }
}

/* The right edges of the columns beside the norms, in sizes from norm_x. */
static const double statistics_right[SEM_N_VECTOR_STATISTICS] = { 94.0, 140.0, 236.0, 338.0 };

static void
draw_statistics (const SemVectorsLayout *self, cairo_t *cr)
{
  const char *const headings[SEM_N_VECTOR_STATISTICS]
      = { C_ ("of the numbers of a vector", "mean"), C_ ("standard deviation", "sd"),
          _ ("min (dimension)"), _ ("max (dimension)") };

  for (int k = 0; k < SEM_N_VECTOR_STATISTICS; k++)
    {
      double right = self->norm_x + statistics_right[k] * self->unit_size;

      draw_text (self, cr, SEM_FONT_SMALL, headings[k], right,
                 self->strips_top - 5.0 * self->unit_size, 1.0, self->theme->text_dim);
      for (gsize i = 0; i < self->strips->len; i++)
        {
          const SemStrip *strip = &g_array_index (self->strips, SemStrip, i);
          double size = MIN (get_label_size (self, strip),
                             sem_text_context_get_size (self->text, SEM_FONT_SMALL));

          sem_text_draw (self->text, cr, SEM_FONT_SMALL, size, strip->statistics[k], right,
                         strip->y + strip->height / 2.0 + size * 0.36, 1.0, self->theme->text_dim);
        }
    }
}

static void
draw_strips (const SemVectorsLayout *self, cairo_t *cr)
{
  double width = self->cell_width * (double)self->n_cells;

  for (gsize i = 0; i < self->strips->len; i++)
    {
      const SemStrip *strip = &g_array_index (self->strips, SemStrip, i);
      double size = MIN (get_label_size (self, strip),
                         sem_text_context_get_size (self->text, SEM_FONT_SMALL));

      if (sem_canvas_is_vector (cr))
        draw_cells (self, strip, cr);
      else
        sem_canvas_image (cr, strip->image, self->strip_x, strip->y, width, strip->height, FALSE);
      draw_label (self, strip, self->theme->text, SEM_FONT_BODY, cr);
      sem_text_draw (self->text, cr, SEM_FONT_SMALL, size, strip->norm,
                     self->norm_x + 38.0 * self->unit_size,
                     strip->y + strip->height / 2.0 + size * 0.36, 1.0, self->theme->text_dim);
    }
}

/* Under the strips: the places counted, or for sorted dimensions only their number. */
static void
draw_axis (const SemVectorsLayout *self, cairo_t *cr)
{
  static const gsize steps[]
      = { 1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000 };
  double size = self->unit_size, baseline = self->strips_bottom + 12.0 * size;
  double per_dimension = self->cell_width / (double)self->per_cell;
  gsize step = steps[G_N_ELEMENTS (steps) - 1];

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if ((double)steps[i] * per_dimension >= 44.0 * size)
      {
        step = steps[i];
        break;
      }
  cairo_set_line_width (cr, self->theme->hairline);
  for (gsize place = 0; place < self->dim; place += step)
    {
      double x = self->strip_x + ((double)(place / self->per_cell) + 0.5) * self->cell_width;
      g_autofree char *number = g_strdup_printf ("%lu", (gulong)self->order[place]);

      sem_rgba_set_source (self->theme->axis, cr);
      cairo_move_to (cr, sem_canvas_snap (x, self->scale), self->strips_bottom - 2.0 * size);
      cairo_rel_line_to (cr, 0.0, 4.0 * size);
      sem_canvas_stroke (cr);
      draw_text (self, cr, SEM_FONT_SMALL, number, x, baseline + 2.0 * size, 0.5,
                 self->theme->text_dim);
    }
  draw_text (self, cr, SEM_FONT_SMALL, _ ("dimension"), self->label_width, baseline + 2.0 * size,
             1.0, self->theme->text_dim);
  if (self->more != NULL)
    draw_text (self, cr, SEM_FONT_SMALL, self->more, self->strip_x, baseline + 18.0 * size, 0.0,
               self->theme->text_dim);
}

static const SemStrip *
find_list_strip (const SemVectorsLayout *self, const SemNumberList *list)
{
  for (gsize i = 0; i < self->strips->len; i++)
    if (g_array_index (self->strips, SemStrip, i).unit == list->unit
        && g_array_index (self->strips, SemStrip, i).other == SEM_NO_ITEM)
      return &g_array_index (self->strips, SemStrip, i);
  return NULL;
}

static void
draw_number (const SemVectorsLayout *self,
             const SemBox *box,
             gsize dimension,
             double value,
             SemRgba color,
             cairo_t *cr)
{
  double size = self->unit_size, baseline = box->y + 11.0 * size,
         right = box->x + box->width - 4.0 * size;
  g_autofree char *index = g_strdup_printf ("%lu", (gulong)dimension);
  g_autofree char *number = sem_text_dup_number (value, fabs (value) < 100.0 ? 4 : 2);

  draw_text (self, cr, SEM_FONT_MONO_SMALL, index, box->x + 25.0 * size, baseline, 1.0,
             self->theme->text_faint);
  draw_text (self, cr, SEM_FONT_MONO_SMALL, number, right, baseline, 1.0, color);
}

static void
draw_list (const SemVectorsLayout *self, const SemNumberList *list, cairo_t *cr)
{
  const SemStrip *strip = find_list_strip (self, list);
  double size = self->unit_size;

  if (strip == NULL)
    return;
  draw_text (self, cr, SEM_FONT_BODY_BOLD, list->heading, 0.0, list->top + 14.0 * size, 0.0,
             self->theme->text);
  for (gsize place = 0; place < list->n_shown; place++)
    {
      SemBox box = sem_vectors_number_box (self, list, place);
      double value = strip->values[self->order[place]];
      SemRgba fill = sem_theme_map_value (self->theme, self->map, value, -self->limit, self->limit);

      /* The strip's colour again, behind the number that it stands for. */
      cairo_rectangle (cr, box.x + 28.0 * size, box.y + 0.5 * size, box.width - 28.0 * size,
                       box.height - size);
      sem_rgba_set_source (fill, cr);
      sem_canvas_fill (cr);
      draw_number (self, &box, self->order[place], value, sem_theme_text_on (self->theme, fill),
                   cr);
    }
  if (list->n_shown < self->dim)
    {
      SemBox box = sem_vectors_number_box (self, list, list->n_shown);
      g_autofree char *rest
          = g_strdup_printf (_ ("… %lu more"), (gulong)(self->dim - list->n_shown));

      draw_text (self, cr, SEM_FONT_SMALL, rest, box.x + 8.0 * size, box.y + 11.0 * size, 0.0,
                 self->theme->text_dim);
    }
}

void
sem_vectors_draw (const SemLayout *layout, cairo_t *cr)
{
  const SemVectorsLayout *self = (const SemVectorsLayout *)layout;
  double size = self->unit_size, left;
  g_autofree char *caption = NULL;

  if (self->note != NULL)
    {
      sem_layout_draw_message (layout, self->text, self->theme, self->note, cr);
      return;
    }
  left = draw_scale_bar (self, cr);
  caption = sem_text_dup_elided (self->text, SEM_FONT_SMALL, 0.0, self->caption,
                                 MAX (left - 12.0 * size, 0.0));
  draw_text (self, cr, SEM_FONT_SMALL, caption, 0.0, 15.0 * size, 0.0, self->theme->text_dim);
  draw_text (self, cr, SEM_FONT_SMALL, _ ("norm"), self->norm_x + 38.0 * size,
             self->strips_top - 5.0 * size, 1.0, self->theme->text_dim);
  draw_strips (self, cr);
  if (self->has_statistics)
    draw_statistics (self, cr);
  draw_axis (self, cr);
  for (gsize i = 0; i < self->lists->len; i++)
    draw_list (self, &g_array_index (self->lists, SemNumberList, i), cr);
}

/* One column through all strips, framed; every strip's number there in the place of its norm. */
static void
draw_reading (const SemVectorsLayout *self, gsize dimension, cairo_t *cr)
{
  double size = self->unit_size,
         x = self->strip_x + self->cell_width * (double)sem_vectors_cell_of (self, dimension);
  double line = 1.5 * MAX (size, 1.0), width = MAX (self->cell_width, 2.0);
  g_autofree char *title = g_strdup_printf ("%s %lu", _ ("dimension"), (gulong)dimension);
  SemTextSize extents;

  cairo_rectangle (cr, x - line / 2.0, self->strips_top - 2.0, width + line,
                   self->strips_bottom - self->strips_top + 2.0);
  sem_rgba_set_source (self->theme->accent, cr);
  cairo_set_line_width (cr, line);
  sem_canvas_stroke (cr);
  sem_text_measure (self->text, SEM_FONT_SMALL, 0.0, title, &extents);
  x = CLAMP (x + width / 2.0 - extents.width / 2.0, self->strip_x, self->norm_x - extents.width);
  sem_text_draw_halo (self->text, cr, SEM_FONT_SMALL, 0.0, title, x, self->strips_top - 5.0 * size,
                      0.0, self->theme->accent, self->theme->surface, 3.0 * size);
  for (gsize i = 0; i < self->strips->len; i++)
    {
      const SemStrip *strip = &g_array_index (self->strips, SemStrip, i);
      double text_size = MIN (get_label_size (self, strip),
                              sem_text_context_get_size (self->text, SEM_FONT_SMALL));
      g_autofree char *number = sem_text_dup_number (strip->values[dimension], 3);

      cairo_rectangle (cr, self->norm_x - 4.0 * size, strip->y - 1.0, 60.0 * size,
                       strip->height + 2.0);
      sem_rgba_set_source (self->theme->surface, cr);
      sem_canvas_fill (cr);
      sem_text_draw (self->text, cr, SEM_FONT_SMALL, text_size, number, self->norm_x + 38.0 * size,
                     strip->y + strip->height / 2.0 + text_size * 0.36, 1.0, self->theme->accent);
    }
}

/* The same dimension in the lists. */
static void
mark_in_lists (const SemVectorsLayout *self, gsize dimension, cairo_t *cr)
{
  for (gsize i = 0; i < self->lists->len; i++)
    {
      const SemNumberList *list = &g_array_index (self->lists, SemNumberList, i);
      gsize place = self->place[dimension];
      SemBox box;

      if (place >= list->n_shown)
        continue;
      box = sem_vectors_number_box (self, list, place);
      sem_canvas_round_rectangle (cr, box.x, box.y + 0.5, box.width, box.height - 1.0, 3.0);
      sem_rgba_set_source (self->theme->accent, cr);
      cairo_set_line_width (cr, 1.25 * MAX (self->unit_size, 1.0));
      sem_canvas_stroke (cr);
    }
}

static void
mark_unit (const SemVectorsLayout *self, gsize unit, SemRgba color, cairo_t *cr)
{
  for (gsize i = 0; i < self->strips->len; i++)
    {
      const SemStrip *strip = &g_array_index (self->strips, SemStrip, i);

      if (strip->unit != unit || strip->other != SEM_NO_ITEM)
        continue;
      cairo_rectangle (cr, self->strip_x - 0.75, strip->y - 0.75,
                       self->cell_width * (double)self->n_cells + 1.5, strip->height + 1.5);
      sem_rgba_set_source (color, cr);
      cairo_set_line_width (cr, 1.5);
      sem_canvas_stroke (cr);
    }
}

void
sem_vectors_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr)
{
  const SemVectorsLayout *self = (const SemVectorsLayout *)layout;
  const SemItem *hover = &focus->hover;

  if (self->note != NULL)
    return;
  cairo_set_dash (cr, NULL, 0, 0.0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  if (hover->kind == SEM_ITEM_DIMENSION && hover->dimension < self->dim)
    {
      draw_reading (self, hover->dimension, cr);
      mark_in_lists (self, hover->dimension, cr);
    }
  else if (hover->kind != SEM_ITEM_NONE && hover->unit != SEM_NO_ITEM)
    {
      mark_unit (self, hover->unit, self->theme->hover, cr);
      if (hover->kind == SEM_ITEM_PAIR)
        mark_unit (self, hover->other, self->theme->hover, cr);
    }
}
