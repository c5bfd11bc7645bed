/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vectors picture: which units, in what order of dimensions, on what scale, and where. */
#include "draw/vectors-private.h"

#include "core/analysis/vector-statistics.h"
#include "draw/canvas.h"
#include "draw/i18n.h"

#include <math.h>
#include <string.h>

#define CAPTION_HEIGHT 46.0
#define AXIS_HEIGHT 28.0
#define MIN_ROW 9.0
#define MAX_ROW 36.0
#define MIN_CELL 1.5 /* points; below that neighbours share a cell */
#define MAX_CELL 40.0
#define MAX_LABEL 150.0
#define NORM_WIDTH 58.0
#define STATISTICS_WIDTH 294.0
#define STATISTICS_FROM 900.0 /* width of the picture, in sizes */
#define GAP 10.0
#define MAX_LISTS 2
#define LIST_SHARE 0.36 /* of the height, at least, for the numbers */

static void
clear_strip (gpointer data)
{
  SemStrip *strip = data;

  g_free (strip->values);
  g_free (strip->shown);
  g_free (strip->label);
  g_free (strip->norm);
  for (int i = 0; i < SEM_N_VECTOR_STATISTICS; i++)
    g_free (strip->statistics[i]);
  g_clear_pointer (&strip->image, cairo_surface_destroy);
}

static void
clear_list (gpointer data)
{
  g_free (((SemNumberList *)data)->heading);
}

static void
free_vectors (SemLayout *layout)
{
  SemVectorsLayout *self = (SemVectorsLayout *)layout;

  g_array_unref (self->strips);
  g_array_unref (self->lists);
  g_free (self->order);
  g_free (self->place);
  g_free (self->caption);
  g_free (self->note);
  g_free (self->more);
  sem_text_context_unref (self->text);
  sem_analysis_unref (self->analysis);
}

static const char *
get_label (const SemVectorsLayout *self, gsize unit)
{
  return sem_units_get (sem_analysis_get_units (self->analysis), unit)->label;
}

/* "−0.31 (12)": a number and the dimension it stands in. */
static char *
dup_extreme (double value, gsize dimension)
{
  g_autofree char *number = sem_text_dup_number (value, 3);

  return g_strdup_printf ("%s (%lu)", number, (gulong)dimension);
}

static void
add_statistics (const SemVectorsLayout *self, SemStrip *strip)
{
  SemVectorStatistics of;

  sem_vector_statistics (strip->values, self->dim, &of);
  strip->statistics[0] = sem_text_dup_number (of.mean, 4);
  strip->statistics[1] = sem_text_dup_number (of.sd, 3);
  strip->statistics[2] = dup_extreme (of.min, of.min_at);
  strip->statistics[3] = dup_extreme (of.max, of.max_at);
}

static void
add_strip (SemVectorsLayout *self, gsize unit, gsize other)
{
  const SemMatrix *vectors = sem_analysis_get_vectors (self->analysis);
  const double *row = sem_matrix_get_row (vectors, unit);
  const double *minus = other != SEM_NO_ITEM ? sem_matrix_get_row (vectors, other) : NULL;
  SemStrip strip = { .unit = unit, .other = other, .values = g_new (double, self->dim) };
  double squares = 0.0;

  for (gsize i = 0; i < self->dim; i++)
    {
      strip.values[i] = row[i] - (minus != NULL ? minus[i] : 0.0);
      squares += strip.values[i] * strip.values[i];
    }
  strip.label = minus == NULL
                    ? g_strdup (get_label (self, unit))
                    : g_strdup_printf ("%s − %s", get_label (self, unit), get_label (self, other));
  strip.norm = sem_text_dup_number (sqrt (squares), 2);
  add_statistics (self, &strip);
  g_array_append_val (self->strips, strip);
}

