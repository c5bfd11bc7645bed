/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of a heatmap on screen and in PNG: an own loop over the device pixels (512 x 512 cells:
 * 0.5 ms, as cairo rectangles 82 ms), numbers as stamps of which each different one is drawn once.
 * A pixel under which several cells lie has their mean. */
#include "draw/heatmap-private.h"

#include "core/analysis/vector-clones.h"
#include "draw/canvas.h"
#include "draw/pixels.h"

#include <math.h>
#include <string.h>

#define MIN_CELL_PX 2.0 /* below, a pixel may have several cells under it */
#define HATCH_PX 4

typedef struct
{
  guint32 *pixels;
  gsize stride; /* in pixels */
  gint width, height;
  gint *lefts, *rights; /* of the visible columns' cells, from first_col on */
} Image;

static gint
to_pixel (const SemHeatmap *self, double position, double origin)
{
  return (gint)floor ((position - origin) * self->scale + 0.5);
}

/* The pixels [from, to) of a cell, its gap taken off at the right and at the bottom. */
static void
get_span (const SemHeatmap *self, gboolean row, gsize place, gint limit, gint *from, gint *to)
{
  const double origin = row ? self->plot.y : self->plot.x;
  const double start
      = row ? sem_heatmap_get_row_y (self, place) : sem_heatmap_get_col_x (self, place);
  const double end
      = row ? sem_heatmap_get_row_y (self, place + 1) : sem_heatmap_get_col_x (self, place + 1);
  const gint gap = (gint)(self->gap * self->scale + 0.5);

  *from = CLAMP (to_pixel (self, start, origin), 0, limit);
  *to = CLAMP (to_pixel (self, end, origin) - gap, *from, limit);
}

static void
fill_row (const SemHeatmap *self,
          const SemHeatmapPalette *palette,
          const Image *image,
          gsize row,
          gint from,
          gint to)
{
  guint32 *first = image->pixels + (gsize)from * image->stride;

  for (gsize col = self->first_col; col < self->end_col; col++)
    {
      gint left, right;
      guint32 pixel;

      if (!sem_heatmap_is_shown (self, row, col))
        continue;
      left = image->lefts[col - self->first_col];
      right = image->rights[col - self->first_col];
      pixel = palette->pixels[sem_value_scale_get_shade (&self->values,
                                                         sem_heatmap_get_value (self, row, col))];
      for (gint x = left; x < right; x++)
        first[x] = pixel;
    }
  for (gint y = from + 1; y < to; y++)
    memcpy (image->pixels + (gsize)y * image->stride, first, (gsize)image->width * sizeof *first);
}

/* Cells of a vector of zeros have no direction, so no similarity: they are hatched. */
static void
hatch_row (const SemHeatmap *self,
           const SemHeatmapPalette *palette,
           const Image *image,
           gsize row,
           gint from,
           gint to)
{
  for (gsize col = self->first_col; col < self->end_col; col++)
    {
      gint left, right;

      if (!sem_heatmap_is_shown (self, row, col) || !sem_heatmap_is_zero_cell (self, row, col))
        continue;
      left = image->lefts[col - self->first_col];
      right = image->rights[col - self->first_col];
      for (gint y = from; y < to; y++)
        for (gint x = left; x < right; x++)
          image->pixels[(gsize)y * image->stride + (gsize)x]
              = (x + y) % HATCH_PX == 0 ? palette->hatch : palette->surface;
    }
}

/* Takes the corners off the cells of one row: coverage of a quarter circle, sampled 4 x 4. */
static void
round_row (const SemHeatmap *self,
           const SemHeatmapPalette *palette,
           const Image *image,
           gint from,
           gint to)
{
  const double radius = self->corner * self->scale;
  const gint n = (gint)ceil (radius);
  guint32 outside[16][16];

  if (n < 1 || n > 16 || to - from < 2 * n)
    return;
  for (gint y = 0; y < n; y++)
    for (gint x = 0; x < n; x++)
      {
        guint hits = 0;

        for (guint s = 0; s < 16; s++)
          hits += hypot (radius - x - (s % 4 + 0.5) / 4.0, radius - y - (s / 4 + 0.5) / 4.0)
                  > radius;
        outside[y][x] = hits * 255 / 16;
      }
  for (gsize col = self->first_col; col < self->end_col; col++)
    {
      gint left, right;

      left = image->lefts[col - self->first_col];
      right = image->rights[col - self->first_col];
      for (gint y = 0; y < n && right - left >= 2 * n; y++)
        for (gint x = 0; x < n; x++)
          if (outside[y][x] > 0)
            for (guint corner = 0; corner < 4; corner++)
              {
                gsize px = (gsize)(corner & 1 ? right - 1 - x : left + x);
                gsize py = (gsize)(corner & 2 ? to - 1 - y : from + y);
                guint32 *pixel = &image->pixels[py * image->stride + px];

                *pixel = sem_pixel_blend (*pixel, palette->surface, outside[y][x]);
              }
    }
}

