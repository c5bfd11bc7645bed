/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Panels of the pictures of two models. */
#include "draw/pair.h"

#include "draw/canvas.h"
#include "draw/i18n.h"

#define TITLE_LINE 18.0
#define ABOUT_LINE 15.0
#define TITLE_GAP 4.0
#define TITLE_INSET 10.0
#define SENTENCE_LINE 17.0
#define SENTENCE_LINES 3

void
sem_panel_clear (SemPanel *self)
{
  g_clear_pointer (&self->layout, sem_layout_unref);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->about, g_free);
}

double
sem_panel_measure_title (SemTextContext *text)
{
  return (TITLE_LINE + ABOUT_LINE + TITLE_GAP) * sem_text_context_get_scale (text);
}

static void
draw_line (SemTextContext *text,
           SemFontRole role,
           const char *words,
           const SemBox *box,
           double baseline,
           SemRgba color,
           cairo_t *cr)
{
  g_autofree char *shown = sem_text_dup_elided (text, role, 0.0, words, MAX (box->width, 1.0));

  sem_text_draw (text, cr, role, 0.0, shown, box->x, baseline, 0.0, color);
}

void
sem_panels_draw (const SemPanel *panels,
                 gsize n,
                 SemTextContext *text,
                 const SemTheme *theme,
                 cairo_t *cr)
{
  const double size = sem_text_context_get_scale (text);

  for (gsize i = 0; i < n; i++)
    {
      const SemPanel *panel = &panels[i];
      const double top = panel->box.y - sem_panel_measure_title (text);
      SemBox line = panel->box; /* the words stand off the edge that pictures may go up to */

      if (panel->layout == NULL)
        continue;
      line.x += TITLE_INSET * size;
      line.width = MAX (line.width - 2.0 * TITLE_INSET * size, 1.0);
      draw_line (text, SEM_FONT_BODY_BOLD, panel->title, &line, top + 13.0 * size, theme->text, cr);
      if (panel->about != NULL)
        draw_line (text, SEM_FONT_SMALL, panel->about, &line, top + 28.0 * size, theme->text_dim,
                   cr);
      cairo_save (cr);
      cairo_translate (cr, panel->box.x, panel->box.y);
      sem_layout_draw (panel->layout, cr);
      cairo_restore (cr);
    }
}

/* An item on the first model's units, as the second's; of kind NONE when it has no counterpart. */
static SemItem
translate_item (const SemComparison *comparison, const SemItem *item)
{
  SemItem out = *item;

  if (item->unit != SEM_NO_ITEM)
    out.unit = sem_comparison_find_second (comparison, item->unit);
  if (item->kind == SEM_ITEM_PAIR)
    out.other = sem_comparison_find_second (comparison, item->other);
  if (out.unit == SEM_NO_ITEM || (item->kind == SEM_ITEM_PAIR && out.other == SEM_NO_ITEM))
    out = (SemItem)SEM_ITEM_INIT;
  else if (item->kind == SEM_ITEM_TOKEN || item->kind == SEM_ITEM_OTHER_TOKEN)
    out.kind = SEM_ITEM_UNIT; /* tokens are each model's own */
  return out;
}

static void
draw_second_overlay (const SemPanel *panel,
                     const SemComparison *comparison,
                     const SemFocus *focus,
                     cairo_t *cr)
{
  g_autoptr (GArray) selected = g_array_new (FALSE, FALSE, sizeof (gsize));
  SemFocus own = { .hover = translate_item (comparison, &focus->hover) };

  for (gsize i = 0; i < focus->n_selected; i++)
    {
      gsize unit = sem_comparison_find_second (comparison, focus->selected[i]);

      if (unit != SEM_NO_ITEM)
        g_array_append_val (selected, unit);
    }
  own.selected = (const gsize *)(gconstpointer)selected->data;
  own.n_selected = selected->len;
  sem_layout_draw_overlay (panel->layout, &own, cr);
}

void
sem_panels_draw_overlay (const SemPanel *panels,
                         gsize n,
                         const SemComparison *comparison,
                         const SemFocus *focus,
                         cairo_t *cr)
{
  for (gsize i = 0; i < n; i++)
    {
      if (panels[i].layout == NULL)
        continue;
      cairo_save (cr);
      cairo_translate (cr, panels[i].box.x, panels[i].box.y);
      if (panels[i].is_second)
        draw_second_overlay (&panels[i], comparison, focus, cr);
      else
        sem_layout_draw_overlay (panels[i].layout, focus, cr);
      cairo_restore (cr);
    }
}

static const SemPanel *
find_panel (const SemPanel *panels, gsize n, double x, double y)
{
  for (gsize i = 0; i < n; i++)
    if (panels[i].layout != NULL && sem_box_contains (&panels[i].box, x, y))
      return &panels[i];
  return NULL;
}