/* The selected units, and the difference when there are two; all units when none is selected. */
static void
add_strips (SemVectorsLayout *self, const SemFocus *focus, gsize room)
{
  gsize n = sem_analysis_get_n (self->analysis);
  gsize n_selected = focus != NULL ? focus->n_selected : 0, wanted = 0;

  for (gsize i = 0; i < (n_selected > 0 ? n_selected : n); i++)
    {
      gsize unit = n_selected > 0 ? focus->selected[i] : i;

      if (unit >= n)
        continue;
      wanted++;
      if (self->strips->len < room)
        add_strip (self, unit, SEM_NO_ITEM);
    }
  if (wanted == 2 && n_selected == 2 && self->strips->len == 2 && room > 2)
    add_strip (self, focus->selected[0], focus->selected[1]);
  if (wanted > self->strips->len)
    self->more
        = g_strdup_printf (NG_ ("and %lu more: select the ones to see",
                                "and %lu more: select the ones to see", wanted - self->strips->len),
                           (gulong)(wanted - self->strips->len));
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

/* The smallest of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that is not below value.
 */
static double
round_up (double value)
{
  static const double steps[] = { 1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0 };
  double power;

  if (!(value > 0.0) || !isfinite (value))
    return 1.0;
  power = pow (10.0, floor (log10 (value)));
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (value <= steps[i] * power * (1.0 + 1e-9))
      return steps[i] * power;
  return 10.0 * power;
}

/* One scale for all strips.  A few dimensions of some models are far larger than the rest: then the
 * scale ends above the 99th percentile and the caption says how far the largest goes.  Returns the
 * largest magnitude. */
static double
choose_limit (SemVectorsLayout *self)
{
  gsize n = self->dim * self->strips->len;
  g_autofree double *magnitudes = g_new (double, MAX (n, 1));
  double largest, usual;

  for (gsize i = 0; i < n; i++)
    magnitudes[i]
        = fabs (g_array_index (self->strips, SemStrip, i / self->dim).values[i % self->dim]);
  qsort (magnitudes, n, sizeof (double), compare_doubles);
  largest = n > 0 ? magnitudes[n - 1] : 0.0;
  usual = n > 0 ? magnitudes[(gsize)(0.99 * (double)(n - 1))] : 0.0;
  self->limit = round_up (largest > 2.5 * usual && usual > 0.0 ? usual * 1.2 : largest);
  return largest;
}

static void
order_dimensions (SemVectorsLayout *self, const SemViewOptions *options)
{
  gboolean by_share
      = options->vector_order == SEM_VECTOR_ORDER_CONTRIBUTION && self->strips->len >= 2;
  const SemStrip *a = &g_array_index (self->strips, SemStrip, 0);

  self->order = g_new (gsize, self->dim);
  self->place = g_new (gsize, self->dim);
  for (gsize i = 0; i < self->dim; i++)
    self->order[i] = i;
  if (by_share)
    {
      g_autofree SemContribution *top = g_new (SemContribution, self->dim);
      gsize n = sem_contributions (a->values, a[1].values, self->dim, top, self->dim);

      for (gsize i = 0; i < n && i < self->dim; i++)
        self->order[i] = top[i].dimension;
    }
  for (gsize i = 0; i < self->dim; i++)
    self->place[self->order[i]] = i;
}

static double
floor_to_pixel (double value, double scale)
{
  return scale > 0.0 ? floor (value * scale + 1e-6) / scale : value;
}

/* How many dimensions share a cell, and how wide it is.  On a screen a cell is a whole number of
 * device pixels, so that all are equal and none is lost; a share that would leave much of the room
 * empty by that is passed over for the next. */
static void
choose_cells (SemVectorsLayout *self, double room)
{
  double pixel = self->scale > 0.0 ? 1.0 / self->scale : 0.1;
  gsize most = (gsize)MAX (room / MAX (MIN_CELL * self->unit_size, pixel), 1.0);
  gsize first = (self->dim + most - 1) / most;

  for (self->per_cell = first;; self->per_cell++)
    {
      double width;

      self->n_cells = (self->dim + self->per_cell - 1) / self->per_cell;
      width = MIN (room / (double)self->n_cells, MAX_CELL * self->unit_size);
      self->cell_width = MAX (floor_to_pixel (width, self->scale), pixel);
      if (first == 1 || self->n_cells == 1 || self->cell_width * (double)self->n_cells >= room * 0.7
          || self->per_cell > first + 2)
        return;
    }
}

/* Across: labels, cells, norms.  Cells are whole device pixels wide, so that all are equal and none
 * is lost. */
static void
place_across (SemVectorsLayout *self)
{
  double size = self->unit_size, widest = 0.0;
  SemTextSize axis;

  sem_text_measure (self->text, SEM_FONT_SMALL, 0.0, _ ("dimension"), &axis);
  widest = axis.width;
  for (gsize i = 0; i < self->strips->len; i++)
    {
      SemTextSize extents;

      sem_text_measure (self->text, SEM_FONT_BODY, 0.0,
                        g_array_index (self->strips, SemStrip, i).label, &extents);
      widest = MAX (widest, extents.width);
    }
  self->label_width = MIN (ceil (widest), MIN (MAX_LABEL * size, self->base.width * 0.3));
  for (gsize i = 0; i < self->strips->len; i++)
    {
      SemStrip *strip = &g_array_index (self->strips, SemStrip, i);
      char *label
          = sem_text_dup_elided (self->text, SEM_FONT_BODY, 0.0, strip->label, self->label_width);

      g_free (strip->label);
      strip->label = label;
    }
  self->strip_x = floor_to_pixel (self->label_width + GAP * size, self->scale);
  self->has_statistics = self->base.width >= STATISTICS_FROM * size;
  choose_cells (
      self, MAX (self->base.width - self->strip_x
                     - (GAP + NORM_WIDTH + (self->has_statistics ? STATISTICS_WIDTH : 0.0)) * size,
                 1.0));
  self->norm_x = self->strip_x + self->cell_width * (double)self->n_cells + GAP * size;
}

/* The dimension of each cell, and the colours of the cells as an image one pixel high. */
static void
fill_cells (SemVectorsLayout *self, SemStrip *strip)
{
  g_autofree double *values = g_new (double, self->n_cells);

  strip->shown = g_new (gsize, self->n_cells);
  for (gsize cell = 0; cell < self->n_cells; cell++)
    {
      gsize from = cell * self->per_cell, to = MIN (from + self->per_cell, self->dim), best = from;

      for (gsize place = from + 1; place < to; place++)
        if (fabs (strip->values[self->order[place]]) > fabs (strip->values[self->order[best]]))
          best = place;
      strip->shown[cell] = self->order[best];
      values[cell] = strip->values[self->order[best]];
    }
  strip->image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)self->n_cells, 1);
  if (cairo_surface_status (strip->image) != CAIRO_STATUS_SUCCESS)
    return;
  sem_theme_fill_pixels (self->theme, self->map, values, self->n_cells, -self->limit, self->limit,
                         (guint32 *)(void *)cairo_image_surface_get_data (strip->image));
  cairo_surface_mark_dirty (strip->image);
}

