/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts that the heatmap and the map have in common. */
#include "draw/plot.h"

#include "draw/canvas.h"

#include <math.h>

#define CHIP_PADDING 1.5

void
sem_plot_get_window (const SemViewport *view, double max_zoom, double *x, double *y, double *side)
{
  double zoom = isfinite (view->zoom) ? CLAMP (view->zoom, 1.0, MAX (max_zoom, 1.0)) : 1.0;

  *side = 1.0 / zoom;
  *x = isfinite (view->center_x) ? CLAMP (view->center_x - *side / 2.0, 0.0, 1.0 - *side) : 0.0;
  *y = isfinite (view->center_y) ? CLAMP (view->center_y - *side / 2.0, 0.0, 1.0 - *side) : 0.0;
}

void
sem_plot_draw_message (SemTextContext *text,
                       const SemTheme *theme,
                       const char *message,
                       double width,
                       double height,
                       cairo_t *cr)
{
  g_auto (GStrv) lines = g_strsplit (message, "\n", -1);
  const double size = sem_text_context_get_size (text, SEM_FONT_BODY);
  const guint n = g_strv_length (lines);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line
          = sem_text_dup_elided (text, SEM_FONT_BODY, size, lines[i], width - 16.0);
      double y = height / 2.0 + (i - (n - 1) / 2.0) * size * 1.5 + size * 0.35;

      sem_text_draw (text, cr, SEM_FONT_BODY, size, line, width / 2.0, y, 0.5, theme->text_dim);
    }
}

void
sem_plot_draw_chip (SemTextContext *text,
                    const SemTheme *theme,
                    double size_pt,
                    const char *label,
                    double x,
                    double baseline_y,
                    double align,
                    cairo_t *cr)
{
  SemTextSize bold, plain;
  double width;

  sem_text_measure (text, SEM_FONT_BODY_BOLD, size_pt, label, &bold);
  sem_text_measure (text, SEM_FONT_BODY, size_pt, label, &plain);
  width = MAX (bold.width, plain.width) + 2.0 * CHIP_PADDING;
  sem_rgba_set_source (theme->surface, cr);
  sem_canvas_round_rectangle (cr, x - align * bold.width - CHIP_PADDING, baseline_y - bold.ascent,
                              width, bold.height, 3.0);
  sem_canvas_fill (cr);
  sem_text_draw (text, cr, SEM_FONT_BODY_BOLD, size_pt, label, x, baseline_y, align, theme->accent);
}

gsize
sem_plot_get_unit (const SemItem *item)
{
  switch (item->kind)
    {
    case SEM_ITEM_UNIT:
    case SEM_ITEM_TOKEN:
    case SEM_ITEM_OTHER_TOKEN:
    case SEM_ITEM_DIMENSION:
      return item->unit;
    case SEM_ITEM_PAIR:
    case SEM_ITEM_COMPONENT:
    case SEM_ITEM_NEARBY:
    case SEM_ITEM_STEP:
    case SEM_ITEM_NONE:
    default:
      return G_MAXSIZE;
    }
}

gboolean
sem_plot_get_pair (const SemFocus *focus, gsize *unit, gsize *other)
{
  if (focus->hover.kind == SEM_ITEM_PAIR)
    {
      *unit = focus->hover.unit;
      *other = focus->hover.other;
      return TRUE;
    }
  if (focus->n_selected == 2)
    {
      *unit = focus->selected[0];
      *other = focus->selected[1];
      return TRUE;
    }
  return FALSE;
}

gboolean
sem_plot_is_selected (const SemFocus *focus, gsize unit)
{
  for (gsize i = 0; i < focus->n_selected; i++)
    if (focus->selected[i] == unit)
      return TRUE;
  return FALSE;
}
