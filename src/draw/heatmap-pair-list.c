/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pairs on which two models disagree most, as a list beside their heatmaps: the two words, both
 * values and the difference. */
#include "draw/heatmap-pair-private.h"

#include "draw/canvas.h"
#include "draw/i18n.h"

#include <math.h>

#define TITLE 34.0
#define ROW 18.0
#define COLUMN 300.0 /* at least as wide */
#define COLUMN_GAP 24.0
#define NUMBER 44.0 /* width of a column of numbers */
#define BASELINE 13.0
#define INSET 4.0

double
sem_pair_list_measure (SemTextContext *text, gsize n_rows)
{
  return (TITLE + ROW * (double)n_rows) * sem_text_context_get_scale (text);
}

void
sem_pair_list_place (SemPairList *self,
                     const SemComparison *comparison,
                     SemTextContext *text,
                     const SemBox *box)
{
  const double size = sem_text_context_get_scale (text);
  gsize n, n_columns, n_rows;

  self->box = (SemBox){ box->x + INSET * size, box->y, MAX (box->width - 2.0 * INSET * size, 0.0),
                        box->height };
  box = &self->box;
  self->row_height = round (ROW * size);
  self->title_height = round (TITLE * size);
  g_array_set_size (self->rows, 0);
  sem_comparison_get_disagreements (comparison, &n);
  if (box->height < self->title_height + self->row_height || box->width < 120.0 * size || n == 0)
    {
      self->box.width = 0.0;
      return;
    }
  n_rows = (gsize)((box->height - self->title_height) / self->row_height);
  n_columns
      = (gsize)MAX (floor ((box->width + COLUMN_GAP * size) / ((COLUMN + COLUMN_GAP) * size)), 1.0);
  n_columns = MIN (n_columns, (n + n_rows - 1) / n_rows);
  self->column_width
      = MIN ((box->width - (double)(n_columns - 1) * COLUMN_GAP * size) / (double)n_columns,
             COLUMN * 1.5 * size);
  for (gsize i = 0; i < MIN (n, n_columns * n_rows); i++)
    {
      SemBox row = { box->x + (double)(i / n_rows) * (self->column_width + COLUMN_GAP * size),
                     box->y + self->title_height + (double)(i % n_rows) * self->row_height,
                     self->column_width, self->row_height };

      g_array_append_val (self->rows, row);
    }
}

static const char *
get_label (const SemComparison *comparison, gsize unit)
{
  return sem_units_get (sem_analysis_get_units (sem_comparison_get_first (comparison)), unit)
      ->label;
}

static void
draw_number (SemTextContext *text,
             const SemTheme *theme,
             double value,
             gboolean signed_,
             double right,
             double baseline,
             cairo_t *cr)
{
  g_autofree char *number = sem_text_dup_number (value, 2);
  g_autofree char *shown = signed_ && value > 0.0 ? g_strconcat ("+", number, NULL) : NULL;

  sem_text_draw (text, cr, signed_ ? SEM_FONT_BODY_BOLD : SEM_FONT_BODY, 0.0,
                 shown != NULL ? shown : number, right, baseline, 1.0,
                 signed_ ? theme->text : theme->text_dim);
}

static void
draw_row (const SemBox *row,
          const SemComparison *comparison,
          const SemDisagreement *pair,
          SemTextContext *text,
          const SemTheme *theme,
          cairo_t *cr)
{
  const double size = sem_text_context_get_scale (text), baseline = row->y + BASELINE * size;
  const double number = NUMBER * size, right = row->x + row->width - 6.0 * size;
  g_autofree char *words = g_strdup_printf ("%s – %s", get_label (comparison, pair->a),
                                            get_label (comparison, pair->b));
  g_autofree char *shown = sem_text_dup_elided (text, SEM_FONT_BODY, 0.0, words,
                                                MAX (row->width - 3.2 * number - 12.0 * size, 1.0));

  sem_text_draw (text, cr, SEM_FONT_BODY, 0.0, shown, row->x + 6.0 * size, baseline, 0.0,
                 theme->text);
  draw_number (text, theme, pair->first, FALSE, right - 2.1 * number, baseline, cr);
  draw_number (text, theme, pair->second, FALSE, right - 1.1 * number, baseline, cr);
  draw_number (text, theme, pair->difference, TRUE, right, baseline, cr);
}