/* Where the cells of every visible column lie: asked for in every row. */
static void
find_columns (const SemHeatmap *self, Image *image)
{
  const gsize n = self->end_col - self->first_col;

  image->lefts = g_new (gint, n);
  image->rights = g_new (gint, n);
  for (gsize i = 0; i < n; i++)
    get_span (self, FALSE, self->first_col + i, image->width, &image->lefts[i], &image->rights[i]);
}

static void
fill_large (const SemHeatmap *self, const SemHeatmapPalette *palette, const Image *image)
{
  for (gsize row = self->first_row; row < self->end_row; row++)
    {
      gint from, to;

      get_span (self, TRUE, row, image->height, &from, &to);
      if (to <= from)
        continue;
      fill_row (self, palette, image, row, from, to);
      if (self->data->row_zero || self->data->col_zero)
        hatch_row (self, palette, image, row, from, to);
      if (self->corner > 0.0)
        round_row (self, palette, image, from, to);
    }
}

/* Places [first, end) under each of n pixels, and never none. */
static void
find_places (double origin,
             double content,
             double cell_px,
             double scale,
             gsize n_places,
             gint n,
             gsize *places)
{
  const double offset = (origin - content) * scale;

  for (gint i = 0; i <= n; i++)
    places[i] = (gsize)CLAMP (floor ((offset + i) / cell_px + 1e-6), 0.0, (double)n_places);
}

/* Adds up n columns of so many rows. */
SEM_VECTOR_CLONES static void
add_rows (const float *values, gsize stride, gsize n_rows, gsize n, float *sums)
{
  memcpy (sums, values, n * sizeof *sums);
  for (gsize row = 1; row < n_rows; row++)
    {
      const float *line = values + row * stride;

      for (gsize col = 0; col < n; col++)
        sums[col] += line[col];
    }
}

/* The pixel of a mean: sem_value_scale_get_shade() without its divisions, for hundreds of thousands
 * of them. */
static inline guint32
get_pixel_of (const SemHeatmap *self, const SemHeatmapPalette *palette, float per_value, float mean)
{
  const float last = SEM_N_SHADES - 1;
  const float position = (mean - (float)self->values.min) * per_value;
  guint shade;

  if (!(position == position))
    return palette->pixels[(SEM_N_SHADES - 1) / 2 + 1];
  shade = position <= 0.0f ? 0 : (position >= last ? SEM_N_SHADES - 1 : (guint)(position + 0.5f));
  return palette->pixels[self->values.reversed ? SEM_N_SHADES - 1 - shade : shade];
}

/* What each pixel of a line has under it: columns [lefts, lefts + counts) from the first that
 * shows. */
typedef struct
{
  gsize first, n; /* columns that show */
  gsize *lefts, *counts;
  float *shares; /* of one column in its pixel */
} Columns;

static void
columns_init (Columns *self, const gsize *places, gint width, gsize n_places)
{
  self->lefts = g_new (gsize, width);
  self->counts = g_new (gsize, width);
  self->shares = g_new (float, width);
  self->first = MIN (places[0], n_places - 1);
  for (gint x = 0; x < width; x++)
    {
      const gsize left = MIN (places[x], n_places - 1);

      self->lefts[x] = left - self->first;
      self->counts[x] = MAX (places[x + 1], left + 1) - left;
      self->shares[x] = 1.0f / (float)self->counts[x];
      self->n = self->lefts[x] + self->counts[x];
    }
}