/* Returns the height it took, at most height. */
static double
add_list (SemVectorsLayout *self, const SemStrip *strip, double top, double height)
{
  double size = self->unit_size;
  SemNumberList list = { .unit = strip->unit, .top = top };
  gsize rows, room;

  list.n_columns = MAX ((gsize)(self->base.width / self->column_width), 1);
  rows = (gsize)MAX ((height - 24.0 * size) / self->row_height, 0.0);
  list.n_rows = MIN (rows, (self->dim + list.n_columns - 1) / list.n_columns);
  room = list.n_rows * list.n_columns;
  /* What finds no place is counted in the last one. */
  list.n_shown = room >= self->dim ? self->dim : MAX (room, 1) - 1;
  list.heading = sem_text_take_sentence (
      self->text,
      g_strdup_printf (NG_ ("%s is a list of %lu number", "%s is a list of %lu numbers", self->dim),
                       get_label (self, strip->unit), (gulong)self->dim));
  if (list.n_rows == 0 || list.n_shown == 0)
    {
      g_free (list.heading);
      return 0.0;
    }
  g_array_append_val (self->lists, list);
  return MIN (24.0 * size + self->row_height * (double)list.n_rows + 16.0 * size, height);
}

/* Down: caption, strips, axis, then the numbers in what is left. */
static void
place_down (SemVectorsLayout *self, gboolean has_selection)
{
  double size = self->unit_size, top = CAPTION_HEIGHT * size, n = (double)self->strips->len;
  double below = (AXIS_HEIGHT + (self->more != NULL ? 18.0 : 0.0)) * size, row, left;
  gsize n_lists = MIN (has_selection ? self->strips->len : 1, MAX_LISTS);
  SemTextSize extents;

  row = (self->base.height * (1.0 - LIST_SHARE) - top - below) / n;
  row = floor_to_pixel (CLAMP (row, MIN_ROW * size, MAX_ROW * size), self->scale);
  for (gsize i = 0; i < self->strips->len; i++)
    {
      SemStrip *strip = &g_array_index (self->strips, SemStrip, i);

      strip->y = floor_to_pixel (top, self->scale) + row * (double)i;
      strip->height = row > 14.0 * size ? floor_to_pixel (row - 4.0 * size, self->scale)
                                        : MAX (row - 1.0, row * 0.8);
    }
  self->strips_top = floor_to_pixel (top, self->scale);
  self->strips_bottom = self->strips_top + row * n;
  left = self->strips_bottom + below;
  sem_text_measure (self->text, SEM_FONT_MONO_SMALL, 0.0, "0000 −0.0000", &extents);
  self->column_width = extents.width + 14.0 * size;
  self->row_height = 15.0 * size;
  for (gsize i = 0; i < n_lists; i++)
    {
      const SemStrip *strip = &g_array_index (self->strips, SemStrip, i);
      double room = (self->base.height - left) / (double)(n_lists - i);

      if (strip->other != SEM_NO_ITEM)
        continue;
      left += add_list (self, strip, left, room);
    }
}

