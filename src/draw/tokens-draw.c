/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token strip drawn: chips filled by the hue of their id, the id beneath; rings for hover and
 * selection. */
#include "draw/tokens-private.h"

#include "draw/canvas.h"

#include <math.h>

#define LABEL_BASELINE 17.0
#define ID_BASELINE 31.0
#define RING 2.25
#define HATCH_STEP 5.0

/* A chip's outline; a corner next to a joined chip is square.  open: leave the joined edges out. */
static void
trace_chip (cairo_t *cr, const SemChip *chip, double inset, double radius, gboolean open)
{
  double x0 = chip->box.x + (chip->joined_left ? 0.0 : inset), y0 = chip->box.y + inset;
  double x1 = chip->box.x + chip->box.width - (chip->joined_right ? 0.0 : inset);
  double y1 = chip->box.y + chip->box.height - inset;
  double left = chip->joined_left ? 0.0 : radius, right = chip->joined_right ? 0.0 : radius;

  cairo_new_path (cr);
  cairo_move_to (cr, x0 + left, y0);
  cairo_line_to (cr, x1 - right, y0);
  if (!chip->joined_right)
    {
      cairo_arc (cr, x1 - right, y0 + right, right, -G_PI / 2, 0);
      cairo_arc (cr, x1 - right, y1 - right, right, 0, G_PI / 2);
    }
  else if (open)
    cairo_move_to (cr, x1, y1);
  else
    cairo_line_to (cr, x1, y1);
  cairo_line_to (cr, x0 + left, y1);
  if (!chip->joined_left)
    {
      cairo_arc (cr, x0 + left, y1 - left, left, G_PI / 2, G_PI);
      cairo_arc (cr, x0 + left, y0 + left, left, G_PI, 1.5 * G_PI);
    }
  else if (!open)
    cairo_line_to (cr, x0, y0);
  if (!open)
    cairo_close_path (cr);
}

/* Slanted lines in a box, cut by arithmetic: no clip is needed. */
static void
trace_hatch (cairo_t *cr, const SemBox *box, double step, double inset)
{
  double x0 = box->x + inset, y0 = box->y + inset, x1 = box->x + box->width - inset;
  double y1 = box->y + box->height - inset;

  cairo_new_path (cr);
  for (double at = x0 + y0 + step; at < x1 + y1; at += step)
    {
      double from_x = MIN (x1, at - y0), to_x = MAX (x0, at - y1);

      cairo_move_to (cr, from_x, at - from_x);
      cairo_line_to (cr, to_x, at - to_x);
    }
}

static double
get_radius (const SemTokensLayout *self, const SemChip *chip)
{
  return chip->kind == SEM_CHIP_BYTES ? 2.0 : self->theme->corner_radius * self->unit_size;
}

static void
draw_borders (const SemTokensLayout *self, const SemChip *chip, SemRgba border, cairo_t *cr)
{
  double line = self->theme->hairline, dash[2] = { 2.5 * self->unit_size, 2.0 * self->unit_size };

  cairo_set_line_width (cr, line);
  sem_rgba_set_source (border, cr);
  trace_chip (cr, chip, line / 2.0, get_radius (self, chip), TRUE);
  sem_canvas_stroke (cr);
  if (!chip->joined_left && !chip->joined_right)
    return;
  /* One line between two pieces, drawn by the right-hand one; at the end of a row both ends show
   * it. */
  sem_rgba_set_source (sem_rgba_mix (border, self->theme->text_dim, 0.45), cr);
  cairo_set_dash (cr, dash, 2, 0.0);
  if (chip->joined_left)
    {
      cairo_move_to (cr, chip->box.x + line / 2.0, chip->box.y + line);
      cairo_line_to (cr, chip->box.x + line / 2.0, chip->box.y + chip->box.height - line);
      sem_canvas_stroke (cr);
    }
  if (chip->joined_right && chip[1].box.y != chip->box.y)
    {
      cairo_move_to (cr, chip->box.x + chip->box.width - line / 2.0, chip->box.y + line);
      cairo_rel_line_to (cr, 0.0, chip->box.height - 2.0 * line);
      sem_canvas_stroke (cr);
    }
  cairo_set_dash (cr, NULL, 0, 0.0);
}