static void
columns_clear (Columns *self)
{
  g_free (self->lefts);
  g_free (self->counts);
  g_free (self->shares);
}

/* One line of pixels from the sums of its columns over the rows under it. */
static void
fill_line (const SemHeatmap *self,
           const SemHeatmapPalette *palette,
           const Columns *columns,
           const float *sums,
           gsize first_row,
           gsize n_rows,
           gint width,
           guint32 *line)
{
  const float per_value = (float)((SEM_N_SHADES - 1.0) / (self->values.max - self->values.min));
  const float share = 1.0f / (float)n_rows;

  for (gint x = 0; x < width; x++)
    {
      const float *at = sums + columns->lefts[x];
      float sum = *at;

      if (!sem_heatmap_is_shown (self, first_row, columns->first + columns->lefts[x]))
        continue;
      for (gsize i = 1; i < columns->counts[x]; i++)
        sum += at[i];
      line[x] = get_pixel_of (self, palette, per_value, sum * columns->shares[x] * share);
    }
}

/* Small cells: each pixel has the mean of the cells under it. */
static void
fill_small (const SemHeatmap *self, const SemHeatmapPalette *palette, const Image *image)
{
  const SemHeatmapData *data = self->data;
  const double cell_px = self->cell * self->scale;
  const float *values = sem_heatmap_data_get_places (self->data);
  g_autofree gsize *rows = g_new (gsize, image->height + 1),
                   *cols = g_new (gsize, image->width + 1);
  g_autofree float *sums = g_new (float, data->n_cols);
  Columns columns;

  find_places (self->plot.y, self->content_y, cell_px, self->scale, data->n_rows, image->height,
               rows);
  find_places (self->plot.x, self->content_x, cell_px, self->scale, data->n_cols, image->width,
               cols);
  columns_init (&columns, cols, image->width, data->n_cols);
  for (gint y = 0; y < image->height; y++)
    {
      const gsize first = MIN (rows[y], data->n_rows - 1), end = MAX (rows[y + 1], first + 1);
      guint32 *line = image->pixels + (gsize)y * image->stride;

      if (y > 0 && rows[y] == rows[y - 1] && end == MAX (rows[y], first + 1))
        {
          memcpy (line, line - image->stride, (gsize)image->width * sizeof *line);
          continue;
        }
      add_rows (values + first * data->n_cols + columns.first, data->n_cols, end - first, columns.n,
                sums);
      fill_line (self, palette, &columns, sums, first, end - first, image->width, line);
    }
  columns_clear (&columns);
}

static cairo_surface_t *
make_stamp (const SemHeatmap *self, const char *text)
{
  SemTextSize size;
  cairo_surface_t *stamp;
  cairo_t *cr;
  gint width, height;

  sem_text_measure (self->text, SEM_FONT_SMALL, self->number_size, text, &size);
  width = (gint)ceil (size.width * self->scale) + 2;
  height = (gint)ceil (self->number_size * self->scale) + 2;
  stamp = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  cairo_surface_set_device_scale (stamp, self->scale, self->scale);
  cr = cairo_create (stamp);
  /* Figures are about 0.72 of the size tall: the middle of the stamp is the middle of a figure. */
  sem_text_draw (self->text, cr, SEM_FONT_SMALL, self->number_size, text, width / self->scale / 2.0,
                 height / self->scale / 2.0 + self->number_size * 0.36, 0.5, self->theme->text);
  cairo_destroy (cr);
  cairo_surface_flush (stamp);
  return stamp;
}

static void
press_stamp (const Image *image, cairo_surface_t *stamp, gint x, gint y, guint32 color)
{
  const gint width = cairo_image_surface_get_width (stamp),
             height = cairo_image_surface_get_height (stamp);
  const gint stride = cairo_image_surface_get_stride (stamp);
  const guint8 *mask = cairo_image_surface_get_data (stamp);

  for (gint row = MAX (0, -y); row < MIN (height, image->height - y); row++)
    for (gint col = MAX (0, -x); col < MIN (width, image->width - x); col++)
      {
        const guint8 alpha = mask[row * stride + col];
        guint32 *pixel = &image->pixels[(gsize)(y + row) * image->stride + (gsize)(x + col)];

        if (alpha > 0)
          *pixel = sem_pixel_blend (*pixel, color, alpha);
      }
}

