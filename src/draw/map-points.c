/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points of a map.  Few are cairo paths; many discs on a screen are stamped: their coverage is
 * drawn once for each of 4 x 4 places within a pixel, and painted through (2 000 points: 2 ms
 * instead of 12). */
#include "draw/map-private.h"

#include "draw/canvas.h"
#include "draw/pixels.h"

#include <math.h>

#define N_SHAPES 4
#define RIM 0.75 /* in the surface's colour: keeps points that overlap apart */
#define STAMP_FROM 150
#define N_SUB 4

/* A disc, or by sentence one of four shapes, so that colour is not alone in telling them apart. */
void
sem_map_add_mark (const SemMap *self, const SemMapPoint *point, double grow, cairo_t *cr)
{
  const double x = point->x + self->shift_x, y = point->y + self->shift_y, r = point->radius + grow;
  const guint shape
      = self->color_by == SEM_COLOR_BY_SENTENCE ? self->data->sentences[point->unit] % N_SHAPES : 0;

  cairo_new_sub_path (cr);
  if (shape == 1)
    cairo_rectangle (cr, x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  else if (shape == 0)
    cairo_arc (cr, x, y, r, 0.0, 2.0 * G_PI);
  else
    {
      const guint n = shape == 2 ? 3 : 4;

      for (guint i = 0; i < n; i++)
        cairo_line_to (cr, x + 1.25 * r * sin (2.0 * G_PI * i / n),
                       y - 1.25 * r * cos (2.0 * G_PI * i / n));
      cairo_close_path (cr);
    }
}

/* Around a point, to keep overlapping ones apart; by cosine it shows a point whose colour, near 0,
 * is the surface's. */
static SemRgba
get_rim_color (const SemMap *self)
{
  return self->color_by == SEM_COLOR_BY_COSINE
             ? sem_rgba_mix (self->theme->surface, self->theme->text, 0.5)
             : self->theme->surface;
}

static void
draw_path (const SemMap *self, const SemMapPoint *point, cairo_t *cr)
{
  sem_map_add_mark (self, point, RIM, cr);
  sem_rgba_set_source (get_rim_color (self), cr);
  sem_canvas_fill (cr);
  sem_map_add_mark (self, point, 0.0, cr);
  if (self->data->is_zero[point->unit])
    {
      sem_rgba_set_source (self->theme->text_faint, cr);
      cairo_set_line_width (cr, 1.0);
      sem_canvas_stroke (cr);
      return;
    }
  sem_rgba_set_source (sem_map_get_color (self, point->unit), cr);
  sem_canvas_fill (cr);
}

#define MAX_KINDS 48

/* The coverage of a disc or ring at each of 4 x 4 places within a pixel. */
typedef struct
{
  double radius, line; /* points; line > 0: a ring of that width */
  int side;            /* of each mask, in pixels */
  cairo_surface_t *masks[N_SUB * N_SUB];
} Stamps;

static cairo_surface_t *
make_mask (int side, double radius_px, double line_px, guint sub_x, guint sub_y)
{
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A8, side, side);
  cairo_t *cr = cairo_create (mask);

  cairo_arc (cr, side / 2 + (sub_x + 0.5) / N_SUB, side / 2 + (sub_y + 0.5) / N_SUB, radius_px, 0.0,
             2.0 * G_PI);
  cairo_set_line_width (cr, line_px);
  if (line_px > 0.0)
    cairo_stroke (cr);
  else
    cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (mask);
  return mask;
}

/* Made when first asked for; NULL when there are too many kinds, which the few sizes of a map never
 * are. */
static const Stamps *
get_stamps (Stamps kinds[MAX_KINDS], double scale, double radius, double line)
{
  for (guint i = 0; i < MAX_KINDS; i++)
    {
      if (kinds[i].side > 0 && kinds[i].radius == radius && kinds[i].line == line)
        return &kinds[i];
      if (kinds[i].side == 0)
        {
          kinds[i]
              = (Stamps){ radius, line, 2 * (int)ceil ((radius + line) * scale) + 3, { NULL } };
          for (guint m = 0; m < N_SUB * N_SUB; m++)
            kinds[i].masks[m]
                = make_mask (kinds[i].side, radius * scale, line * scale, m % N_SUB, m / N_SUB);
          return &kinds[i];
        }
    }
  return NULL;
}

static void
clear_stamps (Stamps kinds[MAX_KINDS])
{
  for (guint i = 0; i < MAX_KINDS && kinds[i].side > 0; i++)
    for (guint m = 0; m < N_SUB * N_SUB; m++)
      cairo_surface_destroy (kinds[i].masks[m]);
}

typedef struct
{
  guint32 *pixels;
  gsize stride;
  int width, height;
} Image;

