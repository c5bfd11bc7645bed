/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The images of a view's base picture.
 *
 * There are two: the one on the screen, and the one before it, which no node paints any more and
 * which the next picture is drawn into - beginning with a copy of what is on the screen where only
 * a part of it changes.  Typing then needs no fresh memory.
 *
 * A node holds an image as a snapshot, which cairo copies before the surface is written to, also
 * when nobody needs that snapshot any more.  So the drawing goes through a second surface over the
 * same pixels. */
#include "app/views/view-private.h"

#include "draw/canvas.h"

/* A picture taller than this many device pixels (a strip of thousands of tokens) is drawn directly,
 * not cached. */
#define MAX_CACHED_PIXELS (24 * 1024 * 1024)

struct _SemPainter
{
  cairo_surface_t *shown; /* painted by the newest node; or NULL */
  cairo_surface_t *spare; /* or NULL */
};

SemPainter *
sem_painter_new (void)
{
  return g_new0 (SemPainter, 1);
}

void
sem_painter_drop_spare (SemPainter *self)
{
  g_clear_pointer (&self->spare, cairo_surface_destroy);
}

void
sem_painter_free (SemPainter *self)
{
  g_clear_pointer (&self->shown, cairo_surface_destroy);
  sem_painter_drop_spare (self);
  g_free (self);
}

static double
get_scale (cairo_surface_t *image)
{
  double scale_x, scale_y;

  cairo_surface_get_device_scale (image, &scale_x, &scale_y);
  return scale_x;
}

static gboolean
has_size (cairo_surface_t *image, int width, int height, int scale)
{
  return cairo_image_surface_get_width (image) == width * scale
         && cairo_image_surface_get_height (image) == height * scale && get_scale (image) == scale;
}

/* Of pixels of our own: what cairo makes it takes for empty as long as it has drawn nothing there.
 */
static cairo_surface_t *
new_image (int width, int height)
{
  static const cairo_user_data_key_t key;
  int stride = cairo_format_stride_for_width (CAIRO_FORMAT_ARGB32, width);
  guchar *pixels = g_malloc0_n ((gsize)height, (gsize)stride);
  cairo_surface_t *image
      = cairo_image_surface_create_for_data (pixels, CAIRO_FORMAT_ARGB32, width, height, stride);

  cairo_surface_set_user_data (image, &key, pixels, g_free);
  return image;
}

/* An image to draw into; the one that was shown becomes the spare one. */
static cairo_surface_t *
take_image (SemPainter *self, int width, int height, int scale)
{
  cairo_surface_t *image = g_steal_pointer (&self->spare);

  self->spare = g_steal_pointer (&self->shown);
  if (image != NULL && !has_size (image, width, height, scale))
    g_clear_pointer (&image, cairo_surface_destroy);
  if (image == NULL)
    {
      image = new_image (width * scale, height * scale);
      cairo_surface_set_device_scale (image, scale, scale);
    }
  return image;
}

static void
draw_image (SemPainter *self,
            cairo_surface_t *image,
            const SemLayout *layout,
            const SemBox *change,
            int width,
            int scale)
{
  cairo_surface_t *pixels = cairo_image_surface_create_for_data (
      cairo_image_surface_get_data (image), CAIRO_FORMAT_ARGB32,
      cairo_image_surface_get_width (image), cairo_image_surface_get_height (image),
      cairo_image_surface_get_stride (image));
  gboolean keeps = change != NULL && self->spare != NULL && get_scale (self->spare) == scale
                   && cairo_image_surface_get_width (self->spare) == width * scale;
  cairo_t *cr;

  cairo_surface_set_device_scale (pixels, scale, scale);
  cr = cairo_create (pixels);
  if (keeps)
    {
      /* Also empties what is below it. */
      cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
      cairo_set_source_surface (cr, self->spare, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
      cairo_paint (cr);
      sem_layout_draw_change (layout, change, scale, cr);
    }
  else
    {
      sem_canvas_clear (cr);
      sem_layout_draw (layout, cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (pixels);
}

GskRenderNode *
sem_painter_paint (SemPainter *self,
                   const SemLayout *layout,
                   const SemBox *change,
                   int width,
                   int height,
                   int scale)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height);
  GskRenderNode *node = gsk_cairo_node_new (&bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  if ((gsize)width * (gsize)height * (gsize)(scale * scale) > MAX_CACHED_PIXELS)
    {
      g_clear_pointer (&self->shown, cairo_surface_destroy);
      sem_painter_drop_spare (self);
      sem_layout_draw (layout, cr);
    }
  else
    {
      cairo_surface_t *image = take_image (self, width, height, scale);

      draw_image (self, image, layout, change, width, scale);
      self->shown = image;
      cairo_set_source_surface (cr, image, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
      cairo_paint (cr);
    }
  cairo_destroy (cr);
  return node;
}
