/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two rows of tokens drawn: what each is and counts, the chips, a band behind what is cut
 * differently and a mark at every boundary that only one row has. */
#include "draw/token-pair-private.h"

#include "draw/canvas.h"
#include "draw/i18n.h"

#include <math.h>

#define HEADER_LINE 19.0
#define BASELINE 14.0
#define BAND 3.0     /* around the chips of a cell */
#define TRIANGLE 4.0 /* half its width, and its height */
#define GUTTER_X 4.0

/* Points at the boundary from the other row's side: up to the first row's, down to the second's. */
static void
draw_triangle (const SemTokenPair *self, double x, double y, guint row, cairo_t *cr)
{
  double size = TRIANGLE * self->unit_size, tip = row == 0 ? y + 0.5 : y - 0.5;
  double foot = row == 0 ? tip + size * 1.4 : tip - size * 1.4;

  cairo_move_to (cr, x, tip);
  cairo_line_to (cr, x + size, foot);
  cairo_line_to (cr, x - size, foot);
  cairo_close_path (cr);
  sem_rgba_set_source (self->theme->text, cr);
  sem_canvas_fill (cr);
}

/* A run of text at *x, moved on by its width; what does not fit is elided. */
static void
say (const SemTokenPair *self,
     SemFontRole role,
     const char *words,
     SemRgba color,
     double *x,
     double y,
     cairo_t *cr)
{
  double room = self->base.width - *x - 2.0;
  g_autofree char *shown
      = room > 0.0 ? sem_text_dup_elided (self->text, role, 0.0, words, room) : g_strdup ("");
  SemTextSize extents;

  sem_text_measure (self->text, role, 0.0, shown, &extents);
  sem_text_draw (self->text, cr, role, 0.0, shown, *x, y, 0.0, color);
  *x += extents.width;
}

/* The letters that stand for the models beside each line, and what they are. */
static void
draw_header (const SemTokenPair *self, cairo_t *cr)
{
  static const char *const letters[] = { "A", "B" };
  double size = self->unit_size, x;

  for (guint row = 0; row < 2; row++)
    {
      double y = (BASELINE + HEADER_LINE * row) * size;

      x = GUTTER_X * size;
      say (self, SEM_FONT_BODY_BOLD, letters[row], self->theme->text_dim, &x, y, cr);
      x = MAX (x + 6.0 * size, self->gutter);
      say (self, SEM_FONT_BODY_BOLD, self->names[row], self->theme->text, &x, y, cr);
      x += 8.0 * size;
      say (self, SEM_FONT_BODY, self->counts[row], self->theme->text_dim, &x, y, cr);
    }
  x = self->gutter;
  say (self, SEM_FONT_BODY, self->summary, self->theme->text, &x,
       (BASELINE + HEADER_LINE * 2.0) * size, cr);
  for (guint row = 0; row < 2 && self->marks->len > 0 && x + 90.0 * size < self->base.width; row++)
    {
      double y = (BASELINE + HEADER_LINE * 2.0) * size;

      x += 18.0 * size;
      draw_triangle (self, x, row == 0 ? y - 8.0 * size : y - 1.0 * size, row, cr);
      x += 8.0 * size;
      say (self, SEM_FONT_BODY, row == 0 ? _ ("only in A") : _ ("only in B"), self->theme->text_dim,
           &x, y, cr);
    }
}

/* Behind what is cut differently; where a row leaves the text out, an empty place. */
static void
draw_cell (const SemTokenPair *self, const SemPairCell *cell, cairo_t *cr)
{
  double size = self->unit_size, band = BAND * size, dash[2] = { 3.0 * size, 2.0 * size };
  double between = round (SEM_PAIR_ROW_GAP * size);
  double height = (cell->box.height - between) / 2.0, inset = 2.5 * size;

  if (cell->differs)
    {
      sem_canvas_round_rectangle (cr, cell->box.x - band, cell->box.y - band,
                                  cell->box.width + 2.0 * band, cell->box.height + 2.0 * band,
                                  self->theme->corner_radius * size);
      sem_rgba_set_source (sem_rgba_mix (self->theme->surface, self->theme->text, 0.09), cr);
      sem_canvas_fill (cr);
    }
  for (guint row = 0; row < 2; row++)
    {
      if (cell->n[row] > 0 || !cell->differs)
        continue;
      sem_canvas_round_rectangle (cr, cell->box.x + inset,
                                  cell->box.y + inset + (row == 0 ? 0.0 : height + between),
                                  MAX (cell->box.width - 2.0 * inset, 1.0), height - 2.0 * inset,
                                  self->theme->corner_radius * size);
      sem_rgba_set_source (self->theme->text_faint, cr);
      cairo_set_line_width (cr, self->theme->hairline);
      cairo_set_dash (cr, dash, 2, 0.0);
      sem_canvas_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0.0);
    }
}