void
sem_panels_pick (const SemPanel *panels,
                 gsize n,
                 const SemComparison *comparison,
                 double x,
                 double y,
                 SemItem *item)
{
  const SemPanel *panel = find_panel (panels, n, x, y);

  if (panel == NULL)
    return;
  sem_layout_pick (panel->layout, x - panel->box.x, y - panel->box.y, item);
  if (!panel->is_second || item->kind == SEM_ITEM_NONE)
    return;
  if (item->unit != SEM_NO_ITEM)
    item->unit = sem_comparison_find_first (comparison, item->unit);
  if (item->kind == SEM_ITEM_PAIR)
    item->other = sem_comparison_find_first (comparison, item->other);
  if (item->unit == SEM_NO_ITEM || (item->kind == SEM_ITEM_PAIR && item->other == SEM_NO_ITEM))
    *item = (SemItem)SEM_ITEM_INIT;
}

gboolean
sem_panels_find_plot (const SemPanel *panels, gsize n, double x, double y, SemBox *box)
{
  const SemPanel *panel = find_panel (panels, n, x, y);

  if (panel == NULL)
    return FALSE;
  *box = panel->layout->plot;
  box->x += panel->box.x;
  box->y += panel->box.y;
  return TRUE;
}

static void
enclose_in_panel (const SemPanel *panel,
                  const SemComparison *comparison,
                  const SemPoint *corners,
                  gsize n_corners,
                  GArray *units)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autofree SemPoint *moved = g_new (SemPoint, MAX (n_corners, 1));

  for (gsize i = 0; i < n_corners; i++)
    moved[i] = (SemPoint){ corners[i].x - panel->box.x, corners[i].y - panel->box.y };
  sem_layout_enclose (panel->layout, moved, n_corners, found);
  for (guint i = 0; i < found->len; i++)
    {
      gsize unit = g_array_index (found, gsize, i);
      gboolean is_new = TRUE;

      if (panel->is_second)
        unit = sem_comparison_find_first (comparison, unit);
      for (guint k = 0; k < units->len && is_new; k++)
        is_new = g_array_index (units, gsize, k) != unit;
      if (is_new && unit != SEM_NO_ITEM)
        g_array_append_val (units, unit);
    }
}

void
sem_panels_enclose (const SemPanel *panels,
                    gsize n,
                    const SemComparison *comparison,
                    const SemPoint *corners,
                    gsize n_corners,
                    GArray *units)
{
  for (gsize i = 0; i < n; i++)
    if (panels[i].layout != NULL)
      enclose_in_panel (&panels[i], comparison, corners, n_corners, units);
}

gboolean
sem_panel_locate (const SemPanel *self, const SemItem *item, SemBox *box)
{
  if (self->layout == NULL || !sem_layout_locate (self->layout, item, box))
    return FALSE;
  box->x += self->box.x;
  box->y += self->box.y;
  return TRUE;
}

char *
sem_pair_dup_title (const SemComparison *comparison, guint which)
{
  SemAnalysis *analysis
      = which == 0 ? sem_comparison_get_first (comparison) : sem_comparison_get_second (comparison);

  return g_strdup_printf ("%s  %s", which == 0 ? "A" : "B",
                          sem_model_get_name (sem_analysis_get_model (analysis)));
}

const char *
sem_pair_get_obstacle (const SemComparison *comparison)
{
  switch (sem_comparison_get_comparability (comparison))
    {
    case SEM_INCOMPARABLE_UNITS:
      return _ (
          "Each model cuts its own tokens, so there is no difference to show. Words, sentences "
          "and characters are the same in both.");
    case SEM_INCOMPARABLE_VECTORS:
      return _ (
          "One of the two models has a tokenizer but no vectors, so there is no difference to "
          "show.");
    case SEM_COMPARABLE:
    default:
      return NULL;
    }
}

double
sem_pair_measure_sentence (SemTextContext *text)
{
  return (SENTENCE_LINE * SENTENCE_LINES + 8.0) * sem_text_context_get_scale (text);
}

void
sem_pair_draw_sentence (SemTextContext *text,
                        const SemTheme *theme,
                        const char *sentence,
                        const SemBox *box,
                        cairo_t *cr)
{
  const double size = sem_text_context_get_scale (text);
  const SemBox inside = { box->x + TITLE_INSET * size, box->y,
                          MAX (box->width - 2.0 * TITLE_INSET * size, 1.0), box->height };
  gboolean complete;
  g_autoptr (GArray) lines
      = sem_text_wrap (text, SEM_FONT_BODY, 0.0, sentence, inside.width, SENTENCE_LINES, &complete);

  for (guint i = 0; i < lines->len; i++)
    {
      const SemTextLine *line = &g_array_index (lines, SemTextLine, i);
      g_autofree char *words = g_strndup (sentence + line->start, line->length);

      draw_line (text, SEM_FONT_BODY, words, &inside, box->y + (SENTENCE_LINE * i + 16.0) * size,
                 theme->text_dim, cr);
    }
}
