/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where everything of a heatmap goes.  Cells are square and as large as the free space lets them
 * be; labels take what they need up to a share of the picture and are elided beyond it.  The window
 * onto the cells depends on the unzoomed picture alone, so that nothing around it moves while
 * zooming. */
#include "draw/heatmap-private.h"

#include "draw/canvas.h"
#include "draw/plot.h"

#include <math.h>

#define MAX_CELL 96.0 /* of an unzoomed picture of few units */
#define MAX_ZOOMED_CELL 120.0
#define PADDING 4.0
#define BAR_GAP 10.0
#define BAR_BOTTOM 8.0 /* for the lowest number and the pairs below the range */
#define MIN_WIDTH_FOR_BAR 240.0
#define MAX_LABEL 12.5 /* font sizes, at a text scale of 1 */
#define MIN_LABEL 8.0
#define MIN_NUMBER 8.0
#define MAX_NUMBER 12.0
#define ROTATED_DEG 60.0
#define LINE 1.06 /* height of a line of Latin labels in sizes, their ink alone */
#define LATIN_HEIGHT                                                                               \
  1.4 /* height of such a line as fonts give it; other scripts have taller ones */

typedef struct
{
  double label_size, angle_deg, left, top, right, cell;
  gsize stride;
} Fit;

static double
get_text_scale (const SemHeatmap *self)
{
  return sem_text_context_get_scale (self->text);
}

/* Size, angle and thinning of the labels of cells of this side. */
static void
fit_labels (const SemHeatmap *self, double cell, Fit *fit)
{
  const double scale = get_text_scale (self);
  const double line = LINE * MAX (1.0, self->data->line_height / LATIN_HEIGHT);

  fit->label_size = CLAMP (cell * 0.68, MIN_LABEL * scale, MAX_LABEL * scale);
  fit->stride = 1;
  while ((double)fit->stride * cell < fit->label_size * line && fit->stride < G_MAXUINT32)
    fit->stride = fit->stride < 4 ? fit->stride + 1 : fit->stride * 5 / 4 + 1;
  fit->angle_deg
      = fit->stride == 1 && cell * sin (ROTATED_DEG * G_PI / 180.0) >= fit->label_size * line
            ? ROTATED_DEG
            : 90.0;
}

static double
measure_bar (const SemHeatmap *self)
{
  return self->has_bar ? sem_colorbar_measure (self->text) + BAR_GAP : 0.0;
}

/* The largest cells whose labels still have their room: sizes and room depend on one another, a few
 * rounds settle it. */
static void
fit_unzoomed (const SemHeatmap *self, const SemLayoutInput *input, Fit *fit)
{
  const SemHeatmapData *data = self->data;
  const double width = MAX (input->width - 2.0 * PADDING, 1.0);
  const double height = MAX (input->height - 2.0 * PADDING, 1.0);
  const double max_row = width * 0.28, max_col = height * 0.28;
  const double bottom = self->has_bar ? BAR_BOTTOM : 0.0;

  fit->cell = MIN (width / (double)data->n_cols, height / (double)data->n_rows) * 0.8;
  for (guint round = 0; round < 4; round++)
    {
      double steepness, reserve;

      fit_labels (self, fit->cell, fit);
      reserve = MAX (fit->label_size, 10.0 * get_text_scale (self)) / SEM_HEATMAP_MEASURE_SIZE;
      steepness = sin (fit->angle_deg * G_PI / 180.0);
      fit->left = MIN (data->widest_row * reserve, max_row) + SEM_HEATMAP_LABEL_GAP;
      fit->top = MIN (data->widest_col * reserve * steepness, max_col) + SEM_HEATMAP_LABEL_GAP;
      if (fit->angle_deg < 90.0)
        fit->top += fit->label_size * 0.5;
      fit->right = measure_bar (self) + self->tree_width;
      fit->cell = MIN ((width - fit->left - fit->right) / (double)data->n_cols,
                       (height - fit->top - bottom) / (double)data->n_rows);
      fit->cell = CLAMP (fit->cell, 1e-3, MAX_CELL);
    }
  if (self->scale > 0.0 && fit->cell * self->scale >= 3.0)
    fit->cell = floor (fit->cell * self->scale) / self->scale;
  fit_labels (self, fit->cell, fit);
}

