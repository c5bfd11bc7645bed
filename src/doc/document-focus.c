/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hover and selection: what is pointed at and what is chosen.  Neither ever causes a computation.
 */
#include "doc/document-private.h"

#include <string.h>

void
sem_document_get_focus (SemDocument *self, SemFocus *focus)
{
  focus->hover = self->hover;
  focus->selected = (const gsize *)(gconstpointer)self->selected->data;
  focus->n_selected = self->selected->len;
}

SemDragTool
sem_document_get_drag_tool (SemDocument *self)
{
  return self->drag_tool;
}

void
sem_document_set_hover (SemDocument *self, const SemItem *item)
{
  if (sem_item_equal (&self->hover, item))
    return;
  self->hover = *item;
  sem_document_mark (self, SEM_CHANGED_HOVER);
}

void
sem_document_clear_hover (SemDocument *self)
{
  static const SemItem none = SEM_ITEM_INIT;

  sem_document_set_hover (self, &none);
}

void
sem_document_set_selection (SemDocument *self, const gsize *units, gsize n_units)
{
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize n = self->analysis == NULL ? 0 : sem_analysis_get_n (self->analysis);
  g_autofree gboolean *taken = g_new0 (gboolean, MAX (n, 1));

  for (gsize i = 0; i < n_units; i++)
    if (units[i] < n && !taken[units[i]])
      {
        taken[units[i]] = TRUE;
        g_array_append_val (chosen, units[i]);
      }
  if (chosen->len == self->selected->len
      && (chosen->len == 0
          || memcmp (chosen->data, self->selected->data, chosen->len * sizeof (gsize)) == 0))
    return;
  g_array_set_size (self->selected, 0);
  if (chosen->len > 0)
    g_array_append_vals (self->selected, chosen->data, chosen->len);
  sem_document_mark (self, SEM_CHANGED_SELECTION);
}

void
sem_document_clear_selection (SemDocument *self)
{
  sem_document_set_selection (self, NULL, 0);
}

/* The units an item stands for: none, one, or the two of a cell. */
static gsize
item_units (const SemItem *item, gsize units[2])
{
  gsize n = 0;

  if (item->kind == SEM_ITEM_NONE)
    return 0;
  if (item->unit != SEM_NO_ITEM)
    units[n++] = item->unit;
  if (item->kind == SEM_ITEM_PAIR && item->other != item->unit)
    units[n++] = item->other;
  return n;
}

void
sem_document_select_item (SemDocument *self, const SemItem *item)
{
  gsize units[2];
  gsize n = item_units (item, units);

  /* Choosing what is already all that is chosen takes it back. */
  if (n > 0 && n == self->selected->len
      && memcmp (units, self->selected->data, n * sizeof (gsize)) == 0)
    n = 0;
  sem_document_set_selection (self, units, n);
}

void
sem_document_toggle_item (SemDocument *self, const SemItem *item)
{
  gsize units[2];
  gsize n = item_units (item, units);
  g_autoptr (GArray) next = g_array_copy (self->selected);

  for (gsize i = 0; i < n; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < next->len && !found; j++)
        if (g_array_index (next, gsize, j) == units[i])
          {
            g_array_remove_index (next, j);
            found = TRUE;
          }
      if (!found)
        g_array_append_val (next, units[i]);
    }
  sem_document_set_selection (self, (const gsize *)(gconstpointer)next->data, next->len);
}

void
sem_document_extend_to_item (SemDocument *self, const SemItem *item)
{
  g_autoptr (GArray) next = NULL;
  gsize from, to;

  if (item->kind == SEM_ITEM_NONE || item->unit == SEM_NO_ITEM)
    return;
  if (self->selected->len == 0)
    {
      sem_document_select_item (self, item);
      return;
    }
  /* The first chosen one is the anchor and stays the first. */
  next = g_array_new (FALSE, FALSE, sizeof (gsize));
  from = g_array_index (self->selected, gsize, 0);
  to = item->unit;
  for (gsize unit = from;; unit = from < to ? unit + 1 : unit - 1)
    {
      g_array_append_val (next, unit);
      if (unit == to)
        break;
    }
  sem_document_set_selection (self, (const gsize *)(gconstpointer)next->data, next->len);
}

gboolean
sem_document_get_pair (SemDocument *self, gsize *a, gsize *b)
{
  const gsize *selected = (const gsize *)(gconstpointer)self->selected->data;
  guint n = self->selected->len;

  if (self->hover.kind == SEM_ITEM_PAIR)
    {
      *a = self->hover.unit;
      *b = self->hover.other;
      return TRUE;
    }
  if (self->hover.kind != SEM_ITEM_NONE && self->hover.unit != SEM_NO_ITEM && n >= 1)
    {
      if (self->hover.unit == selected[0])
        return FALSE; /* one unit pointed at is not a pair */
      *a = selected[0];
      *b = self->hover.unit;
      return TRUE;
    }
  if (self->hover.kind == SEM_ITEM_NONE && n == 2)
    {
      *a = selected[0];
      *b = selected[1];
      return TRUE;
    }
  return FALSE;
}
