/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all layouts share: the count of references and the calls through their class. */
#include "draw/layout.h"

#include "draw/canvas.h"

#include <math.h>

void
sem_layout_init (SemLayout *self, const SemLayoutClass *klass, const SemLayoutInput *input)
{
  self->klass = klass;
  g_atomic_ref_count_init (&self->ref_count);
  self->width = input->width;
  self->height = input->height;
  self->plot = (SemBox){ 0.0, 0.0, input->width, input->height };
  self->content_height = input->height;
}

SemLayout *
sem_layout_ref (SemLayout *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sem_layout_unref (SemLayout *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->klass->free != NULL)
    self->klass->free (self);
  g_free (self);
}

void
sem_layout_draw (const SemLayout *self, cairo_t *cr)
{
  cairo_save (cr);
  cairo_new_path (cr);
  self->klass->draw (self, cr);
  cairo_restore (cr);
  cairo_new_path (cr);
}

void
sem_layout_draw_overlay (const SemLayout *self, const SemFocus *focus, cairo_t *cr)
{
  if (self->klass->draw_overlay == NULL || focus == NULL)
    return;
  cairo_save (cr);
  cairo_new_path (cr);
  self->klass->draw_overlay (self, focus, cr);
  cairo_restore (cr);
  cairo_new_path (cr);
}

void
sem_layout_pick (const SemLayout *self, double x, double y, SemItem *item)
{
  *item = (SemItem)SEM_ITEM_INIT;
  if (self->klass->pick != NULL)
    self->klass->pick (self, x, y, item);
}

gboolean
sem_layout_locate (const SemLayout *self, const SemItem *item, SemBox *box)
{
  *box = (SemBox){ 0.0, 0.0, 0.0, 0.0 };
  return self->klass->locate != NULL && self->klass->locate (self, item, box);
}

void
sem_layout_step (const SemLayout *self, const SemItem *from, int dx, int dy, SemItem *to)
{
  *to = from != NULL ? *from : (SemItem)SEM_ITEM_INIT;
  if (self->klass->step != NULL)
    self->klass->step (self, from, dx, dy, to);
}

void
sem_layout_get_plot (const SemLayout *self, double x, double y, SemBox *box)
{
  *box = self->plot;
  if (self->klass->find_plot != NULL)
    self->klass->find_plot (self, x, y, box);
}

gboolean
sem_layout_can_enclose (const SemLayout *self)
{
  return self->klass->enclose != NULL;
}

void
sem_layout_enclose (const SemLayout *self, const SemPoint *corners, gsize n, GArray *units)
{
  if (self->klass->enclose != NULL && n >= 3)
    self->klass->enclose (self, corners, n, units);
}

gboolean
sem_layout_place (const SemLayout *self, const SemItem *item, double *u, double *v)
{
  *u = *v = 0.5;
  return self->klass->place != NULL && self->klass->place (self, item, u, v);
}

gboolean
sem_layout_find_change (const SemLayout *self, const SemLayout *previous, SemBox *box)
{
  return self->klass->find_change != NULL && previous != NULL && previous->klass == self->klass
         && self->klass->find_change (self, previous, box);
}

void
sem_layout_draw_change (const SemLayout *self, const SemBox *box, double scale, cairo_t *cr)
{
  /* Whole pixels, so that none is drawn twice, and one more for what is blended at an edge. */
  double x0 = floor (box->x * scale) - 1.0, y0 = floor (box->y * scale) - 1.0;
  double x1 = ceil ((box->x + box->width) * scale) + 1.0;
  double y1 = ceil ((box->y + box->height) * scale) + 1.0;

  if (!(box->width > 0.0) || !(box->height > 0.0))
    return;
  cairo_save (cr);
  cairo_rectangle (cr, x0 / scale, y0 / scale, (x1 - x0) / scale, (y1 - y0) / scale);
  cairo_clip (cr);
  sem_canvas_clear (cr);
  sem_layout_draw (self, cr);
  cairo_restore (cr);
}

gboolean
sem_polygon_contains (const SemPoint *corners, gsize n, double x, double y)
{
  gboolean inside = FALSE;

  for (gsize i = 0, j = n - 1; n >= 3 && i < n; j = i++)
    if ((corners[i].y > y) != (corners[j].y > y)
        && x < corners[j].x
                   + (y - corners[j].y) * (corners[i].x - corners[j].x)
                         / (corners[i].y - corners[j].y))
      inside = !inside;
  return inside;
}

gboolean
sem_box_contains (const SemBox *self, double x, double y)
{
  return x >= self->x && x < self->x + self->width && y >= self->y && y < self->y + self->height;
}

void
sem_layout_draw_message (const SemLayout *self,
                         SemTextContext *text,
                         const SemTheme *theme,
                         const char *message,
                         cairo_t *cr)
{
  double width = MAX (self->width - 20.0, 1.0), step, y;
  gboolean complete;
  g_autoptr (GArray) lines = sem_text_wrap (text, SEM_FONT_BODY, 0.0, message, width, 6, &complete);
  SemTextSize extents;

  sem_text_measure (text, SEM_FONT_BODY, 0.0, "x", &extents);
  step = extents.height * 1.2;
  y = (self->height - step * (double)lines->len) / 2.0 + extents.ascent;
  for (gsize i = 0; i < lines->len; i++)
    {
      const SemTextLine *line = &g_array_index (lines, SemTextLine, i);
      g_autofree char *words = g_strndup (message + line->start, line->length);
      g_autofree char *shown = sem_text_dup_elided (text, SEM_FONT_BODY, 0.0, words, width);

      sem_text_draw (text, cr, SEM_FONT_BODY, 0.0, shown, self->width / 2.0, y, 0.5,
                     theme->text_dim);
      y += step;
    }
}
