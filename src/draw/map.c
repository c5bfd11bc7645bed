/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map of units in two components: its class, its base picture and its constructors. */
#include "draw/map-private.h"

#include "draw/canvas.h"
#include "draw/i18n.h"
#include "draw/plot.h"

#include <math.h>

static void
map_free (SemLayout *layout)
{
  SemMap *self = (SemMap *)layout;

  g_clear_pointer (&self->marks, sem_map_marks_unref);
  g_clear_pointer (&self->dots, sem_dots_unref);
  sem_map_data_unref (self->data);
  sem_text_context_unref (self->text);
}

gboolean
sem_map_is_dim (const SemMap *self, gsize unit)
{
  return (self->dim && self->data->is_function[unit]) || self->data->is_zero[unit];
}

SemRgba
sem_map_get_color (const SemMap *self, gsize unit)
{
  SemRgba color;
  double x, y;

  switch (self->color_by)
    {
    case SEM_COLOR_BY_COSINE:
      color = self->theme->text_faint;
      if (self->data->similarity && self->reference < self->data->n)
        color = sem_theme_map_value (self->theme, self->map,
                                     sem_matrix_get (self->data->similarity, self->reference, unit),
                                     -1.0, 1.0);
      break;
    case SEM_COLOR_BY_SENTENCE:
    case SEM_COLOR_BY_UNIT:
    default:
      color = sem_map_data_get_colors (self->data, self->theme, self->color_by)[unit];
    }
  if (self->has_depth && self->marks)
    {
      const SemMapPoint *point = sem_map_get_point (self, unit, &x, &y);

      if (point)
        color = sem_rgba_mix (self->theme->surface, color,
                              0.675 + 0.325 * CLAMP (point->depth, -1.0, 1.0));
    }
  if (self->kept)
    color = sem_rgba_mix (self->theme->surface, color, 0.2 + 0.8 * self->kept[unit]);
  return sem_map_is_dim (self, unit) ? sem_rgba_mix (self->theme->surface, color, 0.45) : color;
}

const SemMapPoint *
sem_map_get_point (const SemMap *self, gsize unit, double *x, double *y)
{
  const SemMapPoint *point;

  if (unit >= self->data->n || self->marks->point_of[unit] >= self->marks->points->len)
    return NULL;
  point = &g_array_index (self->marks->points, SemMapPoint, self->marks->point_of[unit]);
  *x = point->x + self->shift_x;
  *y = point->y + self->shift_y;
  return point;
}

gboolean
sem_map_get_label_box (const SemMap *self, gsize index, SemBox *box)
{
  const SemMapPoint *point = &g_array_index (self->marks->points, SemMapPoint, index);
  const SemLabelPlace *place = &self->marks->places[index];

  *box = (SemBox){ place->x + self->shift_x, place->y + self->shift_y, point->label_width,
                   point->label_height };
  return place->state != SEM_LABEL_HIDDEN;
}

gboolean
sem_map_is_in_view (const SemMap *self, double x, double y, double margin)
{
  return x > self->plot.x - margin && y > self->plot.y - margin
         && x < self->plot.x + self->plot.width + margin
         && y < self->plot.y + self->plot.height + margin;
}

static void
draw_axes (const SemMap *self, cairo_t *cr)
{
  const SemBox *plot = &self->plot;
  const double x = sem_canvas_snap (self->origin_x * self->zoom + self->shift_x, self->scale);
  const double y = sem_canvas_snap (self->origin_y * self->zoom + self->shift_y, self->scale);

  if (x >= plot->x && x <= plot->x + plot->width)
    {
      cairo_move_to (cr, x, plot->y);
      cairo_line_to (cr, x, plot->y + plot->height);
    }
  if (y >= plot->y && y <= plot->y + plot->height)
    {
      cairo_move_to (cr, plot->x, y);
      cairo_line_to (cr, plot->x + plot->width, y);
    }
  sem_rgba_set_source (self->theme->axis, cr);
  cairo_set_line_width (cr, self->scale > 0.0 ? self->theme->hairline : 0.5);
  sem_canvas_stroke (cr);
}

static void
draw_axis_titles (const SemMap *self, cairo_t *cr)
{
  const double size = sem_text_context_get_size (self->text, SEM_FONT_SMALL);
  g_autofree char *across = sem_map_dup_axis_title (self, 0),
                  *up = sem_map_dup_axis_title (self, 1);

  sem_text_draw (self->text, cr, SEM_FONT_SMALL, size, across, self->plot.x + self->plot.width,
                 self->base.height - 12.0, 1.0, self->theme->text_dim);
  cairo_save (cr);
  cairo_translate (cr, self->plot.x - 10.0, self->plot.y);
  cairo_rotate (cr, -G_PI / 2.0);
  sem_text_draw (self->text, cr, SEM_FONT_SMALL, size, up, 0.0, 0.0, 1.0, self->theme->text_dim);
  cairo_restore (cr);
}

static void
draw_leaders (const SemMap *self, cairo_t *cr)
{
  for (guint i = 0; i < self->marks->points->len; i++)
    {
      const SemLabelPlace *place = &self->marks->places[i];

      if (place->state != SEM_LABEL_LED)
        continue;
      cairo_move_to (cr, place->from_x + self->shift_x, place->from_y + self->shift_y);
      cairo_line_to (cr, place->to_x + self->shift_x, place->to_y + self->shift_y);
    }
  sem_rgba_set_source (sem_rgba_mix (self->theme->surface, self->theme->text, 0.4), cr);
  cairo_set_line_width (cr, 0.75);
  sem_canvas_stroke (cr);
}