static double
round_to_pixel (const SemHeatmap *self, double position)
{
  return self->scale > 0.0 ? floor (position * self->scale + 0.5) / self->scale : position;
}

double
sem_heatmap_get_col_x (const SemHeatmap *self, gsize place)
{
  return round_to_pixel (self, self->content_x + (double)place * self->cell);
}

double
sem_heatmap_get_row_y (const SemHeatmap *self, gsize place)
{
  return round_to_pixel (self, self->content_y + (double)place * self->cell);
}

/* Places that show between two positions of the content. */
static void
find_range (double from, double to, double cell, gsize n, gsize *first, gsize *end)
{
  *first = (gsize)CLAMP (floor (from / cell - 1.0), 0.0, (double)(n - 1));
  *end = (gsize)CLAMP (ceil (to / cell + 1.0), 1.0, (double)n);
}

static void
apply_viewport (SemHeatmap *self, const SemViewport *view, const Fit *fit)
{
  const double width = fit->cell * (double)self->data->n_cols;
  const double height = fit->cell * (double)self->data->n_rows;
  double x, y, side;

  sem_plot_get_window (view, MAX_ZOOMED_CELL / fit->cell, &x, &y, &side);
  self->cell = fit->cell / side;
  self->content_x = self->plot.x - x * width / side;
  self->content_y = self->plot.y - y * height / side;
  find_range (self->plot.x - self->content_x, self->plot.x + self->plot.width - self->content_x,
              self->cell, self->data->n_cols, &self->first_col, &self->end_col);
  find_range (self->plot.y - self->content_y, self->plot.y + self->plot.height - self->content_y,
              self->cell, self->data->n_rows, &self->first_row, &self->end_row);
  while (self->first_col + 1 < self->end_col
         && sem_heatmap_get_col_x (self, self->first_col + 1) <= self->plot.x)
    self->first_col++;
  while (self->first_row + 1 < self->end_row
         && sem_heatmap_get_row_y (self, self->first_row + 1) <= self->plot.y)
    self->first_row++;
  while (self->end_col > self->first_col + 1
         && sem_heatmap_get_col_x (self, self->end_col - 1) >= self->plot.x + self->plot.width)
    self->end_col--;
  while (self->end_row > self->first_row + 1
         && sem_heatmap_get_row_y (self, self->end_row - 1) >= self->plot.y + self->plot.height)
    self->end_row--;
}

/* Width of the widest number of the data when written with so many decimals. */
static double
measure_numbers (const SemHeatmap *self, double size, guint decimals)
{
  const double extremes[] = { self->data->statistics.min, self->data->statistics.max, 0.88, -0.88 };
  const gsize n = self->data->metric == SEM_METRIC_COSINE ? 4 : 2;
  double widest = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      SemTextSize extents;
      char text[32];

      sem_format_value (extremes[i], decimals, SEM_NARROW_MINUS, text, sizeof text);
      sem_text_measure (self->text, SEM_FONT_SMALL, size, text, &extents);
      widest = MAX (widest, extents.width);
    }
  return widest;
}

/* Two decimals in roomy cells, one in others, none where they would be smaller than 8 points. */
static void
fit_numbers (SemHeatmap *self)
{
  const double scale = get_text_scale (self);
  const double inner = self->cell - self->gap;

  self->number_size = 0.0;
  for (guint decimals = 2; decimals >= 1; decimals--)
    {
      double size = CLAMP (self->cell * (decimals == 2 ? 0.34 : 0.45), MIN_NUMBER * scale,
                           MAX_NUMBER * scale);

      if (decimals == 2 && self->cell * 0.34 < MIN_NUMBER * scale)
        continue;
      if (size * 1.3 <= inner && measure_numbers (self, size, decimals) <= inner - 2.0)
        {
          self->number_size = size;
          self->decimals = decimals;
          return;
        }
    }
}