/* "A", "B" and "B − A" above the numbers of each column. */
static void
draw_heads (const SemPairList *self, SemTextContext *text, const SemTheme *theme, cairo_t *cr)
{
  const double size = sem_text_context_get_scale (text);
  const double baseline = self->box.y + self->title_height - 5.0 * size, number = NUMBER * size;
  double last = -1.0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const SemBox *row = &g_array_index (self->rows, SemBox, i);
      const double right = row->x + row->width - 6.0 * size;

      if (row->x <= last)
        continue;
      last = row->x;
      sem_text_draw (text, cr, SEM_FONT_SMALL, 0.0, "A", right - 2.1 * number, baseline, 1.0,
                     theme->text_dim);
      sem_text_draw (text, cr, SEM_FONT_SMALL, 0.0, "B", right - 1.1 * number, baseline, 1.0,
                     theme->text_dim);
      sem_text_draw (text, cr, SEM_FONT_SMALL, 0.0, "B − A", right, baseline, 1.0, theme->text_dim);
    }
}

void
sem_pair_list_draw (const SemPairList *self,
                    const SemComparison *comparison,
                    SemTextContext *text,
                    const SemTheme *theme,
                    cairo_t *cr)
{
  const double size = sem_text_context_get_scale (text);
  gsize n;
  const SemDisagreement *pairs = sem_comparison_get_disagreements (comparison, &n);
  g_autofree char *title = NULL;

  if (self->box.width <= 0.0)
    return;
  title = sem_text_dup_elided (text, SEM_FONT_BODY_BOLD, 0.0, _ ("Pairs that disagree most"),
                               self->box.width);
  sem_text_draw (text, cr, SEM_FONT_BODY_BOLD, 0.0, title, self->box.x + 6.0 * size,
                 self->box.y + BASELINE * size, 0.0, theme->text);
  draw_heads (self, text, theme, cr);
  for (guint i = 0; i < self->rows->len; i++)
    draw_row (&g_array_index (self->rows, SemBox, i), comparison, &pairs[i], text, theme, cr);
}

gsize
sem_pair_list_find (const SemPairList *self, const SemComparison *comparison, gsize a, gsize b)
{
  gsize n;
  const SemDisagreement *pairs = sem_comparison_get_disagreements (comparison, &n);

  for (guint i = 0; self->box.width > 0.0 && i < self->rows->len; i++)
    if (pairs[i].a == MIN (a, b) && pairs[i].b == MAX (a, b))
      return i;
  return G_MAXSIZE;
}

void
sem_pair_list_draw_ring (const SemPairList *self,
                         gsize row,
                         const SemTheme *theme,
                         SemRgba color,
                         cairo_t *cr)
{
  const SemBox *box = &g_array_index (self->rows, SemBox, row);

  sem_canvas_round_rectangle (cr, box->x + 1.0, box->y + 1.0, box->width - 2.0, box->height - 2.0,
                              theme->corner_radius);
  sem_rgba_set_source (color, cr);
  cairo_set_line_width (cr, 1.75);
  sem_canvas_stroke (cr);
}

void
sem_pair_list_pick (const SemPairList *self,
                    const SemComparison *comparison,
                    double x,
                    double y,
                    SemItem *item)
{
  gsize n;
  const SemDisagreement *pairs = sem_comparison_get_disagreements (comparison, &n);

  for (guint i = 0; self->box.width > 0.0 && i < self->rows->len; i++)
    if (sem_box_contains (&g_array_index (self->rows, SemBox, i), x, y))
      {
        item->kind = SEM_ITEM_PAIR;
        item->unit = pairs[i].a;
        item->other = pairs[i].b;
      }
}