static void
draw_letters (const SemTokenPair *self, const SemPairCell *cell, cairo_t *cr)
{
  double size = self->unit_size, middle = cell->box.y + cell->box.height / 4.0 + 2.0 * size;

  sem_text_draw (self->text, cr, SEM_FONT_SMALL, 0.0, "A", GUTTER_X * size, middle, 0.0,
                 self->theme->text_dim);
  sem_text_draw (self->text, cr, SEM_FONT_SMALL, 0.0, "B", GUTTER_X * size,
                 middle + cell->box.height / 2.0, 0.0, self->theme->text_dim);
}

static gboolean
is_outside (const SemBox *box, double y0, double y1)
{
  return box->y + box->height + BAND * 2.0 < y0 || box->y - BAND * 2.0 > y1;
}

void
sem_token_pair_draw (const SemLayout *layout, cairo_t *cr)
{
  const SemTokenPair *self = (const SemTokenPair *)layout;
  double x0, y0, x1, y1, line = -1.0;

  if (self->cells->len == 0)
    {
      sem_layout_draw_message (layout, self->text, self->theme, self->note, cr);
      return;
    }
  cairo_clip_extents (cr, &x0, &y0, &x1, &y1);
  draw_header (self, cr);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const SemPairCell *cell = &g_array_index (self->cells, SemPairCell, i);

      if (is_outside (&cell->box, y0, y1))
        continue;
      draw_cell (self, cell, cr);
      if (cell->box.y != line)
        draw_letters (self, cell, cr);
      line = cell->box.y;
    }
  for (guint row = 0; row < 2; row++)
    for (guint i = 0; i < self->rows[row]->chips->len; i++)
      {
        const SemChip *chip = &g_array_index (self->rows[row]->chips, SemChip, i);

        if (!is_outside (&chip->box, y0, y1))
          sem_tokens_draw_chip (self->rows[row], chip, cr);
      }
  for (guint i = 0; i < self->marks->len; i++)
    {
      const SemPairMark *mark = &g_array_index (self->marks, SemPairMark, i);

      draw_triangle (self, mark->x, mark->y, mark->row, cr);
    }
  if (self->note != NULL)
    sem_text_draw (self->text, cr, SEM_FONT_SMALL, 0.0, self->note, self->gutter,
                   self->note_box.y + self->note_box.height * 0.7, 0.0, self->theme->text_dim);
}

/* One token, and those of the other row that cover the same bytes. */
static void
ring_token (const SemTokenPair *self, guint row, gsize token, double width, cairo_t *cr)
{
  const SemTokensLayout *own = self->rows[row], *other = self->rows[1 - row];
  gsize first = 0, n = sem_comparison_find_tokens (self->comparison, row, token, &first);
  gsize index = token < own->n_tokens ? own->chip_of_token[token] : SEM_NO_ITEM;

  for (gsize i = first; i < first + n && i < other->n_tokens; i++)
    if (other->chip_of_token[i] != SEM_NO_ITEM)
      sem_tokens_draw_ring (other, other->chip_of_token[i], other->chip_of_token[i],
                            self->theme->hover, width * 0.75, cr);
  if (index != SEM_NO_ITEM)
    sem_tokens_draw_ring (own, index, index, self->theme->hover, width * 1.2, cr);
}

static void
ring_unit (const SemTokenPair *self, gsize unit, SemRgba color, double width, cairo_t *cr)
{
  for (guint row = 0; row < 2; row++)
    sem_tokens_ring_unit (self->rows[row], unit, color, width, cr);
}

void
sem_token_pair_draw_overlay (const SemLayout *layout, const SemFocus *focus, cairo_t *cr)
{
  const SemTokenPair *self = (const SemTokenPair *)layout;
  const SemItem *hover = &focus->hover;
  double width = sem_tokens_get_ring_width (self->rows[0]);

  cairo_set_dash (cr, NULL, 0, 0.0);
  for (gsize i = 0; i < focus->n_selected; i++)
    ring_unit (self, focus->selected[i], self->theme->accent, width, cr);
  if (hover->kind == SEM_ITEM_TOKEN || hover->kind == SEM_ITEM_OTHER_TOKEN)
    ring_token (self, hover->kind == SEM_ITEM_TOKEN ? 0 : 1, hover->token, width, cr);
  else if (hover->kind != SEM_ITEM_NONE && hover->unit != SEM_NO_ITEM)
    ring_unit (self, hover->unit, self->theme->hover, width * 0.75, cr);
  if (hover->kind == SEM_ITEM_PAIR && hover->other != hover->unit && hover->other != SEM_NO_ITEM)
    ring_unit (self, hover->other, self->theme->hover, width * 0.75, cr);
}