static void
add_row_labels (SemHeatmap *self)
{
  for (gsize place = self->first_row; place < self->end_row; place++)
    {
      const gsize unit = self->data->row_order[place];
      const double y
          = (sem_heatmap_get_row_y (self, place) + sem_heatmap_get_row_y (self, place + 1)) / 2.0;
      SemHeatmapLabel label = { unit, self->plot.x - SEM_HEATMAP_LABEL_GAP, y, NULL };

      if (place % self->stride != 0 || y < self->plot.y || y > self->plot.y + self->plot.height)
        continue;
      label.text = sem_text_dup_elided (self->text, SEM_FONT_BODY_BOLD, self->label_size,
                                        self->data->row_names[unit], self->row_room);
      g_array_append_val (self->row_labels, label);
    }
}

static void
add_col_labels (SemHeatmap *self)
{
  const double angle = self->angle_deg * G_PI / 180.0;

  for (gsize place = self->first_col; place < self->end_col; place++)
    {
      const gsize unit = self->data->col_order[place];
      const double x
          = (sem_heatmap_get_col_x (self, place) + sem_heatmap_get_col_x (self, place + 1)) / 2.0;
      SemHeatmapLabel label = { unit, x, self->plot.y - SEM_HEATMAP_LABEL_GAP, NULL };
      double room = self->col_room;

      if (place % self->stride != 0 || x < self->plot.x || x > self->plot.x + self->plot.width)
        continue;
      if (self->angle_deg < 90.0)
        room = MIN (room, (self->base.width - 2.0 - x) / cos (angle));
      label.text = sem_text_dup_elided (self->text, SEM_FONT_BODY_BOLD, self->label_size,
                                        self->data->col_names[unit], room);
      g_array_append_val (self->col_labels, label);
    }
}

static void
add_bar (SemHeatmap *self, const SemLayoutInput *input)
{
  const double height
      = MAX (self->plot.height, MIN (120.0, self->base.height - self->plot.y - PADDING));
  const SemHistogram *histogram = sem_heatmap_data_get_histogram (
      self->data, self->values.min, self->values.max, (gsize)CLAMP (height / 9.0, 12.0, 48.0));

  sem_colorbar_init (&self->bar, input, self->map, &self->values, histogram,
                     self->plot.x + self->plot.width + self->tree_width + BAR_GAP, self->plot.y,
                     height);
}

void
sem_heatmap_arrange (SemHeatmap *self, const SemLayoutInput *input)
{
  Fit fit = { 0 }, zoomed = { 0 };
  double used_width, used_height;

  self->has_bar = input->width >= MIN_WIDTH_FOR_BAR;
  self->tree_width = self->data->merges ? CLAMP (input->width * 0.08, 20.0, 56.0) : 0.0;
  fit_unzoomed (self, input, &fit);
  self->plot.width = fit.cell * (double)self->data->n_cols;
  self->plot.height = fit.cell * (double)self->data->n_rows;
  used_width = fit.left + self->plot.width + fit.right;
  used_height = fit.top + self->plot.height;
  self->plot.x = round_to_pixel (self, MAX ((input->width - used_width) / 2.0, PADDING) + fit.left);
  self->plot.y
      = round_to_pixel (self, MAX ((input->height - used_height) / 2.0, PADDING) + fit.top);
  self->base.plot = self->plot;
  apply_viewport (self, &input->options->heatmap_view, &fit);
  fit_labels (self, self->cell, &zoomed);
  self->label_size = MIN (zoomed.label_size, MAX (fit.label_size, 10.0 * get_text_scale (self)));
  self->angle_deg = zoomed.angle_deg;
  self->stride = zoomed.stride;
  self->row_room = MAX (fit.left - SEM_HEATMAP_LABEL_GAP, 1.0) + 0.01;
  self->col_room
      = MAX (fit.top - SEM_HEATMAP_LABEL_GAP, 1.0) / sin (self->angle_deg * G_PI / 180.0) + 0.01;
  if (self->angle_deg < 90.0)
    self->col_room -= self->label_size * 0.5;
  self->gap = self->cell >= 12.0 ? 1.0 : (self->cell >= 7.0 ? 0.5 : 0.0);
  self->corner = self->cell >= 12.0 ? 1.5 : 0.0;
  if (self->scale > 0.0 && self->gap > 0.0)
    self->gap = MAX (floor (self->gap * self->scale + 0.5), 1.0) / self->scale;
  fit_numbers (self);
  self->tree_x = self->plot.x + self->plot.width;
  add_row_labels (self);
  add_col_labels (self);
  if (self->has_bar)
    add_bar (self, input);
}