static char *
make_caption (const SemVectorsLayout *self, const SemViewOptions *options, double largest)
{
  GString *out = g_string_new (NULL);

  g_string_printf (out, NG_ ("%lu dimension", "%lu dimensions", self->dim), (gulong)self->dim);
  if (options->vector_order == SEM_VECTOR_ORDER_CONTRIBUTION && self->strips->len >= 2)
    g_string_append_printf (out, " · %s", _ ("largest share of the dot product first"));
  if (self->per_cell > 1)
    {
      g_string_append (out, " · ");
      g_string_append_printf (out, _ ("each cell is the largest of %lu numbers"),
                              (gulong)self->per_cell);
    }
  if (largest > self->limit * (1.0 + 1e-9))
    {
      g_autofree char *number = sem_text_dup_number (largest, 2);

      g_string_append (out, " · ");
      g_string_append_printf (out, _ ("largest magnitude %s"), number);
    }
  return g_string_free (out, FALSE);
}

SemBox
sem_vectors_number_box (const SemVectorsLayout *self, const SemNumberList *list, gsize place)
{
  double column = (double)(place / list->n_rows), row = (double)(place % list->n_rows);

  return (SemBox){ column * self->column_width,
                   list->top + 24.0 * self->unit_size + row * self->row_height,
                   self->column_width - 6.0 * self->unit_size, self->row_height };
}

static SemBox
get_cell_box (const SemVectorsLayout *self, const SemStrip *strip, gsize cell)
{
  return (SemBox){ self->strip_x + self->cell_width * (double)cell, strip->y, self->cell_width,
                   strip->height };
}

static SemBox
get_label_box (const SemVectorsLayout *self, const SemStrip *strip)
{
  return (SemBox){ 0.0, strip->y, MAX (self->label_width, 1.0), strip->height };
}

static void
set_dimension (const SemStrip *strip, gsize dimension, SemItem *item)
{
  *item = (SemItem)SEM_ITEM_INIT;
  item->kind = SEM_ITEM_DIMENSION;
  item->unit = strip->unit;
  item->other = strip->other;
  item->dimension = dimension;
}

static void
pick_number (const SemVectorsLayout *self, double x, double y, SemItem *item)
{
  for (gsize i = 0; i < self->lists->len; i++)
    {
      const SemNumberList *list = &g_array_index (self->lists, SemNumberList, i);
      double top = list->top + 24.0 * self->unit_size;
      gsize column = (gsize)MAX (x / self->column_width, 0.0), row, place;

      if (x < 0.0 || y < top || y >= top + self->row_height * (double)list->n_rows)
        continue;
      row = MIN ((gsize)((y - top) / self->row_height), list->n_rows - 1);
      place = column * list->n_rows + row;
      if (column < list->n_columns && place < list->n_shown)
        {
          SemBox box = sem_vectors_number_box (self, list, place);

          *item = (SemItem)SEM_ITEM_INIT;
          if (!sem_box_contains (&box, x, y))
            return;
          item->kind = SEM_ITEM_DIMENSION;
          item->unit = list->unit;
          item->dimension = self->order[place];
        }
      return;
    }
}

static void
pick_vectors (const SemLayout *layout, double x, double y, SemItem *item)
{
  const SemVectorsLayout *self = (const SemVectorsLayout *)layout;

  for (gsize i = 0; i < self->strips->len; i++)
    {
      const SemStrip *strip = &g_array_index (self->strips, SemStrip, i);
      SemBox label = get_label_box (self, strip);
      double along = (x - self->strip_x) / self->cell_width;

      if (y < strip->y || y >= strip->y + strip->height)
        continue;
      if (along >= 0.0 && along < (double)self->n_cells)
        set_dimension (strip, strip->shown[(gsize)along], item);
      else if (sem_box_contains (&label, x, y) && strip->other == SEM_NO_ITEM)
        {
          item->kind = SEM_ITEM_UNIT;
          item->unit = strip->unit;
        }
      return;
    }
  pick_number (self, x, y, item);
}

static const SemStrip *
find_strip (const SemVectorsLayout *self, const SemItem *item)
{
  for (gsize i = 0; i < self->strips->len; i++)
    {
      const SemStrip *strip = &g_array_index (self->strips, SemStrip, i);

      if (strip->unit == item->unit
          && (strip->other == item->other
              || (item->kind != SEM_ITEM_DIMENSION && strip->other == SEM_NO_ITEM)))
        return strip;
    }
  return NULL;
}

