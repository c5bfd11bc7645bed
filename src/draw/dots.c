/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See dots.h. */
#include "draw/dots.h"

#include "draw/canvas.h"
#include "draw/pixels.h"

#include <math.h>

#define N_SUB 4
#define MAX_KINDS 48 /* more than any map has; all are dropped when there are more */

/* Coverage of a disc or ring at each of N_SUB x N_SUB places within a pixel; each made when first
 * asked for. */
typedef struct
{
  double radius, line; /* points */
  int side;            /* of each mask, in pixels */
  cairo_surface_t *masks[N_SUB * N_SUB];
} Kind;

struct _SemDots
{
  gatomicrefcount ref_count;
  double scale;
  guint n_kinds;
  Kind kinds[MAX_KINDS];
};

SemDots *
sem_dots_new (double scale)
{
  SemDots *self = g_new0 (SemDots, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->scale = scale;
  return self;
}

SemDots *
sem_dots_ref (SemDots *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
clear (SemDots *self)
{
  for (guint i = 0; i < self->n_kinds; i++)
    for (guint m = 0; m < N_SUB * N_SUB; m++)
      g_clear_pointer (&self->kinds[i].masks[m], cairo_surface_destroy);
  self->n_kinds = 0;
}

void
sem_dots_unref (SemDots *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  clear (self);
  g_free (self);
}

double
sem_dots_get_scale (const SemDots *self)
{
  return self->scale;
}

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

static Kind *
get_kind (SemDots *self, double radius, double line)
{
  for (guint i = 0; i < self->n_kinds; i++)
    if (self->kinds[i].radius == radius && self->kinds[i].line == line)
      return &self->kinds[i];
  if (self->n_kinds == MAX_KINDS)
    clear (self);
  self->kinds[self->n_kinds]
      = (Kind){ radius, line, 2 * (int)ceil ((radius + line) * self->scale) + 3, { NULL } };
  return &self->kinds[self->n_kinds++];
}

static cairo_surface_t *
get_mask (SemDots *self, Kind *kind, double x, double y)
{
  const guint sub_x = MIN ((guint)((x - floor (x)) * N_SUB), N_SUB - 1);
  const guint sub_y = MIN ((guint)((y - floor (y)) * N_SUB), N_SUB - 1);
  cairo_surface_t **mask = &kind->masks[sub_y * N_SUB + sub_x];

  if (*mask == NULL)
    *mask = make_mask (kind->side, kind->radius * self->scale, kind->line * self->scale, sub_x,
                       sub_y);
  return *mask;
}

/* The target's own pixels; FALSE when they cannot be written to. */
static gboolean
take_target (SemDotTarget *target, cairo_t *cr, const SemBox *box)
{
  double width = box->width, height = box->height;
  cairo_surface_t *surface = cairo_get_target (cr);
  cairo_rectangle_list_t *clip;
  int left, top;

  if (!sem_pixels_find (cr, box->x, box->y, target->scale, &left, &top))
    return FALSE;
  clip = cairo_copy_clip_rectangle_list (cr);
  if (clip->status == CAIRO_STATUS_SUCCESS && clip->num_rectangles == 1)
    {
      const cairo_rectangle_t *only = clip->rectangles;

      target->left = (int)floor ((MAX (only->x, box->x) - box->x) * target->scale + 1e-6);
      target->top = (int)floor ((MAX (only->y, box->y) - box->y) * target->scale + 1e-6);
      width = MIN (only->x + only->width, box->x + box->width) - box->x;
      height = MIN (only->y + only->height, box->y + box->height) - box->y;
    }
  else
    width = height = -1.0;
  cairo_rectangle_list_destroy (clip);
  if (width < 0.0 || height < 0.0)
    return FALSE;
  target->left = MAX (target->left, -left);
  target->top = MAX (target->top, -top);
  target->right = MIN ((int)ceil (width * target->scale - 1e-6),
                       cairo_image_surface_get_width (surface) - left);
  target->bottom = MIN ((int)ceil (height * target->scale - 1e-6),
                        cairo_image_surface_get_height (surface) - top);
  cairo_surface_flush (surface);
  target->surface = surface;
  target->stride = (gsize)cairo_image_surface_get_stride (surface) / 4;
  target->pixels = (guint32 *)(void *)cairo_image_surface_get_data (surface)
                   + (gssize)top * (gssize)target->stride + left;
  return TRUE;
}

void
sem_dots_begin (SemDotTarget *target, cairo_t *cr, const SemBox *box, double scale)
{
  *target = (SemDotTarget){ .x = box->x, .y = box->y, .scale = scale };
  if (take_target (target, cr, box))
    return;
  target->is_own = TRUE;
  target->left = target->top = 0;
  target->right = (int)ceil (box->width * scale);
  target->bottom = (int)ceil (box->height * scale);
  target->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, target->right, target->bottom);
  if (cairo_surface_status (target->surface) != CAIRO_STATUS_SUCCESS)
    return;
  target->stride = (gsize)cairo_image_surface_get_stride (target->surface) / 4;
  target->pixels = (guint32 *)(void *)cairo_image_surface_get_data (target->surface);
}

void
sem_dots_end (SemDotTarget *target, cairo_t *cr)
{
  if (target->pixels != NULL)
    cairo_surface_mark_dirty (target->surface);
  if (target->is_own && target->pixels != NULL)
    sem_canvas_image (cr, target->surface, target->x, target->y, target->right / target->scale,
                      target->bottom / target->scale, FALSE);
  if (target->is_own)
    cairo_surface_destroy (target->surface);
}

void
sem_dots_press (SemDots *self,
                const SemDotTarget *target,
                double x,
                double y,
                double radius,
                double line,
                guint32 color)
{
  const double px = (x - target->x) * self->scale, py = (y - target->y) * self->scale;
  Kind *kind;
  cairo_surface_t *mask;
  const guint8 *coverage;
  int left, top, mask_stride, first_col, end_col;

  if (target->pixels == NULL || !(fabs (px) < 1e6 && fabs (py) < 1e6))
    return;
  kind = get_kind (self, radius, line);
  left = (int)floor (px) - kind->side / 2;
  top = (int)floor (py) - kind->side / 2;
  mask = get_mask (self, kind, px, py);
  coverage = cairo_image_surface_get_data (mask);
  mask_stride = cairo_image_surface_get_stride (mask);
  first_col = MAX (0, target->left - left);
  end_col = MIN (kind->side, target->right - left);
  for (int row = MAX (0, target->top - top); row < MIN (kind->side, target->bottom - top); row++)
    {
      guint32 *pixels = target->pixels + (gssize)(top + row) * (gssize)target->stride + left;

      for (int col = first_col; col < end_col; col++)
        {
          const guint8 alpha = coverage[row * mask_stride + col];

          if (alpha == 255)
            pixels[col] = color;
          else if (alpha > 0)
            pixels[col] = sem_pixel_blend (pixels[col], color, alpha);
        }
    }
}