#define N_QUICK 2001 /* stamps of the numbers in [-10, 10] at two decimals */

typedef struct
{
  cairo_surface_t *quick[N_QUICK]; /* by the number in units of its last decimal */
  GHashTable *others;              /* by text */
} Stamps;

static cairo_surface_t *
get_stamp_of_text (const SemHeatmap *self, Stamps *stamps, double value)
{
  char text[32];
  cairo_surface_t *stamp;

  sem_format_value (value, self->decimals, SEM_NARROW_MINUS, text, sizeof text);
  stamp = g_hash_table_lookup (stamps->others, text);
  if (!stamp)
    {
      stamp = make_stamp (self, text);
      g_hash_table_insert (stamps->others, g_strdup (text), stamp);
    }
  return stamp;
}

/* Writing a number and looking it up costs more than pressing it: those with the same digits share
 * a place in a table. What is nearly between two such numbers, exactly 1, or large goes by its
 * text. */
static cairo_surface_t *
get_stamp (const SemHeatmap *self, Stamps *stamps, double value)
{
  const double units = value * (self->decimals == 2 ? 100.0 : 10.0), nearest = floor (units + 0.5);
  gsize place;

  if (!(fabs (value) < 9.9) || fabs (value) == 1.0 || fabs (fabs (units - nearest) - 0.5) < 1e-6)
    return get_stamp_of_text (self, stamps, value);
  place = (gsize)(nearest + N_QUICK / 2);
  if (!stamps->quick[place])
    stamps->quick[place] = get_stamp_of_text (self, stamps, value);
  return stamps->quick[place];
}

static void
press_numbers (const SemHeatmap *self, SemHeatmapPalette *palette, const Image *image)
{
  Stamps *stamps = g_new0 (Stamps, 1);
  const double half = (self->cell - self->gap) / 2.0;

  stamps->others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify)cairo_surface_destroy);
  for (gsize row = self->first_row; row < self->end_row; row++)
    for (gsize col = self->first_col; col < self->end_col; col++)
      {
        const double x = (sem_heatmap_get_col_x (self, col) + half - self->plot.x) * self->scale;
        const double y = (sem_heatmap_get_row_y (self, row) + half - self->plot.y) * self->scale;
        double value;
        cairo_surface_t *stamp;

        if (!sem_heatmap_is_shown (self, row, col) || sem_heatmap_is_zero_cell (self, row, col))
          continue;
        value = sem_heatmap_get_value (self, row, col);
        stamp = get_stamp (self, stamps, value);
        press_stamp (image, stamp,
                     (gint)floor (x - cairo_image_surface_get_width (stamp) / 2.0 + 0.5),
                     (gint)floor (y - cairo_image_surface_get_height (stamp) / 2.0 + 0.5),
                     sem_rgba_to_argb32 (sem_heatmap_get_text_color (
                         palette, sem_value_scale_get_shade (&self->values, value))));
      }
  g_hash_table_unref (stamps->others);
  g_free (stamps);
}

void
sem_heatmap_draw_raster (const SemHeatmap *self, SemHeatmapPalette *palette, cairo_t *cr)
{
  const gint width = MAX ((gint)floor (self->plot.width * self->scale + 0.5), 1);
  const gint height = MAX ((gint)floor (self->plot.height * self->scale + 0.5), 1);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  Image image = { (guint32 *)(void *)cairo_image_surface_get_data (surface),
                  (gsize)cairo_image_surface_get_stride (surface) / 4, width, height };

  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    {
      for (gint y = 0; y < height; y++)
        for (gint x = 0; x < width; x++)
          image.pixels[(gsize)y * image.stride + (gsize)x] = palette->surface;
      if (self->cell * self->scale >= MIN_CELL_PX)
        {
          find_columns (self, &image);
          fill_large (self, palette, &image);
        }
      else
        fill_small (self, palette, &image);
      if (self->number_size > 0.0)
        press_numbers (self, palette, &image);
      cairo_surface_mark_dirty (surface);
      sem_canvas_image (cr, surface, self->plot.x, self->plot.y, width / self->scale,
                        height / self->scale, FALSE);
    }
  g_free (image.lefts);
  g_free (image.rights);
  cairo_surface_destroy (surface);
}