static gboolean
locate_vectors (const SemLayout *layout, const SemItem *item, SemBox *box)
{
  const SemVectorsLayout *self = (const SemVectorsLayout *)layout;
  const SemStrip *strip = item->unit != SEM_NO_ITEM ? find_strip (self, item) : NULL;

  if (strip == NULL || (item->kind == SEM_ITEM_DIMENSION && item->dimension >= self->dim))
    return FALSE;
  *box = item->kind == SEM_ITEM_DIMENSION
             ? get_cell_box (self, strip, sem_vectors_cell_of (self, item->dimension))
             : get_label_box (self, strip);
  return TRUE;
}

static void
step_vectors (const SemLayout *layout, const SemItem *from, int dx, int dy, SemItem *to)
{
  const SemVectorsLayout *self = (const SemVectorsLayout *)layout;
  const SemStrip *strips = (const SemStrip *)(void *)self->strips->data;
  const SemStrip *strip
      = from != NULL && from->kind != SEM_ITEM_NONE ? find_strip (self, from) : NULL;
  gsize cell = 0, index;

  if (self->strips->len == 0)
    return;
  if (strip == NULL)
    {
      set_dimension (&strips[0], strips[0].shown[0], to);
      return;
    }
  index = (gsize)(strip - strips);
  if (from->kind == SEM_ITEM_DIMENSION && from->dimension < self->dim)
    {
      cell = sem_vectors_cell_of (self, from->dimension);
      if (dx > 0)
        cell = MIN (cell + 1, self->n_cells - 1);
      else if (dx < 0 && cell > 0)
        cell--;
    }
  if (dy > 0)
    index = MIN (index + 1, self->strips->len - 1);
  else if (dy < 0 && index > 0)
    index--;
  set_dimension (&strips[index], strips[index].shown[cell], to);
}

static const SemLayoutClass vectors_class = {
  .id = "vectors",
  .free = free_vectors,
  .draw = sem_vectors_draw,
  .draw_overlay = sem_vectors_draw_overlay,
  .pick = pick_vectors,
  .locate = locate_vectors,
  .step = step_vectors,
};

SemLayout *
sem_vectors_layout_new (const SemLayoutInput *input, const SemFocus *focus)
{
  SemVectorsLayout *self = g_new0 (SemVectorsLayout, 1);
  gboolean has_selection = focus != NULL && focus->n_selected > 0;
  double size = sem_text_context_get_scale (input->text), room, largest;

  sem_layout_init (&self->base, &vectors_class, input);
  self->analysis = sem_analysis_ref (input->analysis);
  self->theme = input->theme;
  self->text = sem_text_context_ref (input->text);
  self->unit_size = size;
  self->scale = input->scale;
  self->strips = g_array_new (FALSE, FALSE, sizeof (SemStrip));
  g_array_set_clear_func (self->strips, clear_strip);
  self->lists = g_array_new (FALSE, FALSE, sizeof (SemNumberList));
  g_array_set_clear_func (self->lists, clear_list);
  self->map
      = input->options->color_map != NULL ? sem_color_map_get (input->options->color_map) : NULL;
  if (self->map == NULL || !sem_color_map_is_diverging (self->map))
    self->map = sem_color_map_get (NULL);
  if (!sem_analysis_has_vectors (self->analysis) || sem_analysis_get_n (self->analysis) == 0)
    {
      const char *why = sem_model_get_why_no_vectors (sem_analysis_get_model (self->analysis));

      self->note = g_strdup (sem_analysis_has_vectors (self->analysis) || why == NULL
                                 ? _ ("No vectors yet: type a sentence.")
                                 : why);
      return &self->base;
    }
  self->dim = sem_matrix_get_n_cols (sem_analysis_get_vectors (self->analysis));
  room = self->base.height * (1.0 - LIST_SHARE) - (CAPTION_HEIGHT + AXIS_HEIGHT + 18.0) * size;
  add_strips (self, focus, (gsize)MAX (room / (MIN_ROW * size), 1.0));
  if (self->strips->len == 0 || self->dim == 0)
    {
      self->note = g_strdup (_ ("No vectors yet: type a sentence."));
      return &self->base;
    }
  order_dimensions (self, input->options);
  largest = choose_limit (self);
  place_across (self);
  self->caption = make_caption (self, input->options, largest);
  place_down (self, has_selection);
  for (gsize i = 0; i < self->strips->len; i++)
    fill_cells (self, &g_array_index (self->strips, SemStrip, i));
  return &self->base;
}