/* x, y: the middle of the disc in pixels of the image. */
static void
press (const Image *image, const Stamps *stamps, double x, double y, guint32 color)
{
  if (!stamps)
    return;

  const int left = (int)floor (x) - stamps->side / 2, top = (int)floor (y) - stamps->side / 2;
  const guint sub_x = MIN ((guint)((x - floor (x)) * N_SUB), N_SUB - 1);
  const guint sub_y = MIN ((guint)((y - floor (y)) * N_SUB), N_SUB - 1);
  cairo_surface_t *mask = stamps->masks[sub_y * N_SUB + sub_x];
  const guint8 *coverage = cairo_image_surface_get_data (mask);
  const int mask_stride = cairo_image_surface_get_stride (mask);

  for (int row = MAX (0, -top); row < MIN (stamps->side, image->height - top); row++)
    {
      guint32 *line = image->pixels + (gsize)(top + row) * image->stride;

      for (int col = MAX (0, -left); col < MIN (stamps->side, image->width - left); col++)
        if (coverage[row * mask_stride + col] > 0)
          line[left + col]
              = sem_pixel_blend (line[left + col], color, coverage[row * mask_stride + col]);
    }
}

static void
press_groups (const SemMap *self, const SemBox *box, const Image *image, Stamps kinds[MAX_KINDS])
{
  const guint32 color = sem_rgba_to_argb32 (self->theme->text_faint);

  for (guint i = 0; i < self->marks->groups->len; i++)
    {
      const SemMapGroup *group = &g_array_index (self->marks->groups, SemMapGroup, i);
      const double x = group->x + self->shift_x, y = group->y + self->shift_y;

      if (sem_map_is_in_view (self, x, y, group->radius))
        press (image, get_stamps (kinds, self->scale, group->radius, 1.0),
               (x - box->x) * self->scale, (y - box->y) * self->scale, color);
    }
}

static void
press_points (const SemMap *self, const SemBox *box, const Image *image, Stamps kinds[MAX_KINDS])
{
  const guint32 rim = sem_rgba_to_argb32 (get_rim_color (self));
  g_autofree guint *order = sem_map_dup_depth_order (self);

  for (guint i = 0; i < self->marks->points->len; i++)
    {
      const SemMapPoint *point
          = &g_array_index (self->marks->points, SemMapPoint, order ? order[i] : i);
      const double x = point->x + self->shift_x, y = point->y + self->shift_y;
      const double px = (x - box->x) * self->scale, py = (y - box->y) * self->scale;

      if (!sem_map_is_in_view (self, x, y, point->radius + RIM))
        continue;
      press (image, get_stamps (kinds, self->scale, point->radius + RIM, 0.0), px, py, rim);
      if (self->data->is_zero[point->unit])
        press (image, get_stamps (kinds, self->scale, point->radius, 1.0), px, py,
               sem_rgba_to_argb32 (self->theme->text_faint));
      else
        press (image, get_stamps (kinds, self->scale, point->radius, 0.0), px, py,
               sem_rgba_to_argb32 (sem_map_get_color (self, point->unit)));
    }
}

/* Everything into one image of the plot. */
static void
draw_stamped (const SemMap *self, cairo_t *cr)
{
  const SemBox box = { floor (self->plot.x) - 2.0, floor (self->plot.y) - 2.0,
                       ceil (self->plot.width) + 4.0, ceil (self->plot.height) + 4.0 };
  const int width = (int)ceil (box.width * self->scale),
            height = (int)ceil (box.height * self->scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  const Image image = { (guint32 *)(void *)cairo_image_surface_get_data (surface),
                        (gsize)cairo_image_surface_get_stride (surface) / 4, width, height };
  Stamps kinds[MAX_KINDS] = { 0 };

  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    {
      press_groups (self, &box, &image, kinds);
      press_points (self, &box, &image, kinds);
      cairo_surface_mark_dirty (surface);
      sem_canvas_image (cr, surface, box.x, box.y, width / self->scale, height / self->scale,
                        FALSE);
    }
  clear_stamps (kinds);
  cairo_surface_destroy (surface);
}

static void
draw_groups (const SemMap *self, cairo_t *cr)
{
  sem_rgba_set_source (self->theme->text_faint, cr);
  cairo_set_line_width (cr, 1.0);
  for (guint i = 0; i < self->marks->groups->len; i++)
    {
      const SemMapGroup *group = &g_array_index (self->marks->groups, SemMapGroup, i);
      const double x = group->x + self->shift_x, y = group->y + self->shift_y;

      if (!sem_map_is_in_view (self, x, y, group->radius))
        continue;
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, group->radius, 0.0, 2.0 * G_PI);
      sem_canvas_stroke (cr);
    }
}

void
sem_map_draw_points (const SemMap *self, cairo_t *cr)
{
  g_autofree guint *order = NULL;

  if (self->marks->points->len >= STAMP_FROM && self->scale > 0.0
      && self->color_by != SEM_COLOR_BY_SENTENCE && !sem_canvas_is_vector (cr))
    {
      draw_stamped (self, cr);
      return;
    }
  order = sem_map_dup_depth_order (self);
  draw_groups (self, cr);
  for (guint i = 0; i < self->marks->points->len; i++)
    {
      const SemMapPoint *point
          = &g_array_index (self->marks->points, SemMapPoint, order ? order[i] : i);

      if (sem_map_is_in_view (self, point->x + self->shift_x, point->y + self->shift_y,
                              point->radius + 1.0))
        draw_path (self, point, cr);
    }
}