void
sem_tokens_draw_chip (const SemTokensLayout *self, const SemChip *chip, cairo_t *cr)
{
  const SemTheme *theme = self->theme;
  gboolean is_filled = chip->kind != SEM_CHIP_SPECIAL;
  SemRgba fill = is_filled ? sem_theme_token_fill (theme, chip->id) : theme->window;
  SemRgba border = is_filled ? sem_theme_token_border (theme, chip->id) : theme->text_faint;
  SemRgba label = is_filled ? theme->text : theme->text_dim;
  double middle = chip->box.x + chip->box.width / 2.0, size = self->unit_size;
  /* On a fill the dim colour must still be read: 4.5 to 1 against the chip, not the card. */
  SemRgba dim = theme->text_dim;

  while (sem_rgba_contrast (dim, fill) < 4.5 && sem_rgba_distance (dim, theme->text) > 0.02)
    dim = sem_rgba_mix (dim, theme->text, 0.25);
  if (is_filled)
    {
      trace_chip (cr, chip, 0.0, get_radius (self, chip), FALSE);
      sem_rgba_set_source (fill, cr);
      sem_canvas_fill (cr);
    }
  if (chip->kind == SEM_CHIP_UNKNOWN)
    {
      trace_hatch (cr, &chip->box, HATCH_STEP * size, 2.5 * size);
      sem_rgba_set_source (sem_rgba_mix (fill, theme->text, 0.22), cr);
      cairo_set_line_width (cr, 0.9);
      sem_canvas_stroke (cr);
    }
  draw_borders (self, chip, border, cr);
  sem_text_draw_halo (self->text, cr,
                      chip->kind == SEM_CHIP_BYTES ? SEM_FONT_MONO_SMALL : SEM_FONT_BODY_BOLD, 0.0,
                      chip->label, middle, chip->box.y + LABEL_BASELINE * size, 0.5, label, fill,
                      chip->kind == SEM_CHIP_UNKNOWN ? 2.0 * size : 0.0);
  sem_text_draw_halo (self->text, cr, SEM_FONT_MONO_SMALL, 0.0, chip->id_text, middle,
                      chip->box.y + ID_BASELINE * size, 0.5, dim, fill,
                      chip->kind == SEM_CHIP_UNKNOWN ? 2.0 * size : 0.0);
}

void
sem_tokens_draw (const SemLayout *layout, cairo_t *cr)
{
  const SemTokensLayout *self = (const SemTokensLayout *)layout;
  double x0, y0, x1, y1;

  cairo_clip_extents (cr, &x0, &y0, &x1, &y1);
  for (gsize i = 0; i < self->chips->len; i++)
    {
      const SemChip *chip = &g_array_index (self->chips, SemChip, i);

      if (chip->box.y + chip->box.height < y0)
        continue;
      if (chip->box.y > y1)
        break;
      if (chip->box.x + chip->box.width < x0 || chip->box.x > x1)
        continue;
      sem_tokens_draw_chip (self, chip, cr);
    }
  if (self->note != NULL && self->chips->len == 0)
    sem_layout_draw_message (layout, self->text, self->theme, self->note, cr);
  else if (self->note != NULL)
    sem_text_draw (self->text, cr, SEM_FONT_SMALL, 0.0, self->note, 4.0 * self->unit_size,
                   self->note_box.y + self->note_box.height * 0.7, 0.0, self->theme->text_dim);
}

/* A ring just outside the run of chips first..last, which stand in one row. */
void
sem_tokens_draw_ring (const SemTokensLayout *self,
                      gsize first,
                      gsize last,
                      SemRgba color,
                      double width,
                      cairo_t *cr)
{
  const SemChip *a = &g_array_index (self->chips, SemChip, first);
  const SemChip *b = &g_array_index (self->chips, SemChip, last);
  double half = width / 2.0, line = self->theme->hairline;

  sem_canvas_round_rectangle (cr, a->box.x + line - half, a->box.y + line - half,
                              b->box.x + b->box.width - a->box.x + width - 2.0 * line,
                              a->box.height + width - 2.0 * line, get_radius (self, a));
  sem_rgba_set_source (color, cr);
  cairo_set_line_width (cr, width);
  sem_canvas_stroke (cr);
}

/* Rings around all chips of a unit: neighbours in one row share one. */
void
sem_tokens_ring_unit (const SemTokensLayout *self,
                      gsize unit,
                      SemRgba color,
                      double width,
                      cairo_t *cr)
{
  const SemChip *chips = (const SemChip *)(void *)self->chips->data;

  for (gsize i = 0; i < self->chips->len; i++)
    {
      gsize last = i;

      if (chips[i].unit != unit)
        continue;
      while (last + 1 < self->chips->len && chips[last + 1].unit == unit
             && chips[last + 1].box.y == chips[i].box.y)
        last++;
      sem_tokens_draw_ring (self, i, last, color, width, cr);
      i = last;
    }
}

/* Where borders are strong the ring has to be stronger. */
double
sem_tokens_get_ring_width (const SemTokensLayout *self)
{
  return RING * MAX (self->unit_size, 1.0) * (self->theme->hairline > 1.0 ? 1.5 : 1.0);
}

void
sem_tokens_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr)
{
  const SemTokensLayout *self = (const SemTokensLayout *)layout;
  const SemItem *hover = &focus->hover;
  double width = sem_tokens_get_ring_width (self);

  cairo_set_dash (cr, NULL, 0, 0.0);
  for (gsize i = 0; i < focus->n_selected; i++)
    sem_tokens_ring_unit (self, focus->selected[i], self->theme->accent, width, cr);
  if (hover->kind == SEM_ITEM_NONE)
    return;
  if (hover->kind == SEM_ITEM_TOKEN && hover->unit == SEM_NO_ITEM)
    {
      gsize index = hover->token < self->n_tokens ? self->chip_of_token[hover->token] : SEM_NO_ITEM;

      if (index != SEM_NO_ITEM)
        sem_tokens_draw_ring (self, index, index, self->theme->hover, width * 0.75, cr);
      return;
    }
  if (hover->unit != SEM_NO_ITEM)
    sem_tokens_ring_unit (self, hover->unit, self->theme->hover, width * 0.75, cr);
  if (hover->kind == SEM_ITEM_PAIR && hover->other != hover->unit && hover->other != SEM_NO_ITEM)
    sem_tokens_ring_unit (self, hover->other, self->theme->hover, width * 0.75, cr);
}