/* Labels keep clear of one another and of the points.  Only over an axis do they need a patch,
 * which costs a hundredth of a halo. */
void
sem_map_draw_patch (const SemMap *self, const SemBox *box, cairo_t *cr)
{
  const double x = self->origin_x * self->zoom + self->shift_x,
               y = self->origin_y * self->zoom + self->shift_y;

  if (!self->has_depth && !(x > box->x - 2.0 && x < box->x + box->width + 2.0)
      && !(y > box->y && y < box->y + box->height))
    return;
  sem_rgba_set_source (self->theme->surface, cr);
  cairo_rectangle (cr, box->x - 1.0, box->y + box->height * 0.1, box->width + 2.0,
                   box->height * 0.8);
  sem_canvas_fill (cr);
}

static void
draw_label (const SemMap *self, guint index, const SemBox *box, cairo_t *cr)
{
  const SemMapPoint *point = &g_array_index (self->marks->points, SemMapPoint, index);
  const SemRgba color
      = sem_map_is_dim (self, point->unit) ? self->theme->text_faint : self->theme->text;
  /* Room was kept for the bold form: the plain one stands next to its point, whichever side that
   * is. */
  const gboolean is_left = box->x + box->width / 2.0 < point->x + self->shift_x - point->radius;

  sem_map_draw_patch (self, box, cr);
  sem_text_draw (self->text, cr, SEM_FONT_BODY, self->label_size, point->label,
                 is_left ? box->x + box->width : box->x, box->y + point->label_ascent,
                 is_left ? 1.0 : 0.0, color);
}

static void
draw_labels (const SemMap *self, cairo_t *cr)
{
  for (guint i = 0; i < self->marks->points->len; i++)
    {
      SemBox box;

      if (sem_map_get_label_box (self, i, &box) && box.x <= self->plot.x + self->plot.width
          && box.x + box.width >= self->plot.x && box.y <= self->plot.y + self->plot.height
          && box.y + box.height >= self->plot.y)
        draw_label (self, i, &box, cr);
    }
}

static void
map_draw (const SemLayout *layout, cairo_t *cr)
{
  const SemMap *self = (const SemMap *)layout;

  if (self->data->message)
    {
      sem_plot_draw_message (self->text, self->theme, self->data->message, layout->width,
                             layout->height, cr);
      return;
    }
  if (!self->has_depth)
    draw_axis_titles (self, cr);
  sem_map_draw_footer (self, cr);
  sem_map_draw_legend (self, cr);
  cairo_save (cr);
  cairo_rectangle (cr, self->plot.x - 2.0, self->plot.y - 2.0, self->plot.width + 4.0,
                   self->plot.height + 4.0);
  cairo_clip (cr);
  if (self->has_depth)
    sem_map_draw_arms (self, cr);
  else
    draw_axes (self, cr);
  sem_map_draw_nearby (self, cr);
  draw_leaders (self, cr);
  sem_map_draw_points (self, cr);
  draw_labels (self, cr);
  cairo_restore (cr);
}

static const SemLayoutClass map_class = {
  .id = "map",
  .free = map_free,
  .draw = map_draw,
  .draw_overlay = sem_map_draw_overlay,
  .pick = sem_map_pick,
  .locate = sem_map_locate,
  .step = sem_map_step,
  .enclose = sem_map_enclose,
  .place = sem_map_place,
};

SemLayout *
sem_map_layout_new_for_data (const SemLayoutInput *input, SemMapData *data)
{
  SemMap *self = g_new0 (SemMap, 1);

  sem_layout_init (&self->base, &map_class, input);
  self->data = sem_map_data_ref (data);
  self->text = sem_text_context_ref (input->text);
  self->theme = input->theme;
  self->map = sem_color_map_get (input->options->color_map);
  self->scale = input->scale;
  self->component_x = data->axes ? 0 : input->options->component_x;
  self->component_y = data->axes ? 1 : input->options->component_y;
  self->color_by = input->options->color_by;
  self->reference = input->options->color_unit < data->n ? input->options->color_unit : 0;
  self->fade = input->options->fade_misplaced;
  self->dim = input->options->dim_function_words;
  sem_map_set_depth (self, input->options);
  if (self->fade && !self->has_depth)
    self->kept = sem_map_data_get_kept_by_unit (data, self->component_x, self->component_y);
  if (!data->message)
    sem_map_arrange (self, input);
  return &self->base;
}

SemLayout *
sem_map_layout_new (const SemLayoutInput *input)
{
  const SemMap *previous = (const SemMap *)input->previous;
  g_autoptr (SemMapData) data = NULL;

  if (previous && previous->base.klass != &map_class)
    previous = NULL;
  if (previous && sem_map_data_fits (previous->data, input))
    data = sem_map_data_ref (previous->data);
  else if (input->options->map_axes)
    data = sem_map_data_new_for_axes (input->analysis, input->options->map_axes);
  else
    data = sem_map_data_new (input->analysis);
  if (input->options->nearby_words && !data->message && !data->background)
    sem_map_data_take_nearby (data, previous ? previous->data : NULL, input->is_live);
  return sem_map_layout_new_for_data (input, data);
}
